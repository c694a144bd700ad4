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
            key("scope", context),
            key -> TestScope.open(backend(context, settings), settings),
            TestScope.class);
  }

  /** Finds what this test or the factory of this dynamic test has, without making it. */
  static @Nullable TestScope existingScope(ExtensionContext context) {
    for (@Nullable ExtensionContext level = context;
        level != null;
        level = level.getParent().orElse(null)) {
      TestScope scope = level.getStore(NAMESPACE).get(key("scope", level), TestScope.class);
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

  /** Returns the container of the run; it starts when its server is asked for the first time. */
  static ServerContainer sharedContainer(ExtensionContext context, String image) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            ServerContainer.class, key -> new ServerContainer(image), ServerContainer.class);
  }

  /** Makes an OpenTelemetry the global one until the test has ended. */
  static void lendGlobal(ExtensionContext context, OpenTelemetry lent) {
    context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            key("global", context), key -> new GlobalLoan(lent), GlobalLoan.class);
  }

  /** Remembers the extension that was registered last for a class or a test. */
  static void claim(ExtensionContext context, TracingHarness extension) {
    context.getStore(NAMESPACE).put(key("extension", context), extension);
  }

  /** Tells whether this extension, of those that are registered for a test, is to serve it. */
  static boolean isClaimedBy(TracingHarness extension, ExtensionContext context) {
    for (@Nullable ExtensionContext level = context;
        level != null;
        level = level.getParent().orElse(null)) {
      Object last = level.getStore(NAMESPACE).get(key("extension", level));
      if (last != null) {
        return last == extension;
      }
    }
    return true; // the evaluation of conditions, which claims, is switched off
  }

  static void keepContext(ExtensionContext context, Context current) {
    context.getStore(NAMESPACE).put(key("context", context), current);
  }

  static @Nullable Context keptContext(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(key("context", context), Context.class);
  }

  /**
   * Names something of one level. Not by the test's unique id: JUnit's ids keep their text once it
   * was asked for, for as long as the run lasts.
   */
  private static Key key(String what, ExtensionContext context) {
    int depth = 0;
    for (ExtensionContext level = context;
        level.getParent().isPresent();
        level = level.getParent().get()) {
      depth++;
    }
    return new Key(what, depth);
  }

  private static Backend backend(ExtensionContext context, HarnessSettings settings) {
    Optional<String> setting = RealServers.setting(context);
    return setting.isEmpty()
        ? FakeBackend.open(sharedServer(context), settings, name(context, settings))
        : RealBackend.open(RealServers.server(setting.get(), context), name(context, settings));
  }

  private static String name(ExtensionContext context, HarnessSettings settings) {
    String name = settings.experiment().isEmpty()
        ? context.getRequiredTestClass().getSimpleName() + "."
            + context.getRequiredTestMethod().getName()
        : settings.experiment();
    return name.length() <= MAX_EXPERIMENT_NAME ? name : name.substring(0, MAX_EXPERIMENT_NAME);
  }

  /** Differs from all keys in the stores of the levels above. */
  private record Key(String what, int depth) {}
}
