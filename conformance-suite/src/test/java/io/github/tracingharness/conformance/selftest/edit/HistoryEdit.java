package io.github.tracingharness.conformance.selftest.edit;

import io.github.tracingharness.conformance.history.CaseHistory;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A change of a recorded history that can be made to any case.
 *
 * @param id short and stable, such as {@code exchange-first-dropped}
 * @param words what is changed, for a reader
 * @param variants the changed histories: none where the history has nothing of the kind, and many
 *     where there are many places
 */
public record HistoryEdit(String id, String words, Function<CaseHistory, Stream<Edited>> variants) {

  /**
   * A history after the edit.
   *
   * @param place what was changed, without anything random: an endpoint, a header, the path of a
   *     member; the same for all cases
   * @param history the changed history
   */
  public record Edited(String place, CaseHistory history) {}
}
