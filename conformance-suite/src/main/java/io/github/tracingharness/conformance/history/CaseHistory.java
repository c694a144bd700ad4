package io.github.tracingharness.conformance.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.history.HistoryEvent.Command;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.HistoryEvent.Log;
import io.github.tracingharness.conformance.history.HistoryEvent.Reply;
import io.github.tracingharness.conformance.history.HistoryEvent.ReplyKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that was seen while one case ran once.
 *
 * @param caseId id of the case
 * @param attempt 1 for the first run, then one more for each repetition
 * @param capabilities what the driver declared in its answer to {@code hello}
 * @param events what happened; exchanges stand after the rest, in order of arrival
 * @param durationMs how long the case took, in milliseconds
 */
public record CaseHistory(
    String caseId,
    int attempt,
    ObjectNode capabilities,
    List<HistoryEvent> events,
    long durationMs) {

  /**
   * Member of the capabilities that is true for a one-shot program: it runs a whole case by itself.
   */
  public static final String ONE_SHOT = "one_shot";

  /** Keeps a copy of the events. */
  public CaseHistory {
    events = List.copyOf(events);
  }

  /** Returns the events of a kind, in order. */
  public <T extends HistoryEvent> List<T> all(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Returns all requests in order of arrival. */
  public List<Exchange> exchanges() {
    return all(Exchange.class);
  }

  /** Returns the requests to one endpoint in order of arrival. */
  public List<Exchange> exchanges(String endpoint) {
    return exchanges().stream().filter(e -> e.endpoint().equals(endpoint)).toList();
  }

  /**
   * Returns the commands of an operation in order.
   *
   * @throws NotToldException for a one-shot program, which got all of them at once
   */
  public List<Command> commands(String op) {
    requireConversation(op);
    return all(Command.class).stream().filter(c -> c.op().equals(op)).toList();
  }

  /**
   * Returns the answers to an operation in order.
   *
   * @throws NotToldException for a one-shot program, whose answers are inferred from its end
   */
  public List<Reply> replies(String op) {
    requireConversation(op);
    return repliesTo(op);
  }

  private List<Reply> repliesTo(String op) {
    return all(Reply.class).stream().filter(r -> r.op().equals(op)).toList();
  }

  private void requireConversation(String op) {
    if (capabilities.path(ONE_SHOT).asBoolean() && !op.equals("open")) {
      throw new NotToldException(
          "a one-shot program does not tell when it began and ended its %s".formatted(op));
    }
  }

  /** Returns the answer to the n-th command of an operation, from 0, when it was {@code ok}. */
  public Optional<JsonNode> ok(String op, int n) {
    List<Reply> replies = repliesTo(op);
    return n < replies.size() && replies.get(n).kind() == ReplyKind.OK
        ? Optional.of(replies.get(n).body())
        : Optional.empty();
  }

  /** Returns the subject's log lines in order. */
  public List<Log> logs() {
    return all(Log.class);
  }

  /** Returns the real ids by ref, of all commands that make spans. */
  public Map<String, SpanIds> refs() {
    Map<String, SpanIds> refs = new LinkedHashMap<>();
    for (Reply reply : all(Reply.class)) {
      if (!makesSpans(reply.op())) {
        continue;
      }
      for (Map.Entry<String, JsonNode> ref : reply.body().path("refs").properties()) {
        Map<String, JsonNode> told = new LinkedHashMap<>();
        ref.getValue().path("told").properties().forEach(t -> told.put(t.getKey(), t.getValue()));
        refs.put(
            ref.getKey(),
            new SpanIds(
                ref.getValue().path("trace").asText(),
                ref.getValue().path("span").asText(),
                told));
      }
    }
    return refs;
  }

  /** Returns the commands that make spans, {@code emit}, {@code export} and {@code fork}. */
  public List<Command> spanCommands() {
    return all(Command.class).stream().filter(c -> makesSpans(c.op())).toList();
  }

  private static boolean makesSpans(String op) {
    return op.equals("emit") || op.equals("export") || op.equals("fork");
  }

  /** Returns the spans that the case asked for, as written in its commands. */
  public List<JsonNode> emittedSpans() {
    List<JsonNode> spans = new ArrayList<>();
    spanCommands().forEach(c -> c.body().path("spans").forEach(spans::add));
    return spans;
  }

  /** Returns the same history with other events. */
  public CaseHistory withEvents(List<HistoryEvent> changed) {
    return new CaseHistory(caseId, attempt, capabilities, changed, durationMs);
  }
}
