package io.github.tracingharness.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.client.ClientSettings;
import io.github.tracingharness.core.client.ConnectionSettings;
import io.github.tracingharness.core.client.Credentials;
import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.core.client.RestTrackingClient;
import io.github.tracingharness.core.client.RetryPolicy;
import io.github.tracingharness.core.export.ExportLedger.Counts;
import io.github.tracingharness.core.export.TraceExporter.Completion;
import io.github.tracingharness.core.export.TraceExporter.EndedSpan;
import io.github.tracingharness.core.export.TraceExporter.Target;
import io.github.tracingharness.core.export.TraceExporter.TraceExport;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanStatus;
import io.github.tracingharness.core.trace.Trace;
import io.github.tracingharness.core.trace.TraceData;
import io.github.tracingharness.core.trace.TraceInfo;
import io.github.tracingharness.core.trace.TraceLocation.Experiment;
import io.github.tracingharness.core.trace.TraceLocation.UcSchema;
import io.github.tracingharness.core.trace.TraceState;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The queue is bounded by the size of what waits, not by the number of traces only. */
class LargeTracesTest {

  private static final long LIMIT = 100_000;
  private static final String ID = "tr-0af7651916cd43dd8448eb211c80319c";

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final ExportLedger ledger = new ExportLedger();
  private final ExportExecutor executor =
      ExportExecutor.asynchronous(new QueueLimits(1000, 1, OverloadPolicy.dropNewest(), LIMIT));
  private final MlflowV3SpanExporter exporter =
      new MlflowV3SpanExporter(client(), ledger, executor);

  @AfterEach
  void close() {
    gate.countDown();
    executor.close(Deadline.after(Duration.ofSeconds(60)));
  }

  @Test
  void proceed_moreThanTheLimitWaits_dropsTheNewestAndGoesOnAfterwards() throws Exception {
    complete(1, 10);
    assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
    complete(2, 60_000);
    complete(3, 60_000);
    complete(4, 60_000);
    complete(5, 4_000);
    gate.countDown();
    assertThat(executor.awaitSettled(Deadline.after(Duration.ofSeconds(60)))).isTrue();

    Counts traces = ledger.traces().counts();
    // Two would be too much, so the third and the fourth found no room; small ones do not count.
    assertThat(traces.delivered()).isEqualTo(3);
    assertThat(traces.dropped()).isEqualTo(Map.of(DropReason.QUEUE_FULL, 2L));
    complete(6, 60_000);
    assertThat(executor.awaitSettled(Deadline.after(Duration.ofSeconds(60)))).isTrue();
    assertThat(ledger.traces().counts().delivered()).isEqualTo(4);
    assertThat(executor.waitingSize().chars()).isZero();
  }

  @Test
  void proceed_singleTraceBeyondTheLimit_isSent() {
    gate.countDown();
    complete(1, 5 * LIMIT);

    assertThat(executor.awaitSettled(Deadline.after(Duration.ofSeconds(60)))).isTrue();
    assertThat(ledger.traces().counts().delivered()).isEqualTo(1);
  }

  @Test
  void proceed_spansInBatchesBeyondTheLimit_dropsTheNewest() throws Exception {
    complete(1, 10);
    assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
    BatchLimits limits = new BatchLimits(10, Duration.ofHours(1), 100);
    UcTableSpanExporter catalog = new UcTableSpanExporter(client(), ledger, executor, limits);
    ExportLedger copies = new ExportLedger();
    OtlpSpanExporter otlp = new OtlpSpanExporter(
        SpanExporter.composite(), Duration.ofSeconds(20), copies, true, executor, limits);
    end(catalog.begin(new Target(ID, new UcSchema("c", "s"), true, true)), 60_000);
    end(otlp.begin(new Target(ID, new Experiment("0"), false, true)), 30_000);
    end(catalog.begin(new Target(ID, new UcSchema("c", "s"), true, true)), 60_000);
    end(otlp.begin(new Target(ID, new Experiment("0"), false, true)), 30_000);

    assertThat(executor.waitingSize().chars()).isEqualTo(90_000);
    assertThat(ledger.spans().counts().dropped()).isEqualTo(Map.of(DropReason.QUEUE_FULL, 1L));
    assertThat(copies.spans().counts().dropped()).isEqualTo(Map.of(DropReason.QUEUE_FULL, 1L));
    gate.countDown();
    catalog.close(Deadline.after(Duration.ofSeconds(60)));
    otlp.close(Deadline.after(Duration.ofSeconds(60)));
    assertThat(executor.awaitSettled(Deadline.after(Duration.ofSeconds(60)))).isTrue();
    assertThat(ledger.spans().counts().delivered()).isEqualTo(2);
    assertThat(copies.spans().counts().delivered()).isEqualTo(1);
    assertThat(executor.waitingSize().chars()).isZero();
  }

  private static void end(TraceExport export, long size) {
    EndedSpan span = new Ended(ID, size);
    export.spanEnded(span);
    export.proceed(span);
  }

  private void complete(int number, long size) {
    String traceId = String.format("tr-%032x", number);
    TraceExport export = exporter.begin(new Target(traceId, new Experiment("0"), false, true));
    ledger.traces().created();
    ledger.spans().created();
    EndedSpan span = new Ended(traceId, size);
    export.spanEnded(span);
    export.completed(new Completion(() -> trace(traceId, span.span()), List.of(), List.of()));
    export.proceed(span);
  }

  private static Trace trace(String traceId, Span span) {
    return new Trace(
        new TraceInfo(
            traceId,
            null,
            new Experiment("0"),
            null,
            null,
            1,
            1L,
            TraceState.OK,
            Map.of(),
            Map.of()),
        new TraceData(List.of(span)));
  }

  private RestTrackingClient client() {
    HttpTransport transport = new HttpTransport() {
      @Override
      public HttpAnswer send(HttpCall call) throws InterruptedException {
        reached.countDown();
        assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
        return answer(call.uri().getPath());
      }
    };
    return new RestTrackingClient(
        new ClientSettings(
            URI.create("http://127.0.0.1:1"),
            Credentials.none(),
            new RetryPolicy(0, 0, 0, true),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Optional.empty(),
            true,
            false,
            Optional.empty(),
            ConnectionSettings.DEFAULT,
            true),
        transport);
  }

  private static HttpAnswer answer(String path) {
    String body = path.endsWith("/version")
        ? "3.17.2"
        : path.endsWith("/v1/traces")
            ? ""
            : "{\"trace\": {\"trace_info\": {\"trace_id\": \"tr-1\","
                + " \"tags\": {\"mlflow.trace.spansLocation\": \"TRACKING_STORE\"}}}}";
    return new HttpAnswer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  private record Ended(String traceId, long size) implements EndedSpan {

    @Override
    public String spanId() {
      return "00f067aa0ba902b7";
    }

    @Override
    public boolean isRoot() {
      return true;
    }

    @Override
    public Span span() {
      return new Span(
          traceId,
          spanId(),
          null,
          "root",
          1,
          OptionalLong.of(2),
          List.of(),
          SpanStatus.OK,
          Map.of(),
          List.of());
    }

    @Override
    public SpanData source() {
      return TestSpanData.builder()
          .setName("root")
          .setKind(SpanKind.INTERNAL)
          .setStatus(StatusData.ok())
          .setStartEpochNanos(1)
          .setEndEpochNanos(2)
          .setHasEnded(true)
          .build();
    }

    @Override
    public Map<String, String> traceTags() {
      return Map.of();
    }
  }
}
