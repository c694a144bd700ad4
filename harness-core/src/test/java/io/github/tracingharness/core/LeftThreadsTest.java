package io.github.tracingharness.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.trace.TraceLocation.UcSchema;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeftThreadsTest {

  private static final long DEADLINE_MILLIS = Duration.ofSeconds(30).toMillis();

  private final TrackingServerDouble server = new TrackingServerDouble();

  @AfterEach
  void close() {
    server.close();
  }

  private enum Kind {
    EXPERIMENT {
      @Override
      MlflowTracing start(TrackingServerDouble server) {
        return Tracings.builder(server, true)
            .environment(Map.of("MLFLOW_TRACE_TIMEOUT_SECONDS", "3600"))
            .build();
      }
    },
    UNITY_CATALOG {
      @Override
      MlflowTracing start(TrackingServerDouble server) {
        return Tracings.builder(server, true)
            .destination(new UcSchema("a", "b"))
            .build();
      }
    },
    OTLP {
      @Override
      MlflowTracing start(TrackingServerDouble server) {
        return Tracings.builder(server, true)
            .environment(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", server.uri()))
            .build();
      }
    };

    abstract MlflowTracing start(TrackingServerDouble server);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void shutdown_afterWork_leavesNoThreadOfThePipeline(Kind kind) throws Exception {
    // Threads belong to the group of the thread that makes them, so those of other tests are not
    // among them.
    ThreadGroup group = new ThreadGroup("pipeline");
    Thread application = new Thread(group, () -> {
      try (MlflowTracing tracing = kind.start(server)) {
        tracing.tracer().trace("root", () -> tracing.tracer().trace("child", () -> {}));
        assertThat(named(group)).as("threads at work").isNotEmpty();
      }
    });
    FailureOf failure = new FailureOf();
    application.setUncaughtExceptionHandler(failure);
    application.start();
    application.join(DEADLINE_MILLIS);

    assertThat(failure.thrown).isNull();
    for (Thread thread : named(group)) {
      thread.join(DEADLINE_MILLIS);
    }
    assertThat(named(group)).as("threads that are left").isEmpty();
  }

  private static List<Thread> named(ThreadGroup group) {
    Thread[] threads = new Thread[100];
    int count = group.enumerate(threads);
    return Arrays.stream(threads, 0, count)
        .filter(Objects::nonNull)
        .filter(thread -> thread.getName().startsWith("mlflow-"))
        .toList();
  }

  private static final class FailureOf implements Thread.UncaughtExceptionHandler {

    @SuppressWarnings("NullAway.Init") // Null stands for no failure.
    private volatile Throwable thrown;

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
      thrown = failure;
    }
  }
}
