package io.github.tracingharness.conformance.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import io.github.tracingharness.conformance.subject.SessionConfig;
import java.util.concurrent.CountDownLatch;

/** A subject that never comes back from {@code emit}. */
public final class Hanging implements ExporterSubject {

  private final ExporterSubject subject =
      new EmitSubject("one", Hanging::waitsForEver, () -> Outcome.UNKNOWN);

  /** Made by name. */
  public Hanging() {}

  private static void waitsForEver(String name) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String name() {
    return subject.name();
  }

  @Override
  public String version() {
    return subject.version();
  }

  @Override
  public ObjectNode capabilities() {
    return subject.capabilities();
  }

  @Override
  public Session open(SessionConfig config) {
    return subject.open(config);
  }
}
