package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task that is settled exactly once, whether its work is done, fails, throws or is dropped. */
final class SettlingTask implements ExportQueue.Task {

  private static final Logger logger = LoggerFactory.getLogger(SettlingTask.class);

  private final Work work;
  private final Settle settle;
  private final AtomicBoolean settled = new AtomicBoolean();

  SettlingTask(Work work, Settle settle) {
    this.work = work;
    this.settle = settle;
  }

  /** Delivers something. */
  @FunctionalInterface
  interface Work {

    /** Returns why it could not be delivered, or null if it was. */
    @Nullable
    DropReason deliver(CallScope scope);
  }

  /** Counts what became of it. */
  @FunctionalInterface
  interface Settle {

    /** Takes why it was given up, or null if it was delivered. */
    void settle(@Nullable DropReason reason);
  }

  @Override
  public void run(CallScope scope) {
    DropReason reason = DropReason.INTERNAL_ERROR;
    ExportThread.enter();
    try {
      reason = work.deliver(scope);
    } catch (RuntimeException | Error e) {
      logger.warn("The export failed because of a fault of the exporter", e);
    } finally {
      ExportThread.leave();
      settle(reason);
    }
  }

  @Override
  public void drop(DropReason reason) {
    settle(reason);
  }

  private void settle(@Nullable DropReason reason) {
    if (settled.compareAndSet(false, true)) {
      settle.settle(reason);
    }
  }
}
