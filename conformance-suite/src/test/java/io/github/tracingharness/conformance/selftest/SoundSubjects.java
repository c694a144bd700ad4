package io.github.tracingharness.conformance.selftest;

import io.github.tracingharness.conformance.driver.DriverMain;
import io.github.tracingharness.conformance.engine.Subject;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.Step;
import io.github.tracingharness.conformance.selftest.otlp.OtlpModel;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import io.github.tracingharness.conformance.subject.ReferenceSubject;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The sound exporters, which together pass every case. */
enum SoundSubjects {
  /** The reference, in this JVM. */
  REFERENCE(false, Needs.NOTHING) {
    @Override
    Subject subject() {
      return Subject.inJvm("reference", new ReferenceSubject());
    }
  },
  /** The reference, for cases that look at its process or end it. */
  FORKED_REFERENCE(false, Needs.PROCESS) {
    @Override
    Subject subject() {
      return forked(ClosingReference.class);
    }
  },
  /** The reference, for cases that fork, which no JVM can. */
  REFERENCE_WITH_FORK(false, Needs.FORK) {
    @Override
    Subject subject() {
      return Subject.inJvm(
          "reference with a played fork", PlayedFork.sound(new ReferenceSubject()));
    }
  },
  /** The model of an OTLP exporter, in this JVM. */
  MODEL(true, Needs.NOTHING) {
    @Override
    Subject subject() {
      return Subject.inJvm("otlp-model", new OtlpModel());
    }
  },
  /** The model, for cases that look at its process or end it. */
  FORKED_MODEL(true, Needs.PROCESS) {
    @Override
    Subject subject() {
      return forked(OtlpModel.class);
    }
  },
  /** The model, for cases that fork. */
  MODEL_WITH_FORK(true, Needs.FORK) {
    @Override
    Subject subject() {
      return Subject.inJvm("otlp-model with a played fork", PlayedFork.sound(new OtlpModel()));
    }
  };

  private final boolean otlp;
  private final Needs needs;

  SoundSubjects(boolean otlp, Needs needs) {
    this.otlp = otlp;
    this.needs = needs;
  }

  /** What a case needs besides an exporter. */
  private enum Needs {
    NOTHING,
    PROCESS,
    FORK;

    static Needs of(ConformanceCase c) {
      return forks(c) ? FORK : needsProcess(c) ? PROCESS : NOTHING;
    }
  }

  /** Returns the exporter, ready to be run. */
  abstract Subject subject();

  /** Returns those of the cases that are this exporter's to pass. */
  List<ConformanceCase> of(List<ConformanceCase> cases) {
    return cases.stream()
        .filter(c -> c.destination().isOtlp() == otlp && Needs.of(c) == needs)
        .toList();
  }

  /** Whether the case needs a process of the subject's own, since it ends it or looks at it. */
  static boolean needsProcess(ConformanceCase c) {
    return c.steps().stream()
        .anyMatch(step -> step instanceof Step.Exit
            || step instanceof Step.Terminate
            || step instanceof Step.Measure);
  }

  static boolean forks(ConformanceCase c) {
    return c.steps().stream().anyMatch(Step.Fork.class::isInstance);
  }

  /** A subject in a JVM of its own; its class has a public constructor without parameters. */
  static Subject forked(Class<? extends ExporterSubject> subject) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Subject.process(
        "forked",
        List.of(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djdk.httpclient.allowRestrictedHeaders=connection",
            "-cp",
            System.getProperty("java.class.path"),
            DriverMain.class.getName(),
            "--subject",
            subject.getName()),
        Map.of(),
        new File(".").toPath().toAbsolutePath());
  }
}
