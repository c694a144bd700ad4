package io.github.tracingharness.junit;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * What tests and the whole run have in JUnit's stores. A store also looks into its parents, so that
 * a test must not share its keys with them.
 */
final class TestStore {

  private static final int MAX_EXPERIMENT_NAME = 250;
  private static final Namespace NAMESPACE = Namespace.create(TracingHarness.class);

  private TestStore() {}

  /** Returns what the test has; made when it is asked for the first time. */
  static TestScope scope(ExtensionContext context, HarnessSettings settings) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            context.getUniqueId(),
            key -> TestScope.open(backend(context, settings), settings),
            TestScope.class);
  }

  /** Finds what this test or the factory of this dynamic test has, without making it. */
  static @Nullable TestScope existingScope(ExtensionContext context) {
    for (@Nullable ExtensionContext level = context;
        level != null;
        level = level.getParent().orElse(null)) {
      TestScope scope = level.getStore(NAMESPACE).get(level.getUniqueId(), TestScope.class);
      if (scope != null) {
        return scope;
      }
    }
    return null;
  }

  /** Returns the fake server of the run; started when it is asked for the first time. */
  static SharedServer sharedServer(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(SharedServer.class, key -> new SharedServer(), SharedServer.class);
  }

  /** Makes an OpenTelemetry the global one until the test has ended. */
  static void lendGlobal(ExtensionContext context, OpenTelemetry lent) {
    context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            "global of " + context.getUniqueId(), key -> new GlobalLoan(lent), GlobalLoan.class);
  }

  static void keepContext(ExtensionContext context, Context current) {
    context.getStore(NAMESPACE).put("context of " + context.getUniqueId(), current);
  }

  static @Nullable Context keptContext(ExtensionContext context) {
    return context.getStore(NAMESPACE).get("context of " + context.getUniqueId(), Context.class);
  }

  private static Backend backend(ExtensionContext context, HarnessSettings settings) {
    Optional<String> uri = RealServers.trackingUri(context);
    return uri.isEmpty()
        ? FakeBackend.open(sharedServer(context), settings, name(context))
        : RealBackend.open(new RealServer(uri.get(), RealServers.login()), name(context));
  }

  private static String name(ExtensionContext context) {
    String name = context.getRequiredTestClass().getSimpleName() + "."
        + context.getRequiredTestMethod().getName();
    return name.length() <= MAX_EXPERIMENT_NAME ? name : name.substring(0, MAX_EXPERIMENT_NAME);
  }
}
