package io.github.tracingharness.conformance.selftest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.history.SpanIds;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import io.github.tracingharness.conformance.subject.SessionConfig;
import io.github.tracingharness.conformance.subject.SpanSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An exporter that plays a fork, which a JVM cannot do: the child is a second session with the same
 * configuration. The suite sees the same of it as of a process.
 */
final class PlayedFork extends VariedSubject {

  private final boolean childWorks;

  private PlayedFork(ExporterSubject sound, boolean childWorks) {
    super(sound);
    this.childWorks = childWorks;
  }

  /** An exporter that begins anew in a child. */
  static ExporterSubject sound(ExporterSubject exporter) {
    return new PlayedFork(exporter, true);
  }

  /** An exporter whose child has nobody who sends. */
  static ExporterSubject withoutWorker(ExporterSubject exporter) {
    return new PlayedFork(exporter, false);
  }

  @Override
  public ObjectNode capabilities() {
    ObjectNode capabilities = sound.capabilities();
    capabilities.withArray("ops").add("fork");
    return capabilities;
  }

  @Override
  public Session open(SessionConfig config) {
    return new FaultySubject.Wrapped(sound.open(config)) {
      @Override
      public Map<String, SpanIds> fork(List<SpanSpec> spans, Duration timeout) {
        try (Session child = PlayedFork.this.sound.open(config)) {
          Map<String, SpanIds> refs = child.emit(spans);
          if (childWorks) {
            child.flush(timeout);
          }
          return refs;
        }
      }
    };
  }
}
