package io.github.tracingharness.junit.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No assertion is without a test of the text of its failure, and none fails to be soft. */
class FailureTextsTest {

  static Stream<Arguments> assertions() {
    return Stream.of(
        Arguments.of(
            Named.of("traces", List.of(AbstractTraceAssert.class, AbstractTraceInfoAssert.class)),
            TraceAssertTest.failingCalls(),
            TraceAssertTest.softCalls()),
        Arguments.of(
            Named.of("spans", List.of(AbstractSpanAssert.class, AbstractSpanValuesAssert.class)),
            SpanAssertTest.failingCalls(),
            SpanAssertTest.softCalls()),
        Arguments.of(
            Named.of("lists of traces", List.of(TracesAssert.class)),
            TracesAssertTest.failingCalls(),
            TracesAssertTest.softCalls()),
        Arguments.of(
            Named.of("exports", List.of(ExportsAssert.class)),
            ExportsAssertTest.failingCalls(),
            ExportsAssertTest.softCalls()));
  }

  /** The name comes from the stack of a failure that did happen, not from what a test claims. */
  @ParameterizedTest
  @MethodSource("assertions")
  void everyPublicAssertion_hasATestOfEachOverloadsFailure(
      List<Class<?>> types, List<Runnable> failingCalls) {
    Map<String, Long> declared = types.stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(FailureTextsTest::isAssertion)
        .collect(Collectors.groupingBy(Method::getName, TreeMap::new, Collectors.counting()));
    Map<String, Long> failed = byAssertion(failingCalls, types);

    assertThat(failed.keySet()).isEqualTo(declared.keySet());
    assertThat(declared)
        .allSatisfy((name, overloads) ->
            assertThat(failed.get(name)).as(name).isGreaterThanOrEqualTo(overloads));
  }

  /** Soft assertions reach the same failures, one each, and the test goes on. */
  @ParameterizedTest
  @MethodSource("assertions")
  void everyPublicAssertion_softly_isCollectedAndNotThrown(
      List<Class<?>> types,
      List<Runnable> failingCalls,
      List<Consumer<TracingSoftAssertions>> softCalls) {
    Map<String, Long> collected = softCalls.stream()
        .map(call -> outermostAssertion(collected(call), types))
        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));

    assertThat(collected).isEqualTo(byAssertion(failingCalls, types));
  }

  private static AssertionError collected(Consumer<TracingSoftAssertions> call) {
    TracingSoftAssertions softly = new TracingSoftAssertions();
    assertThatCode(() -> withWholeStacks(() -> call.accept(softly))).doesNotThrowAnyException();
    return softly.assertionErrorsCollected().stream()
        .reduce((one, other) -> {
          throw new AssertionError("one call collected more than one failure", other);
        })
        .orElseThrow(() -> new AssertionError("nothing was collected"));
  }

  private static boolean isAssertion(Method method) {
    return Modifier.isPublic(method.getModifiers())
        && !Modifier.isStatic(method.getModifiers())
        && !method.isSynthetic()
        && AbstractAssert.class.isAssignableFrom(method.getReturnType());
  }

  private static Map<String, Long> byAssertion(List<Runnable> failingCalls, List<Class<?>> types) {
    return failingCalls.stream()
        .map(call -> catchThrowableOfType(AssertionError.class, () -> withWholeStacks(call)))
        .map(failure -> outermostAssertion(failure, types))
        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
  }

  /** AssertJ takes the assertions themselves out of the stack, unless told otherwise. */
  private static void withWholeStacks(Runnable call) {
    Assertions.setRemoveAssertJRelatedElementsFromStackTrace(false);
    try {
      call.run();
    } finally {
      Assertions.setRemoveAssertJRelatedElementsFromStackTrace(true);
    }
  }

  private static String outermostAssertion(AssertionError failure, List<Class<?>> types) {
    List<String> names = types.stream().map(Class::getName).toList();
    return Arrays.stream(failure.getStackTrace())
        .filter(frame -> names.contains(frame.getClassName()))
        .map(StackTraceElement::getMethodName)
        .reduce((inner, outer) -> outer)
        .orElseThrow();
  }
}
