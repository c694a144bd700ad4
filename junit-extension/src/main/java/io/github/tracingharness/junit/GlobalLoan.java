package io.github.tracingharness.junit;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** Lends the global OpenTelemetry to one test; closed by JUnit's store. */
@SuppressWarnings("deprecation") // JUnit before 5.13 closes CloseableResource only.
final class GlobalLoan implements CloseableResource, AutoCloseable {

  private final @Nullable OpenTelemetry before;

  GlobalLoan(OpenTelemetry lent) {
    // To get a global that is not set would set it.
    before = GlobalOpenTelemetry.isSet() ? GlobalOpenTelemetry.get() : null;
    GlobalOpenTelemetry.resetForTest();
    GlobalOpenTelemetry.set(lent);
  }

  @Override
  public void close() {
    GlobalOpenTelemetry.resetForTest();
    if (before != null) {
      GlobalOpenTelemetry.set(before);
    }
  }
}
