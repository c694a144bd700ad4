package io.github.tracingharness.conformance.requirement;

import org.jspecify.annotations.Nullable;

/**
 * One statement that an exporter is held to.
 *
 * @param key stable key, such as {@code MLF-REST-START-01}; never reused
 * @param level how strongly it binds
 * @param text the statement in one sentence
 * @param source where it comes from: document or source file and section
 * @param kind {@code normative}, {@code observed} or {@code inferred}
 * @param set the set it belongs to, such as {@code mlflow-3.17}
 * @param row the row of the mission's table (1 to 20) that it stands for, or null
 * @param untested why no case tests it, or null when one does
 * @param excluded why it binds no exporter, or null when it does
 */
public record Requirement(
    String key,
    Level level,
    String text,
    String source,
    String kind,
    String set,
    @Nullable Integer row,
    @Nullable String untested,
    @Nullable String excluded) {

  /** A requirement that is not excluded. */
  public Requirement(
      String key,
      Level level,
      String text,
      String source,
      String kind,
      String set,
      @Nullable Integer row,
      @Nullable String untested) {
    this(key, level, text, source, kind, set, row, untested, null);
  }
}
