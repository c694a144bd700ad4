package io.github.tracingharness.junit.example;

import java.util.stream.Stream;

/** The recipes of the cookbook that need nothing which only the fake server has. */
public final class RealServerRecipes {

  private RealServerRecipes() {}

  /** Returns them; each has one test. */
  public static Stream<Class<?>> classes() {
    return Stream.of(
        AgentLoopRecipeTest.class,
        AsyncRecipeTest.class,
        BatchJobRecipeTest.class,
        ConcurrentTracesRecipeTest.class,
        GoldenTraceRecipeTest.class,
        RealServerRecipeTest.class,
        RetriesRecipeTest.class,
        StreamingRecipeTest.class);
  }
}
