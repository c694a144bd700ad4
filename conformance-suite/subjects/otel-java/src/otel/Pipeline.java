package otel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The SDK as applications set it up, or the bare exporter with spans that the SDK has finished. */
final class Pipeline {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<SpanData> finished = new ArrayList<>();
  private final boolean direct;
  private final SdkTracerProvider provider;
  private final Spans spans;
  private SpanExporter exporter;

  Pipeline(Settings settings) {
    direct = settings.direct();
    provider = AutoConfiguredOpenTelemetrySdk.builder()
        .addPropertiesSupplier(settings::properties)
        .addSpanExporterCustomizer((made, config) -> exporter = made)
        .addSpanProcessorCustomizer((batch, config) -> direct ? SimpleSpanProcessor.create(new Collector()) : batch)
        .addSamplerCustomizer((sampler, config) -> new Said(sampler))
        .addTracerProviderCustomizer((builder, config) ->
            settings.limits() == null ? builder : builder.setSpanLimits(settings.limits()))
        .build()
        .getOpenTelemetrySdk()
        .getSdkTracerProvider();
    spans = new Spans(provider);
  }

  ObjectNode emit(JsonNode command) throws Exception {
    JsonNode concurrency = command.path("concurrency");
    int threads = concurrency.path("threads").asInt(1);
    int repeat = concurrency.path("repeat").asInt(1);
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<List<Spans.Made>>> work = new ArrayList<>();
    long begun = System.nanoTime();
    for (int t = 0; t < threads; t++) {
      work.add(pool.submit(() -> {
        start.await();
        List<Spans.Made> made = new ArrayList<>();
        for (int n = 0; n < repeat; n++) {
          made.add(spans.make(command));
        }
        return made;
      }));
    }
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode refs = answer.putObject("refs");
    long longest = 0;
    int n = 0;
    for (Future<List<Spans.Made>> part : work) {
      for (Spans.Made made : part.get()) {
        String suffix = concurrency.isMissingNode() ? "" : "#" + n++;
        made.refs().properties().forEach(ref -> refs.set(ref.getKey() + suffix, ref.getValue()));
        longest = Math.max(longest, made.longestEnd());
      }
    }
    pool.shutdown();
    return answer.put("accepted", refs.size())
        .put("caller_max_ns", Long.toString(longest))
        .put("caller_total_ns", Long.toString(System.nanoTime() - begun));
  }

  ObjectNode export(JsonNode command, long deadlineMillis) {
    ObjectNode answer = JSON.createObjectNode();
    answer.set("refs", spans.make(command).refs());
    List<SpanData> batch = List.copyOf(finished);
    finished.clear();
    CompletableResultCode result = exporter.export(batch).join(deadlineMillis, TimeUnit.MILLISECONDS);
    if (result.getFailureThrowable() != null) {
      answer.put("error", result.getFailureThrowable().toString());
    }
    return answer.put("result", resultOf(result));
  }

  ObjectNode flush(long millis) {
    return answer(direct ? exporter.flush() : provider.forceFlush(), millis);
  }

  ObjectNode shutdown(long millis) {
    return answer(direct ? exporter.shutdown() : provider.shutdown(), millis);
  }

  private static ObjectNode answer(CompletableResultCode result, long millis) {
    return JSON.createObjectNode().put("result", resultOf(result.join(millis, TimeUnit.MILLISECONDS)));
  }

  private static String resultOf(CompletableResultCode result) {
    return !result.isDone() ? "timeout" : result.isSuccess() ? "success" : "failure";
  }

  /** Keeps what the SDK has finished; a simple processor calls it while the span ends. */
  private final class Collector implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> batch) {
      finished.addAll(batch);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
