package io.github.tracingharness.conformance.check;

import static io.github.tracingharness.conformance.check.CheckAssertions.assertMet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnmet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnobservable;

import io.github.tracingharness.conformance.history.CaseHistory;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LogsTest {

  private static final Pattern LOST = Pattern.compile("lost");
  private static final CaseHistory DEBUG =
      new HandMadeHistory().log("DEBUG", "trace lost").log("WARN", "hm").build();

  @Test
  void logged_lowerLevelOnly_showsAllLines() {
    assertMet(
        Logs.logged("WARN", LOST),
        new HandMadeHistory().log("ERROR", "a trace is lost").build());
    assertUnmet(Logs.logged("WARN", LOST), DEBUG, """
        expected a log line of level WARN or above in which /lost/ is found
           found [WARN hm]
         nearest all lines: [DEBUG trace lost, WARN hm]""");
  }

  @Test
  void logged_signalDeclared_silenceIsNotMet() {
    assertUnmet(
        Logs.logged("WARN", LOST),
        new HandMadeHistory().capability("signals", "log").build(),
        """
        expected a log line of level WARN or above in which /lost/ is found
           found no line of that level
         nearest nothing was logged""");
  }

  @Test
  void logged_signalNotDeclaredAndSilent_cannotBeJudged() {
    CaseHistory silent = new HandMadeHistory().build();
    assertUnobservable(Logs.logged("WARN", LOST), silent, "the driver passes no log lines on");
    assertUnobservable(Logs.notLogged("WARN", LOST), silent, "the driver passes no log lines on");
  }

  @Test
  void notLogged_line_isShown() {
    assertMet(Logs.notLogged("WARN", LOST), DEBUG);
    assertUnmet(Logs.notLogged("DEBUG", LOST), DEBUG, """
        expected no log line of level DEBUG or above in which /lost/ is found
           found [DEBUG trace lost]
         nearest all requests: no request at all""");
  }
}
