package io.github.tracingharness.conformance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.driver.DriverListener;
import io.github.tracingharness.conformance.driver.ProcessUsage;
import io.github.tracingharness.conformance.history.Header;
import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.HistoryEvent.ReplyKind;
import io.github.tracingharness.conformance.history.Wire;
import io.github.tracingharness.server.RecordedCall;
import io.github.tracingharness.server.collector.CollectedCall;
import io.github.tracingharness.server.collector.CollectorEvent;
import io.github.tracingharness.server.collector.TlsSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Collects the events of one run of a case, from several threads, with secrets taken out. */
final class Recorder implements DriverListener {

  /** Characters of stderr that are kept: 256 Ki. */
  private static final int MAX_STDERR = 256 << 10;

  private static final int MAX_NOISE = 100;

  private final long base = System.nanoTime();
  private final Redactor redactor;
  private final Object lock = new Object();
  private final List<HistoryEvent> events = new ArrayList<>();
  private int stderrChars;
  private int noiseLines;

  Recorder(Redactor redactor) {
    this.redactor = redactor;
  }

  private long now() {
    return System.nanoTime() - base;
  }

  private void add(HistoryEvent event) {
    synchronized (lock) {
      events.add(event);
    }
  }

  void command(ObjectNode command) {
    add(new HistoryEvent.Command(
        now(), command.path("id").asLong(), command.path("op").asText(), redactor.json(command)));
  }

  void reply(ObjectNode command, ObjectNode answer) {
    ReplyKind kind = answer.has("ok")
        ? ReplyKind.OK
        : answer.has("error") ? ReplyKind.ERROR : ReplyKind.UNSUPPORTED;
    JsonNode body = redactor.json(answer).path(kind.name().toLowerCase(Locale.ROOT));
    add(new HistoryEvent.Reply(
        now(), command.path("id").asLong(), command.path("op").asText(), kind, body));
  }

  void measured(String name, ProcessUsage usage) {
    add(new HistoryEvent.Measured(
        now(), name, usage.threads(), usage.sockets(), usage.peakKilobytes()));
  }

  void released(String hold, String reason) {
    add(new HistoryEvent.Released(now(), hold, reason));
  }

  void process(String what, String detail, @Nullable Integer code) {
    add(new HistoryEvent.ProcessEvent(now(), what, redactor.text(detail), code));
  }

  void fault(String message) {
    add(new HistoryEvent.HarnessFault(now(), redactor.text(message)));
  }

  /** Adds the gaps of the heartbeat since the start of the case. */
  void gaps(Heartbeat heartbeat) {
    if (!heartbeat.isAlive()) {
      fault("the heartbeat has stopped, so nobody knows whether times mean anything");
    }
    heartbeat.gapsSince(base).forEach(gap -> add(new HistoryEvent.Gap(gap.at() - base, gap.ms())));
  }

  @Override
  public void event(ObjectNode event) {
    ObjectNode clean = redactor.json(event);
    if (event.path("event").asText().equals("log")) {
      add(new HistoryEvent.Log(
          now(),
          clean.path("level").asText("INFO"),
          clean.path("logger").asText(""),
          clean.path("text").asText("")));
    } else {
      add(new HistoryEvent.Signal(now(), clean));
    }
  }

  @Override
  public void noise(String line) {
    synchronized (lock) {
      if (++noiseLines <= MAX_NOISE) {
        process("noise", line, null);
      }
    }
  }

  @Override
  public void stderr(String line) {
    synchronized (lock) {
      stderrChars += line.length() + 1;
      if (stderrChars <= MAX_STDERR) {
        process("stderr", line, null);
      }
    }
  }

  /** Returns the form of a request in the history. */
  Exchange exchange(RecordedCall call, boolean late) {
    return new Exchange(
        call.arrivedNanos() - base,
        call.answeredNanos() - base,
        call.number(),
        call.endpoint().name(),
        call.method(),
        redactor.text(call.path()),
        redactor.text(call.query()),
        headers(call.headers()),
        redactor.payload(call.body()),
        call.status(),
        headers(call.responseHeaders()),
        redactor.payload(call.responseBody()),
        call.connection(),
        late);
  }

  /** Returns the form of a request to a collector in the history. */
  Exchange exchange(CollectedCall call, boolean late) {
    int query = call.target().indexOf('?');
    long answered = call.answeredNanos() != 0
        ? call.answeredNanos()
        : Math.max(call.gaveUpNanos(), call.arrivedNanos());
    TlsSession tls = call.tls();
    return new Exchange(
        call.arrivedNanos() - base,
        answered - base,
        call.number(),
        endpoint(call),
        call.method(),
        redactor.text(query < 0 ? call.target() : call.target().substring(0, query)),
        redactor.text(query < 0 ? "" : call.target().substring(query + 1)),
        headers(call.headers()),
        redactor.payload(call.body()),
        call.status(),
        headers(call.answerHeaders()),
        redactor.payload(call.answerBody()),
        call.connection(),
        late,
        new Wire(
            call.inFlight(),
            call.gaveUpNanos() == 0 ? 0 : call.gaveUpNanos() - base,
            words(call.framing()),
            call.complete(),
            tls == null ? null : tls.protocol(),
            tls == null ? null : tls.clientCertificate()));
  }

  /** A collector of traces has one endpoint, wherever the case puts it. */
  private static String endpoint(CollectedCall call) {
    boolean otherSignal =
        call.target().endsWith("/v1/metrics") || call.target().endsWith("/v1/logs");
    return call.method().equals("POST") && !otherSignal ? "OTLP_TRACES" : "OTHER";
  }

  private static String words(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the form of what happened to a connection of a collector. */
  HistoryEvent.Connection connection(CollectorEvent event) {
    return new HistoryEvent.Connection(
        event.atNanos() - base,
        event.connection(),
        words(event.kind()),
        redactor.text(event.detail()));
  }

  /** Notes that the port of the collector accepts connections from now on. */
  void listening() {
    add(new HistoryEvent.Connection(now(), 0, "listening", ""));
  }

  private List<Header> headers(List<io.github.tracingharness.server.Header> headers) {
    return headers.stream().map(h -> redactor.header(h.name(), h.value())).toList();
  }

  /** Returns what was collected so far. */
  List<HistoryEvent> events() {
    synchronized (lock) {
      return List.copyOf(events);
    }
  }

  long elapsedMillis() {
    return now() / 1_000_000;
  }
}
