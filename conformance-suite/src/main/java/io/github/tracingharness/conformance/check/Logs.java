package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Log;
import io.github.tracingharness.conformance.history.HistoryEvent.ReplyKind;
import java.util.List;
import java.util.regex.Pattern;

/** Statements about what the subject logged. */
public final class Logs {

  private static final List<String> LEVELS = List.of("DEBUG", "INFO", "WARN", "ERROR");

  private Logs() {}

  /**
   * Some line of at least this level has a text in which the pattern is found. Cannot be judged of
   * a subject that neither declares the signal {@code log} nor logged a line.
   */
  public static Check logged(String level, Pattern text) {
    return history -> {
      List<Log> loud = atLeast(history, level);
      if (loud.stream().anyMatch(l -> text.matcher(l.text()).find())) {
        return CheckResult.met("a line of level %s or above has /%s/".formatted(level, text));
      }
      if (silent(history)) {
        return CheckResult.unobservable("the driver passes no log lines on");
      }
      return Finding.unmet(
          "a log line of level %s or above in which /%s/ is found".formatted(level, text),
          loud.isEmpty() ? "no line of that level" : lines(loud),
          history.logs().isEmpty() ? "nothing was logged" : "all lines: " + lines(history.logs()));
    };
  }

  /**
   * The session was refused at start with a message in which the pattern is found, or some line of
   * at least WARN has it. Cannot be judged of a subject that opened the session and whose log lines
   * are not passed on.
   */
  public static Check reported(Pattern text) {
    return history -> history.replies("open").stream()
        .filter(r -> r.kind() == ReplyKind.ERROR)
        .map(r -> r.body().path("message").asText())
        .filter(message -> text.matcher(message).find())
        .findFirst()
        .map(message -> CheckResult.met("refused at start: " + message))
        .orElseGet(() -> logged("WARN", text).judge(history));
  }

  /**
   * At least so many lines of at least this level have a text in which the pattern is found. Cannot
   * be judged of a subject whose log lines are not passed on.
   */
  public static Check loggedTimes(String level, Pattern text, int least) {
    return history -> {
      List<Log> found = atLeast(history, level).stream()
          .filter(l -> text.matcher(l.text()).find())
          .toList();
      if (found.size() >= least) {
        return CheckResult.met(
            "%d lines of level %s or above have /%s/".formatted(found.size(), level, text));
      }
      return silent(history)
          ? CheckResult.unobservable("the driver passes no log lines on")
          : Finding.unmet(
              "at least %d log lines of level %s or above in which /%s/ is found"
                  .formatted(least, level, text),
              found.isEmpty() ? "none" : lines(found),
              history.logs().isEmpty()
                  ? "nothing was logged"
                  : "all lines: " + lines(history.logs()));
    };
  }

  /**
   * No line of at least this level has a text in which the pattern is found. Cannot be judged of a
   * subject whose log lines are not passed on.
   */
  public static Check notLogged(String level, Pattern text) {
    return history -> {
      List<Log> found = atLeast(history, level).stream()
          .filter(l -> text.matcher(l.text()).find())
          .toList();
      if (!found.isEmpty()) {
        return Finding.unmet(
            "no log line of level %s or above in which /%s/ is found".formatted(level, text),
            lines(found),
            Finding.requests(history));
      }
      return silent(history)
          ? CheckResult.unobservable("the driver passes no log lines on")
          : CheckResult.met("no line of level %s or above has /%s/".formatted(level, text));
    };
  }

  /**
   * So many lines at most, of any level, have a text in which the pattern is found. Cannot be
   * judged of a subject whose log lines are not passed on.
   */
  public static Check loggedAtMost(Pattern text, int most) {
    return history -> {
      List<Log> found =
          history.logs().stream().filter(l -> text.matcher(l.text()).find()).toList();
      if (found.size() > most) {
        return Finding.unmet(
            "at most %d log lines in which /%s/ is found".formatted(most, text),
            "%d: %s".formatted(found.size(), lines(found)),
            Finding.requests(history));
      }
      return silent(history)
          ? CheckResult.unobservable("the driver passes no log lines on")
          : CheckResult.met("%d lines have /%s/".formatted(found.size(), text));
    };
  }

  private static boolean silent(CaseHistory history) {
    for (JsonNode signal : history.capabilities().path("signals")) {
      if (signal.asText().equals("log")) {
        return false;
      }
    }
    return history.logs().isEmpty();
  }

  private static List<Log> atLeast(CaseHistory history, String level) {
    return history.logs().stream()
        .filter(l -> LEVELS.indexOf(l.level()) >= LEVELS.indexOf(level))
        .toList();
  }

  private static String lines(List<Log> logs) {
    return Finding.cut(
        logs.stream().map(l -> l.level() + " " + l.text()).toList().toString());
  }
}
