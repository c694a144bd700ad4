package io.github.tracingharness.core.export;

/**
 * Marks the thread that exports a trace. A transport that is itself traced must not make spans
 * while it sends spans: their export would make further ones for ever.
 */
public final class ExportThread {

  private static final ThreadLocal<Integer> DEPTH = new ThreadLocal<>();

  private ExportThread() {}

  static void enter() {
    Integer depth = DEPTH.get();
    DEPTH.set(depth == null ? 1 : depth + 1);
  }

  /** Tells whether this thread exports a trace now. */
  public static boolean isExporting() {
    return DEPTH.get() != null;
  }

  static void leave() {
    Integer depth = DEPTH.get();
    if (depth == null || depth <= 1) {
      DEPTH.remove();
    } else {
      DEPTH.set(depth - 1);
    }
  }
}
