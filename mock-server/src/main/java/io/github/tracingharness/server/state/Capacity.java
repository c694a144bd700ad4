package io.github.tracingharness.server.state;

/**
 * How much one state holds. What would go beyond is refused, nothing is forgotten silently.
 *
 * @param items how many experiments, traces, runs, models, model versions and files there may be,
 *     each kind counted alone
 * @param spans how many spans there may be in all traces together
 * @param artifactBytes how many bytes all files may have together
 */
public record Capacity(int items, int spans, long artifactBytes) {

  /** 100,000 of each kind, a million spans, and 512 MiB of files. */
  public static final Capacity STANDARD = new Capacity(100_000, 1_000_000, 512L << 20);

  /** Refuses what is not positive. */
  public Capacity {
    if (items <= 0 || spans <= 0 || artifactBytes <= 0) {
      throw new IllegalArgumentException("limits must be positive, not " + items + " items, "
          + spans + " spans, " + artifactBytes + " bytes");
    }
  }

  /**
   * Refuses one more item.
   *
   * @param kind what is counted, in the plural
   * @param present how many there are
   */
  void require(String kind, int present) {
    if (present >= items) {
      throw full(items + " " + kind);
    }
  }

  static TrackingException full(String limit) {
    return new TrackingException(
        ErrorCode.RESOURCE_EXHAUSTED,
        "The fake tracking server is full: it holds at most " + limit
            + ". Delete some, reset it, or start it with a higher limit.");
  }
}
