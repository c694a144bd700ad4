package io.github.tracingharness.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.tracingharness.core.MlflowTracing;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The traced call with Python MLflow and with the reference, one after the other, each to the same
 * raw sink over HTTP: {@code bench python PYTHON}.
 */
final class PythonCommand {

  private static final int WARM_UPS = 20;
  private static final int ROUNDS = 15;
  private static final int CALLS = 200;

  private final PrintStream out;
  private final Path home;

  PythonCommand(PrintStream out, Path home) {
    this.out = out;
    this.home = home;
  }

  /** Returns 0. */
  int run(Arguments arguments) throws IOException, InterruptedException {
    String python = arguments.word("PYTHON, an interpreter that has mlflow installed,");
    arguments.requireNoMore();
    Path script = home.resolve("benchmarks/src/main/python/mlflow_peer.py");
    if (!Files.exists(script)) {
      throw new IllegalArgumentException(script + " is not there; harness.home must be set.");
    }
    try (RawSink sink = new RawSink()) {
      JsonNode theirs = python(python, script, sink);
      report("Python MLflow " + theirs.path("mlflow").asText(), theirs);
      JsonNode ours = reference(sink.url());
      report("tracing-harness", ours);
      out.printf(
          Locale.ROOT,
          "Python's caller pays %.1f times as much; the reference delivers %.1f times as many"
              + " traces per second%n",
          median(theirs, "caller_us_per_call") / median(ours, "caller_us_per_call"),
          median(ours, "traces_per_second") / median(theirs, "traces_per_second"));
    }
    return 0;
  }

  private JsonNode python(String python, Path script, RawSink sink)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("bench-python", ".log");
    Process process = new ProcessBuilder(List.of(python, script.toString(), sink.url()))
        .redirectError(log.toFile())
        .start();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0 || text.isEmpty()) {
      throw new IOException(python + " failed: " + Files.readString(log));
    }
    Files.delete(log);
    JsonNode result = new JsonMapper().readTree(text.substring(text.lastIndexOf('\n') + 1));
    if (sink.traces() != result.path("traces").asLong()) {
      throw new IOException("Python made " + result.path("traces") + " traces, but " + sink.traces()
          + " arrived: the rates would say nothing");
    }
    return result;
  }

  private static JsonNode reference(String url) {
    try (MlflowTracing tracing = MlflowTracing.builder()
        .environment(Map.of())
        .trackingUri(url)
        .experimentId("0")
        .asyncExport(true)
        .build()) {
      TracedCall call = new TracedCall(tracing.tracer());
      double[] caller = new double[ROUNDS];
      double[] delivered = new double[ROUNDS];
      for (int round = -WARM_UPS; round < ROUNDS; round++) {
        long begun = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
          call.run();
        }
        long made = System.nanoTime();
        if (!tracing.flush(Duration.ofSeconds(30)).isSuccess()) {
          throw new IllegalStateException("the flush did not succeed");
        }
        if (round >= 0) {
          caller[round] = (made - begun) / 1e3 / CALLS;
          delivered[round] = CALLS * 1e9 / (System.nanoTime() - begun);
        }
      }
      return new JsonMapper()
          .valueToTree(
              Map.of("caller_us_per_call", spread(caller), "traces_per_second", spread(delivered)));
    }
  }

  private static Map<String, Double> spread(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return Map.of(
        "median", sorted[sorted.length / 2], "min", sorted[0], "max", sorted[sorted.length - 1]);
  }

  private static double median(JsonNode result, String what) {
    return result.path(what).path("median").asDouble();
  }

  private void report(String name, JsonNode result) {
    out.printf(
        Locale.ROOT,
        "%-22s caller %8.1f us/call (%.1f to %.1f)   %8.0f traces/s (%.0f to %.0f)%n",
        name,
        median(result, "caller_us_per_call"),
        result.path("caller_us_per_call").path("min").asDouble(),
        result.path("caller_us_per_call").path("max").asDouble(),
        median(result, "traces_per_second"),
        result.path("traces_per_second").path("min").asDouble(),
        result.path("traces_per_second").path("max").asDouble());
  }
}
