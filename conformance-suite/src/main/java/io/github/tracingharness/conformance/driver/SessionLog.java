package io.github.tracingharness.conformance.driver;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Leads log lines to the driver whose session caused them, also when sessions run beside each other
 * in one JVM: the threads that a session starts inherit the binding of the thread that started
 * them.
 */
final class SessionLog {

  private static final InheritableThreadLocal<@Nullable Sink> CURRENT =
      new InheritableThreadLocal<>();

  private SessionLog() {}

  /** Takes log lines. */
  interface Sink {
    void log(String level, String logger, String text);
  }

  /** Runs the work with the sink bound to this thread and to the threads that the work starts. */
  static <T extends @Nullable Object> T with(Sink sink, Supplier<T> work) {
    Sink before = CURRENT.get();
    CURRENT.set(sink);
    try {
      return work.get();
    } finally {
      CURRENT.set(before);
    }
  }

  /** Returns where the lines of this thread go, or null when it belongs to no session. */
  static @Nullable Sink current() {
    return CURRENT.get();
  }
}
