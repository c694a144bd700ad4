package io.github.tracingharness.server.differential;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Notes which of the known differences were met. */
final class KnownDifferences {

  private final Set<KnownDifference> met = EnumSet.noneOf(KnownDifference.class);

  boolean isKnown(Difference difference) {
    Optional<KnownDifference> known = Arrays.stream(KnownDifference.values())
        .filter(candidate -> candidate.explains(difference))
        .findFirst();
    known.ifPresent(met::add);
    return known.isPresent();
  }

  /** Those that no conversation has shown. */
  Set<KnownDifference> notMet() {
    Set<KnownDifference> others = EnumSet.allOf(KnownDifference.class);
    others.removeAll(met);
    return others;
  }
}
