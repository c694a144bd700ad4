package io.github.tracingharness.conformance.selftest;

import io.github.tracingharness.conformance.selftest.otlp.BrokenModel;
import java.util.List;
import java.util.stream.Stream;

/** The broken variants of the model of an OTLP exporter. */
final class OtlpMutants {

  private OtlpMutants() {}

  /** Returns a mutant for each broken rule and check that must notice it. */
  static List<Mutant> all() {
    return BrokenModel.all().stream().flatMap(OtlpMutants::mutants).toList();
  }

  private static Stream<Mutant> mutants(BrokenModel model) {
    return model.killedBy().stream().map(check -> new Mutant(model.name(), check, model.subject()));
  }
}
