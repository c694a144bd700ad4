package io.github.tracingharness.server.collector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all connections of a collector share: the journal, the script and the limits. */
final class Exchanges {

  private final Journal journal = new Journal();
  private final long bodyLimit;
  private final @Nullable TlsServer tls;
  private volatile Script script = new Script(0, List.of(), CollectorAnswer.accept());

  Exchanges(long bodyLimit, @Nullable TlsSetup tls) {
    this.bodyLimit = bodyLimit;
    this.tls = tls == null ? null : new TlsServer(tls);
  }

  Journal journal() {
    return journal;
  }

  /** Returns the server's side of TLS, or null on a plain port. */
  @Nullable
  TlsServer tls() {
    return tls;
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
