package io.github.tracingharness.conformance.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.driver.WatchedDriver;
import io.github.tracingharness.conformance.engine.Subject;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.subject.ReferenceSubject;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line of every case, from both sides of the protocol, held against the published schema. */
class SchemaOfTheReferenceTest {

  @Test
  void linesOfAllCases_haveNothingThatTheSchemaDoesNotName(@TempDir Path directory)
      throws Exception {
    Collection<String> problems = new ConcurrentSkipListSet<>();
    Subject subject =
        WatchedDriver.watch(Subject.inJvm("reference", new ReferenceSubject()), true, problems);

    RunResult run = SelfTestRun.of(subject, SelfTestRun.allCases(), directory);

    assertThat(problems).isEmpty();
    assertThat(run.counts()).containsKey(Verdict.PASS);
  }
}
