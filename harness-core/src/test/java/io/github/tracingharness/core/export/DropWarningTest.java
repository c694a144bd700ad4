package io.github.tracingharness.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.testing.LogCapture;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DropWarningTest {

  @Test
  void dropped_manyWithinTheInterval_warnsOnceAndThenWithTheNumber() {
    AtomicLong now = new AtomicLong(-5);
    DropWarning warning = new DropWarning(new QueueLimits(3, 2), now::get);

    try (LogCapture log = new LogCapture()) {
      for (int i = 0; i < 10; i++) {
        warning.dropped();
      }
      assertThat(log.lines("queue is full")).hasSize(1);
      now.addAndGet(Duration.ofSeconds(30).toNanos());
      warning.dropped();

      assertThat(log.lines("queue is full")).hasSize(2);
      assertThat(log.lines("queue is full").get(1))
          .contains("10 traces discarded")
          .contains("MLFLOW_ASYNC_TRACE_LOGGING_MAX_QUEUE_SIZE (now 3)")
          .contains("MLFLOW_ASYNC_TRACE_LOGGING_MAX_WORKERS (now 2)");
    }
  }
}
