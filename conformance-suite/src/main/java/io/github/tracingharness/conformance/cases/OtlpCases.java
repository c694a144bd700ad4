package io.github.tracingharness.conformance.cases;

import io.github.tracingharness.conformance.model.CaseRegistry;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;
import java.util.stream.Stream;

/** All cases of exporters by OTLP over HTTP, and of the OpenTelemetry SDK in front of them. */
public final class OtlpCases {

  private OtlpCases() {}

  /** Returns the cases in the order in which they are listed and run. */
  public static CaseRegistry registry() {
    List<ConformanceCase> cases = Stream.of(
            OtlpUrlCases.all(),
            OtlpHeaderCases.all(),
            OtlpCompressionCases.all(),
            OtlpRetryCases.all(),
            OtlpThrottleCases.all(),
            OtlpTimeoutCases.all(),
            OtlpResponseCases.all(),
            OtlpConnectionCases.all(),
            OtlpTlsCases.all(),
            OtlpPayloadCases.all(),
            OtlpJsonCases.all(),
            OtlpLimitCases.all(),
            OtlpBatchCases.all(),
            OtlpShutdownCases.all(),
            OtlpConfigCases.all(),
            OtlpSecurityCases.all(),
            ResourceCases.otlp())
        .flatMap(List::stream)
        .toList();
    return CaseRegistry.of(cases);
  }
}
