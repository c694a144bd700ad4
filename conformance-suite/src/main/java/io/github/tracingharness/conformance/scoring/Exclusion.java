package io.github.tracingharness.conformance.scoring;

/**
 * A disputed case or requirement that does not count.
 *
 * @param match id of a case, or key of a requirement, whose cases are meant
 * @param reason why, in one sentence
 * @param link where it was discussed
 */
public record Exclusion(String match, String reason, String link) {

  /** Refuses an entry that leaves something out. */
  public Exclusion {
    if (isBlank(match) || isBlank(reason) || isBlank(link)) {
      throw new IllegalArgumentException("an exclusion names match, reason and link");
    }
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }
}
