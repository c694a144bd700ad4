package io.github.tracingharness.conformance.selftest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import io.github.tracingharness.conformance.subject.SessionConfig;

/** A subject that does as another one does; what varies is overridden. */
abstract class VariedSubject implements ExporterSubject {

  protected final ExporterSubject sound;

  VariedSubject(ExporterSubject sound) {
    this.sound = sound;
  }

  @Override
  public String name() {
    return sound.name();
  }

  @Override
  public String version() {
    return sound.version();
  }

  @Override
  public ObjectNode capabilities() {
    return sound.capabilities();
  }

  @Override
  public Session open(SessionConfig config) {
    return sound.open(config);
  }
}
