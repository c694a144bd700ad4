package io.github.tracingharness.conformance.junit.example;

import io.github.tracingharness.conformance.junit.Conformance;
import io.github.tracingharness.conformance.selftest.NullExporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

public class BrokenDynamicExample {

  @TestFactory
  Stream<DynamicNode> conformance() {
    return Conformance.dynamicTests(new NullExporter(), List.of(), List.of("size"));
  }
}
