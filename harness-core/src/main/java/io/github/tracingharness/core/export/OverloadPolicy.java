package io.github.tracingharness.core.export;

import java.time.Duration;
import java.util.Objects;

/**
 * What happens to a trace, or a span that travels in batches, for which the export queue has no
 * room. A flush waits for room in any case.
 *
 * @param kind what is done
 * @param patience how long {@link Kind#BLOCK} waits; zero for the others
 * @since 0.1.0
 */
public record OverloadPolicy(Kind kind, Duration patience) {

  /** Kinds of policies. */
  public enum Kind {
    /** The newcomer is dropped and counted as {@link DropReason#QUEUE_FULL}; nobody waits. */
    DROP_NEWEST,
    /** The thread that ends the span waits for room for a while; then the newcomer is dropped. */
    BLOCK,
    /** The thread that ends the span exports the newcomer itself. */
    CALLER_RUNS
  }

  /** Checks the parts. */
  public OverloadPolicy {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(patience, "patience");
    boolean waits = kind == Kind.BLOCK;
    if (patience.isNegative() || waits == patience.isZero()) {
      throw new IllegalArgumentException(
          "patience must be positive for BLOCK and zero for other policies, not " + patience);
    }
  }

  /** Drops the newcomer: the default. */
  public static OverloadPolicy dropNewest() {
    return new OverloadPolicy(Kind.DROP_NEWEST, Duration.ZERO);
  }

  /** Waits for room up to a time, then drops the newcomer. */
  public static OverloadPolicy block(Duration patience) {
    return new OverloadPolicy(Kind.BLOCK, patience);
  }

  /** Exports on the thread that ends the span. */
  public static OverloadPolicy callerRuns() {
    return new OverloadPolicy(Kind.CALLER_RUNS, Duration.ZERO);
  }
}
