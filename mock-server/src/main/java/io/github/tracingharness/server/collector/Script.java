package io.github.tracingharness.server.collector;

import java.util.List;

/**
 * Which answer each request gets.
 *
 * @param requestsBefore how many requests had arrived when the script began
 */
record Script(long requestsBefore, List<CollectorAnswer> first, CollectorAnswer afterwards) {

  Script {
    first = List.copyOf(first);
  }

  /** Returns the answer for the request of this number, counted from 1. */
  CollectorAnswer answerTo(long number) {
    long index = number - requestsBefore - 1;
    return index >= 0 && index < first.size() ? first.get((int) index) : afterwards;
  }
}
