package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpTransport;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;

/** Counts the traces of one span that arrive at the end of a pipeline, marked ones apart. */
final class Arrivals {

  /** Name of the spans that are counted apart. */
  static final String MARK = "marked-span";

  private final LongAdder marked = new LongAdder();
  private final LongAdder others = new LongAdder();

  /** Returns how many spans with the name {@link #MARK} have arrived. */
  long marked() {
    return marked.sum();
  }

  /** Returns how many spans with other names have arrived. */
  long others() {
    return others.sum();
  }

  /** Returns a tracking server; a trace is there with its info, which comes after its span. */
  HttpTransport server() {
    InstantServer server = new InstantServer();
    return call -> {
      HttpAnswer answer = server.send(call);
      if (call.uri().getPath().endsWith("/mlflow/traces")) {
        arrived(new String(call.body(), StandardCharsets.UTF_8).contains(MARK));
      }
      return answer;
    };
  }

  /** Returns an exporter. */
  SpanExporter exporter() {
    return new Exporter();
  }

  private void arrived(boolean isMarked) {
    (isMarked ? marked : others).increment();
  }

  private final class Exporter extends InstantExporter {

    @Override
    void take(Collection<SpanData> batch) {
      batch.forEach(span -> arrived(span.getName().equals(MARK)));
    }
  }
}
