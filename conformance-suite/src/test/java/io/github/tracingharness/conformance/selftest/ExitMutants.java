package io.github.tracingharness.conformance.selftest;

import io.github.tracingharness.conformance.subject.ReferenceSubject;
import io.github.tracingharness.conformance.subject.SessionConfig;
import java.time.Duration;
import java.util.List;

/** What can be wrong when the application ends; each runs in a process of its own. */
public final class ExitMutants {

  private ExitMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "loses what waits when the application ends", "MLF-LIFE-009/traces-once", new Loses()),
        new Mutant(
            "loses what waits when the application throws", "MLF-LIFE-010/spans-once", new Loses()),
        new Mutant(
            "turns a normal end into a failure", "MLF-LIFE-009/exit-code", new EndsWithThree()),
        new Mutant(
            "hides that the application has failed", "MLF-LIFE-010/exit-code", new EndsWithZero()),
        new Mutant(
            "fails an application that has linked prompts",
            "MLF-PROMPT-008/exit-code",
            new EndsWithThree()),
        new Mutant(
            "fails an application that has sent a batch",
            "UCT-BATCH-008/exit-code",
            new EndsWithThree()));
  }

  /** The reference with something that happens while the process ends. */
  private abstract static class AtExit extends VariedSubject implements Forked {

    AtExit() {
      super(new ReferenceSubject());
    }

    @Override
    public Session open(SessionConfig config) {
      Session session = sound.open(config);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> atExit(session), "at-exit"));
      return session;
    }

    abstract void atExit(Session session);
  }

  /** Ends at once. */
  public static final class Loses extends AtExit {
    @Override
    void atExit(Session session) {
      Runtime.getRuntime().halt(0);
    }
  }

  /** Sends everything and then ends as if the application had failed. */
  public static final class EndsWithThree extends AtExit {
    @Override
    void atExit(Session session) {
      session.shutdown(Duration.ofSeconds(10));
      Runtime.getRuntime().halt(3);
    }
  }

  /** Sends everything and then ends as if all were well. */
  public static final class EndsWithZero extends AtExit {
    @Override
    void atExit(Session session) {
      session.shutdown(Duration.ofSeconds(10));
      Runtime.getRuntime().halt(0);
    }
  }
}
