package io.github.tracingharness.core.client;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What to search for, in MLflow's search language.
 *
 * @param filter condition, for example {@code tags.model = 'm1'}; empty for everything
 * @param orderBy clauses, for example {@code timestamp_ms DESC}; empty for the server's order
 * @param pageSize how much one answer may hold at most
 * @param pageToken which page is wanted; empty for the first one
 * @since 0.1.0
 */
public record Search(
    Optional<String> filter, List<String> orderBy, int pageSize, Optional<String> pageToken) {

  /** Page size unless said otherwise: {@value}. */
  public static final int DEFAULT_PAGE_SIZE = 100;

  /** Checks the page size and copies the list. */
  public Search {
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(pageToken, "pageToken");
    orderBy = List.copyOf(orderBy);
    if (pageSize < 1) {
      throw new IllegalArgumentException("pageSize must be positive, not " + pageSize);
    }
  }

  /** Returns the search for everything. */
  public static Search everything() {
    return new Search(Optional.empty(), List.of(), DEFAULT_PAGE_SIZE, Optional.empty());
  }

  /** Returns the search for what meets a condition. */
  public static Search where(String filter) {
    return new Search(Optional.of(filter), List.of(), DEFAULT_PAGE_SIZE, Optional.empty());
  }

  /** Returns this search with another order. */
  public Search orderedBy(String... clauses) {
    return new Search(filter, List.of(clauses), pageSize, pageToken);
  }

  /** Returns this search with another page size. */
  public Search inPagesOf(int size) {
    return new Search(filter, orderBy, size, pageToken);
  }

  /** Returns this search for the page that a token stands for. */
  public Search page(Optional<String> token) {
    return new Search(filter, orderBy, pageSize, token);
  }
}
