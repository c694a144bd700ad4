package io.github.tracingharness.server.differential;

/** What stays different, each with its reason and as narrow as can be. */
enum KnownDifference {

  /**
   * Of two wrong clauses of one filter, the real server names one with a wrong value before one
   * with a wrong comparator; the fake names the first. Both refuse the filter with the same code.
   */
  ANOTHER_CLAUSE_IS_NAMED,

  /**
   * The real server names what its SQL parser made of an unclosed quote, which is that parser's
   * affair. Both refuse the filter with the same code.
   */
  UNCLOSED_QUOTE;

  boolean explains(Difference difference) {
    return switch (this) {
      case ANOTHER_CLAUSE_IS_NAMED ->
        isWordingOfARefusedFilter(difference)
            && difference.last().body().contains(" AND ")
            && !difference.real().body().contains("Invalid clause(s) in filter");
      case UNCLOSED_QUOTE ->
        isWordingOfARefusedFilter(difference)
            && difference.last().body().chars().filter(c -> c == '\'').count() % 2 == 1;
    };
  }

  private static boolean isWordingOfARefusedFilter(Difference difference) {
    return difference.real().status() == 400
        && difference.last().body() != null
        && difference.last().body().contains("\"filter\"")
        && difference.parts().stream().allMatch(part -> part.startsWith("body/message is "));
  }
}
