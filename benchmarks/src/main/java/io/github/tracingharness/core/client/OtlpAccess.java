package io.github.tracingharness.core.client;

import io.github.tracingharness.core.trace.Span;
import java.util.List;
import java.util.Map;

/** The encoder of spans, for benchmarks. */
public final class OtlpAccess {

  private OtlpAccess() {}

  /** Encodes spans. */
  public static byte[] encode(Map<String, String> resource, List<Span> spans) {
    return OtlpEncoder.encode(resource, spans);
  }
}
