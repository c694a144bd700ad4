package io.github.tracingharness.conformance.selftest;

import io.github.tracingharness.conformance.engine.Subject;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import io.github.tracingharness.conformance.subject.ReferenceSubject;
import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.core.client.JdkHttpTransport;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The reference with one thing broken.
 *
 * @param name what is broken
 * @param mustKill the check that must notice, {@code CASE/check}
 * @param subject the broken subject
 */
record Mutant(String name, String mustKill, ExporterSubject subject) {

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
        ? PassingHistories.forked(subject.getClass())
        : Subject.inJvm("mutant", subject);
  }

  String killingCase() {
    return mustKill.substring(0, mustKill.indexOf('/'));
  }

  String killingCheck() {
    return mustKill.substring(mustKill.indexOf('/') + 1);
  }

  @Override
  public String toString() {
    return name + " is killed by " + mustKill;
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
