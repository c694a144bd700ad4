package io.github.tracingharness.conformance.check;

import static io.github.tracingharness.conformance.check.CheckAssertions.assertMet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnmet;

import org.junit.jupiter.api.Test;

class ExitsTest {

  @Test
  void normally_anyCodeButZero_isNotMet() {
    assertMet(Exits.normally(), new HandMadeHistory().exited(0).build());
    assertUnmet(Exits.normally(), new HandMadeHistory().start(1).exited(3).build(), """
        expected the process to end with exit code 0
           found exit code 3
         nearest all requests: #1 POST /api/3.0/mlflow/traces -> 200""");
  }

  @Test
  void withFailure_zeroOrNoCode_isNotMet() {
    assertMet(Exits.withFailure(), new HandMadeHistory().exited(1).build());
    assertUnmet(Exits.withFailure(), new HandMadeHistory().exited(0).build(), """
        expected the process to end with an exit code other than 0
           found exit code 0
         nearest all requests: no request at all""");
    assertUnmet(Exits.withFailure(), new HandMadeHistory().exited(-1).build(), """
        expected the process to end with an exit code other than 0
           found exit code -1
         nearest all requests: no request at all""");
  }

  @Test
  void normally_processThatWasNotSeenToEnd_isNotMet() {
    assertUnmet(Exits.normally(), new HandMadeHistory().build(), """
        expected the process to end with exit code 0
           found no end
         nearest all requests: no request at all""");
  }
}
