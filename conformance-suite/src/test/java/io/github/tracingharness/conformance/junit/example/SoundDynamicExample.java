package io.github.tracingharness.conformance.junit.example;

import io.github.tracingharness.conformance.junit.Conformance;
import io.github.tracingharness.conformance.subject.ReferenceSubject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

public class SoundDynamicExample {

  @TestFactory
  Stream<DynamicNode> conformance() {
    return Conformance.dynamicTests(new ReferenceSubject(), List.of(), List.of("size"));
  }
}
