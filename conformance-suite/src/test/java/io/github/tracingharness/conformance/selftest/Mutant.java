package io.github.tracingharness.conformance.selftest;

import io.github.tracingharness.conformance.engine.Subject;
import io.github.tracingharness.conformance.selftest.otlp.BrokenModel;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import io.github.tracingharness.conformance.subject.ReferenceSubject;
import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.core.client.JdkHttpTransport;
import java.io.IOException;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A sound exporter with one thing broken.
 *
 * @param name what is broken
 * @param killedBy the checks that must notice, {@code CASE/check}
 * @param subject the broken subject
 */
record Mutant(String name, SortedSet<String> killedBy, ExporterSubject subject) {

  Mutant(String name, String mustKill, ExporterSubject subject) {
    this(name, new TreeSet<>(Set.of(mustKill)), subject);
  }

  /** Breaks the model of an OTLP exporter. */
  static Mutant of(BrokenModel model) {
    return new Mutant(model.name(), new TreeSet<>(model.killedBy()), model.subject());
  }

  /** Breaks something on the wire. */
  static Mutant onWire(String name, String mustKill, WireFault fault) {
    return configured(name, mustKill, builder -> builder.transport(new Faulty(fault)));
  }

  /** Breaks something on the wire; each session has a fault of its own, which may have state. */
  static Mutant onEachWire(String name, String mustKill, Supplier<WireFault> fault) {
    return configured(name, mustKill, builder -> builder.transport(new Faulty(fault.get())));
  }

  /** Breaks something in the configuration. */
  static Mutant configured(
      String name, String mustKill, UnaryOperator<MlflowTracing.Builder> variation) {
    return new Mutant(name, mustKill, new ReferenceSubject(variation));
  }

  /** Breaks something between the application and the reference. */
  static Mutant inProcess(
      String name, String mustKill, UnaryOperator<ExporterSubject.Session> fault) {
    return new Mutant(name, mustKill, new FaultySubject(new ReferenceSubject(), fault));
  }

  /** The mutant as a subject of a run. */
  Subject running() {
    return subject instanceof Forked
        ? SoundSubjects.forked(subject.getClass())
        : Subject.inJvm("mutant", subject);
  }

  /** Returns the ids of the cases with the checks that must notice. */
  Set<String> killingCases() {
    return killedBy.stream()
        .map(check -> check.substring(0, check.indexOf('/')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public String toString() {
    return name + " is killed by " + String.join(", ", killedBy);
  }

  /** A transport with a fault in front of the real one. */
  private static final class Faulty implements HttpTransport {

    private final HttpTransport real = new JdkHttpTransport();
    private final WireFault fault;

    Faulty(WireFault fault) {
      this.fault = fault;
    }

    @Override
    public HttpAnswer send(HttpCall call) throws IOException, InterruptedException {
      return fault.send(call, real);
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
