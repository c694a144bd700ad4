package io.github.tracingharness.server.collector;

import java.util.List;

/** What all connections of a collector share: the journal, the script and the limits. */
final class Exchanges {

  private final Journal journal = new Journal();
  private final long bodyLimit;
  private volatile Script script = new Script(0, List.of(), CollectorAnswer.accept());

  Exchanges(long bodyLimit) {
    this.bodyLimit = bodyLimit;
  }

  Journal journal() {
    return journal;
  }

  long bodyLimit() {
    return bodyLimit;
  }

  void script(List<CollectorAnswer> first, CollectorAnswer afterwards) {
    script = new Script(journal.arrived(), first, afterwards);
  }

  CollectorAnswer answerTo(long number) {
    return script.answerTo(number);
  }
}
