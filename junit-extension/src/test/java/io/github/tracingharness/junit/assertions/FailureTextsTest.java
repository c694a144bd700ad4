package io.github.tracingharness.junit.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No assertion is without a test of the text of its failure. */
class FailureTextsTest {

  private static final String PACKAGE = FailureTextsTest.class.getPackageName();

  static Stream<Arguments> assertions() {
    return Stream.of(
        Arguments.of(
            Named.of("traces", List.of(AbstractTraceAssert.class, AbstractTraceInfoAssert.class)),
            TraceAssertTest.failingCalls()),
        Arguments.of(
            Named.of("spans", List.of(AbstractSpanAssert.class, AbstractSpanValuesAssert.class)),
            SpanAssertTest.failingCalls()),
        Arguments.of(
            Named.of("lists of traces", List.of(TracesAssert.class)),
            TracesAssertTest.failingCalls()),
        Arguments.of(
            Named.of("exports", List.of(ExportsAssert.class)), ExportsAssertTest.failingCalls()));
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
    Map<String, Long> failed = failingCalls.stream()
        .map(call -> outermostAssertion(call, types))
        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));

    assertThat(failed.keySet()).isEqualTo(declared.keySet());
    assertThat(declared)
        .allSatisfy((name, overloads) ->
            assertThat(failed.get(name)).as(name).isGreaterThanOrEqualTo(overloads));
  }

  private static boolean isAssertion(Method method) {
    return Modifier.isPublic(method.getModifiers())
        && !Modifier.isStatic(method.getModifiers())
        && !method.isSynthetic()
        && AbstractAssert.class.isAssignableFrom(method.getReturnType());
  }

  private static String outermostAssertion(Runnable call, List<Class<?>> types) {
    AssertionError failure;
    // AssertJ takes the assertions themselves out of the stack, unless told otherwise.
    Assertions.setRemoveAssertJRelatedElementsFromStackTrace(false);
    try {
      failure = catchThrowableOfType(AssertionError.class, call::run);
    } finally {
      Assertions.setRemoveAssertJRelatedElementsFromStackTrace(true);
    }
    List<String> names = types.stream().map(Class::getName).toList();
    return Arrays.stream(failure.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith(PACKAGE))
        .filter(frame -> names.contains(frame.getClassName()))
        .map(StackTraceElement::getMethodName)
        .reduce((inner, outer) -> outer)
        .orElseThrow();
  }
}
