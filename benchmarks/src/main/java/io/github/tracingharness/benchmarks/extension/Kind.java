package io.github.tracingharness.benchmarks.extension;

/** What the tests of a run do. */
public enum Kind {

  /** Nothing, with null for both parameters and no extension: what JUnit itself takes. */
  EMPTY(TestKinds.Empty.class),

  /** Nothing, but with tracer and traces as parameters: a space, an experiment, a pipeline. */
  INJECTED(TestKinds.Injected.class),

  /** One span, exported, stored and read back, without the extension: what that takes by itself. */
  BY_HAND(TestKinds.ByHand.class),

  /** The same with the extension. */
  TRACED(TestKinds.Traced.class);

  private final Class<?> tests;

  Kind(Class<?> tests) {
    this.tests = tests;
  }

  Class<?> tests() {
    return tests;
  }
}
