package io.github.tracingharness.conformance.compare;

import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.requirement.Level;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A case in a result.
 *
 * @param id id of the case
 * @param title what it shows
 * @param family group of the case
 * @param set set of its requirement, empty where the report does not say
 * @param destination where its session sends, empty where the report does not say
 * @param verdict verdict after expectations
 * @param kind in which way it failed, or empty
 * @param level level of its requirement
 * @param requirement key of its requirement
 * @param message why it is not a plain pass
 * @param unmet the checks that are not met
 * @param known why it is a known failure, or null
 * @param excerpt lines of the transcript
 * @param repro command that repeats it
 */
record CaseLine(
    String id,
    String title,
    String family,
    String set,
    String destination,
    Verdict verdict,
    String kind,
    Level level,
    String requirement,
    String message,
    List<UnmetCheck> unmet,
    @Nullable Known known,
    List<String> excerpt,
    String repro) {

  /** By set, family and id: the same whatever order the runs had. */
  static final Comparator<CaseLine> ORDER = Comparator.comparing(CaseLine::set)
      .thenComparing(CaseLine::family)
      .thenComparing(CaseLine::id);

  private static final Set<Verdict> QUIET =
      EnumSet.of(Verdict.PASS, Verdict.UNSUPPORTED, Verdict.NOT_APPLICABLE);

  CaseLine {
    unmet = List.copyOf(unmet);
    excerpt = List.copyOf(excerpt);
  }

  /** A check that is not met. */
  record UnmetCheck(String id, Level level, String requirement, String message) {}

  /** A known failure: its reason, and where it is tracked, or null. */
  record Known(String reason, @Nullable String url) {}

  /** Returns whether there is something to explain: the case is neither passed nor left out. */
  boolean isNoteworthy() {
    return !QUIET.contains(verdict);
  }

  /** Returns whether the exporter does something other than a requirement says. */
  boolean isFinding() {
    return verdict == Verdict.FAIL
        || verdict == Verdict.WARN
        || verdict == Verdict.FLAKY
        || verdict == Verdict.KNOWN_FAILURE;
  }
}
