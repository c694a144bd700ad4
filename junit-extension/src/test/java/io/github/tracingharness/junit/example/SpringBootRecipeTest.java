package io.github.tracingharness.junit.example;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.tracingharness.core.trace.SpanStatusCode;
import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingHarness;
import io.github.tracingharness.junit.UsesGlobalOpenTelemetry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Service;

@SuppressWarnings("try") // a scope is there to be closed
// begin-recipe
@SpringBootTest(properties = "spring.main.banner-mode=off")
@ExtendWith(TracingHarness.class)
@UsesGlobalOpenTelemetry
class SpringBootRecipeTest {

  @SpringBootApplication
  @Import({Documents.class, AnswerService.class}) // what is inside of a test is not scanned
  static class Application {}

  @Service
  static class Documents {

    private static final Map<String, String> TEXTS = Map.of("span", "A named operation.");

    String about(String topic) {
      return Traced.call("retrieve", () -> {
        if (!TEXTS.containsKey(topic)) {
          throw new IllegalStateException("no document about " + topic);
        }
        return TEXTS.get(topic);
      });
    }
  }

  @Service
  static class AnswerService {

    private final Documents documents;

    AnswerService(Documents documents) {
      this.documents = documents;
    }

    String answer(String topic) {
      return Traced.call("answer", () -> documents.about(topic));
    }
  }

  static final class Traced {

    /** Spring keeps its beans for all tests, so the tracer is asked for anew in each call. */
    static String call(String name, Supplier<String> work) {
      Span span = GlobalOpenTelemetry.getTracer("answers").spanBuilder(name).startSpan();
      try (Scope scope = span.makeCurrent()) {
        return work.get();
      } catch (RuntimeException failure) {
        span.recordException(failure).setStatus(StatusCode.ERROR, failure.getMessage());
        throw failure;
      } finally {
        span.end();
      }
    }
  }

  @Autowired
  private AnswerService service;

  @Test
  void answer_isTracedThroughBothBeans(Traces traces) {
    service.answer("span");

    assertThat(traces.awaitTrace()).hasState(TraceState.OK).hasTree("answer\n  retrieve");
  }

  @Test
  void question_withoutDocument_leavesAnErrorInATraceOfItsOwn(Traces traces) {
    assertThatIllegalStateException().isThrownBy(() -> service.answer("trace"));

    assertThat(traces.awaitTrace())
        .hasState(TraceState.ERROR)
        .hasSpan(
            "retrieve",
            span -> span.hasStatus(SpanStatusCode.ERROR, "no document about trace")
                .hasException(IllegalStateException.class));
  }
}
// end-recipe
