package io.github.tracingharness.conformance.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.history.SpanIds;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import io.github.tracingharness.conformance.subject.SessionConfig;
import io.github.tracingharness.conformance.subject.SpanSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A sound subject whose sessions are wrapped by a fault. */
final class FaultySubject extends VariedSubject {

  private final UnaryOperator<Session> fault;

  FaultySubject(ExporterSubject sound, UnaryOperator<Session> fault) {
    super(sound);
    this.fault = fault;
  }

  @Override
  public Session open(SessionConfig config) {
    return fault.apply(sound.open(config));
  }

  /** A session that hands everything on; a fault overrides what it breaks. */
  static class Wrapped implements Session {

    protected final Session sound;

    Wrapped(Session sound) {
      this.sound = sound;
    }

    @Override
    public Map<String, SpanIds> emit(List<SpanSpec> spans) {
      return sound.emit(spans);
    }

    @Override
    public Exported export(List<SpanSpec> spans) {
      return sound.export(spans);
    }

    @Override
    public Outcome flush(Duration timeout) {
      return sound.flush(timeout);
    }

    @Override
    public Outcome shutdown(Duration timeout) {
      return sound.shutdown(timeout);
    }

    @Override
    public Map<String, JsonNode> observe(List<String> what) {
      return sound.observe(what);
    }

    @Override
    public Map<String, Long> stats() {
      return sound.stats();
    }

    @Override
    public void close() {
      sound.close();
    }
  }
}
