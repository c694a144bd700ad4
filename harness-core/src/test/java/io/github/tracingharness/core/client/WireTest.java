package io.github.tracingharness.core.client;

import static io.github.tracingharness.core.testing.TrackingServerDouble.START_TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.export.DropReason;
import io.github.tracingharness.core.testing.LogCapture;
import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.testing.TrackingServerDouble.Answer;
import io.github.tracingharness.core.testing.TrackingServerDouble.Call;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries, limits and connections on real sockets. */
class WireTest {

  private final TrackingServerDouble server = new TrackingServerDouble();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void startTrace_resetAndBusyServer_isRepeatedWithTheSameIdAndBody() {
    server.next(START_TRACE, Answer.reset(), Answer.status(503).with("Retry-After", "0"));
    try (MlflowTracing tracing = Tracings.start(server, true)) {
      tracing.tracer().trace("root", () -> {});

      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();
      assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
      assertThat(tracing.stats().retried()).isEqualTo(2);
    }

    List<Call> calls = server.calls(START_TRACE);
    assertThat(calls).hasSize(3);
    assertThat(calls).extracting(Call::text).containsOnly(calls.get(0).text());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void budget_silentServer_boundsAllAttemptsTogether(boolean async) {
    server.version(null).hold(START_TRACE);
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = MlflowTracing.builder()
            .environment(Map.of("MLFLOW_ASYNC_TRACE_LOGGING_RETRY_TIMEOUT", "0.4"))
            .trackingUri(server.uri())
            .asyncExport(async)
            .maxRetries(10)
            .backoffFactor(0)
            .backoffJitter(0)
            .build()) {
      long before = System.nanoTime();
      tracing.tracer().trace("root", () -> {});
      assertThat(tracing.flush(Tracings.SOON).tracesDropped()).isEqualTo(1);

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
      assertThat(tracing.stats().traces().dropped())
          .containsEntry(DropReason.START_TRACE_FAILED, 1L);
      assertThat(server.calls(START_TRACE)).hasSize(1);
      assertThat(log.text()).contains("no complete answer within");
    }
  }

  @Test
  void requests_oneAfterTheOther_useOneConnection() throws Exception {
    Set<Integer> ports = ConcurrentHashMap.newKeySet();
    HttpServer counting =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    counting.createContext("/", exchange -> {
      ports.add(exchange.getRemoteAddress().getPort());
      exchange.getRequestBody().readAllBytes();
      byte[] body = {'{', '}'};
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    counting.start();
    String uri = "http://127.0.0.1:" + counting.getAddress().getPort();
    try (RestTrackingClient client =
        Clients.client(Clients.settings(uri, Credentials.none(), /* databricks= */ false))) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.probeSpanLogging(CallScope.CALLER)).isEqualTo(SpanLoggingSupport.UNKNOWN);
      }
    } finally {
      counting.stop(0);
    }

    assertThat(ports).hasSize(1);
  }
}
