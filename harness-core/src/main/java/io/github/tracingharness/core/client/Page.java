package io.github.tracingharness.core.client;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A part of what a search found.
 *
 * @param items what was found, in the order of the search
 * @param nextPageToken what to ask for to get the next part; empty if this was the last one
 * @param <T> type of what was found
 * @since 0.1.0
 */
public record Page<T>(List<T> items, Optional<String> nextPageToken) {

  /** Copies the list. */
  public Page {
    items = List.copyOf(items);
    Objects.requireNonNull(nextPageToken, "nextPageToken");
  }
}
