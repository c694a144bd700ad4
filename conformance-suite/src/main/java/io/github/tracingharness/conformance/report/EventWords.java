package io.github.tracingharness.conformance.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Command;
import io.github.tracingharness.conformance.history.HistoryEvent.Connection;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.HistoryEvent.Gap;
import io.github.tracingharness.conformance.history.HistoryEvent.HarnessFault;
import io.github.tracingharness.conformance.history.HistoryEvent.Log;
import io.github.tracingharness.conformance.history.HistoryEvent.Measured;
import io.github.tracingharness.conformance.history.HistoryEvent.ProcessEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Released;
import io.github.tracingharness.conformance.history.HistoryEvent.Reply;
import io.github.tracingharness.conformance.history.HistoryEvent.ReplyKind;
import io.github.tracingharness.conformance.history.HistoryEvent.Signal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Events of a history as single lines of plain text, for console, Markdown and HTML. */
final class EventWords {

  private static final Set<String> ROUTINE = Set.of("hello", "open", "close");
  private static final int MAX_JSON = 160;

  private EventWords() {}

  /** Returns the events in the order of their times; a history keeps exchanges at its end. */
  static List<HistoryEvent> inOrder(CaseHistory history) {
    return history.events().stream()
        .sorted(Comparator.comparingLong(HistoryEvent::at))
        .toList();
  }

  /** Returns whether an event says little to someone who looks for a cause. */
  static boolean isRoutine(HistoryEvent event) {
    return (event instanceof Reply reply && reply.kind() == ReplyKind.OK)
        || (event instanceof Command command && ROUTINE.contains(command.op()))
        || (event instanceof Log log
            && !log.level().equals("WARN")
            && !log.level().equals("ERROR"))
        || (event instanceof ProcessEvent process && process.what().equals("started"));
  }

  /** Returns what happened in one line without its time. */
  static String line(HistoryEvent event) {
    return SafeText.oneLine(words(event));
  }

  private static String words(HistoryEvent event) {
    if (event instanceof Command command) {
      return "-> " + command(command);
    }
    if (event instanceof Reply reply) {
      return "<- " + reply(reply);
    }
    if (event instanceof Exchange exchange) {
      return exchange(exchange);
    }
    if (event instanceof Connection connection) {
      String detail = connection.detail().isEmpty() ? "" : ": " + connection.detail();
      return "connection %d %s%s".formatted(connection.connection(), connection.what(), detail);
    }
    if (event instanceof Log log) {
      return "log " + log.level() + " " + log.text() + " (" + log.logger() + ")";
    }
    if (event instanceof Signal signal) {
      return "event " + json(signal.body());
    }
    if (event instanceof Released released) {
      String why = released.reason().equals("limit") ? "held for too long" : "by the case";
      return "held answers \"" + released.hold() + "\" let go (" + why + ")";
    }
    if (event instanceof Measured measured) {
      return "measured \"%s\": %s, %s, at most %s resident"
          .formatted(
              measured.name(),
              count(measured.threads().size(), "thread"),
              count(measured.sockets(), "socket"),
              size(measured.peakKilobytes() * 1024));
    }
    if (event instanceof ProcessEvent process) {
      return process(process);
    }
    if (event instanceof Gap gap) {
      return "the harness itself stood still for " + gap.millis() + " ms";
    }
    return "fault of the harness: " + ((HarnessFault) event).message();
  }

  private static String command(Command command) {
    JsonNode body = command.body();
    return switch (command.op()) {
      case "emit", "export", "fork" -> command.op() + " " + spans(body);
      case "flush", "shutdown" ->
        command.op() + " within " + body.path("timeout_ms").asText("?") + " ms";
      case "observe" -> "observe " + json(body.path("what"));
      case "exit" -> "exit by " + body.path("how").asText("?");
      case "open" -> "open " + json(body.path("config"));
      default -> command.op();
    };
  }

  /** Returns what an {@code emit} command makes, such as {@code 3 spans, 10 threads x 10}. */
  static String spans(JsonNode emit) {
    JsonNode gen = emit.path("gen");
    int count =
        gen.isMissingNode() ? emit.path("spans").size() : gen.path("count").asInt();
    StringBuilder words = new StringBuilder(count(count, "span"));
    JsonNode concurrency = emit.path("concurrency");
    if (!concurrency.isMissingNode()) {
      words
          .append(" from each of ")
          .append(count(concurrency.path("threads").asInt(1), "thread"))
          .append(", ")
          .append(count(concurrency.path("repeat").asInt(1), "time"));
    }
    return words.toString();
  }

  private static String reply(Reply reply) {
    String kind = reply.kind().name().toLowerCase(Locale.ROOT);
    return reply.op() + " " + kind + " " + json(reply.body());
  }

  private static String exchange(Exchange exchange) {
    StringBuilder words = new StringBuilder(exchange.method()).append(' ').append(exchange.path());
    if (!exchange.query().isEmpty()) {
      words.append('?').append(exchange.query());
    }
    if (exchange.body().size() > 0) {
      words.append(" (").append(size(exchange.body().size())).append(')');
    }
    words.append(" => ");
    words.append(exchange.status() == 0 ? "connection broken" : String.valueOf(exchange.status()));
    words
        .append(" after ")
        .append(millis(exchange.answeredAt() - exchange.at()))
        .append(" ms");
    return words.append(exchange.late() ? ", after the case had ended" : "").toString();
  }

  private static String process(ProcessEvent event) {
    String code = event.code() == null ? "" : " with code " + event.code();
    return "process " + event.what() + code
        + (event.detail().isEmpty() ? "" : ": " + event.detail());
  }

  private static String json(JsonNode body) {
    String text = body.isMissingNode() ? "" : body.toString();
    return text.length() <= MAX_JSON ? text : text.substring(0, MAX_JSON) + "...";
  }

  /** Returns nanoseconds as milliseconds, with one decimal below 10 ms. */
  static String millis(long nanos) {
    long tenths = Math.round(nanos / 1e5);
    return Math.abs(tenths) < 100 ? tenths / 10 + "." + Math.abs(tenths % 10) : rounded(nanos);
  }

  private static String rounded(long nanos) {
    return String.valueOf(Math.round(nanos / 1e6));
  }

  /** Returns a number of bytes for a reader: {@code 812 B}, {@code 12.3 kB}. */
  static String size(long bytes) {
    return bytes < 1000 ? bytes + " B" : String.format(Locale.ROOT, "%.1f kB", bytes / 1000.0);
  }

  static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }
}
