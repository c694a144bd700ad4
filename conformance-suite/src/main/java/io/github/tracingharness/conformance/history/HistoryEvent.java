package io.github.tracingharness.conformance.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened while a case ran. Times are monotonic nanoseconds since the start of the
 * case.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = HistoryEvent.Command.class, name = "command"),
  @JsonSubTypes.Type(value = HistoryEvent.Reply.class, name = "reply"),
  @JsonSubTypes.Type(value = HistoryEvent.Exchange.class, name = "exchange"),
  @JsonSubTypes.Type(value = HistoryEvent.Connection.class, name = "connection"),
  @JsonSubTypes.Type(value = HistoryEvent.Log.class, name = "log"),
  @JsonSubTypes.Type(value = HistoryEvent.Signal.class, name = "signal"),
  @JsonSubTypes.Type(value = HistoryEvent.Released.class, name = "released"),
  @JsonSubTypes.Type(value = HistoryEvent.Measured.class, name = "measured"),
  @JsonSubTypes.Type(value = HistoryEvent.ProcessEvent.class, name = "process"),
  @JsonSubTypes.Type(value = HistoryEvent.Gap.class, name = "gap"),
  @JsonSubTypes.Type(value = HistoryEvent.HarnessFault.class, name = "harness-fault")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface HistoryEvent {

  /** When it happened, in nanoseconds since the start of the case. */
  long at();

  /**
   * A command that was sent to the driver.
   *
   * @param id the id on the wire
   * @param op the operation
   * @param body the whole command as sent, secrets replaced
   */
  record Command(long at, long id, String op, ObjectNode body) implements HistoryEvent {}

  /**
   * The driver's answer to a command.
   *
   * @param id id of the command
   * @param op operation of the command
   * @param kind which of the three forms of answer it is
   * @param body the member of that name
   */
  record Reply(long at, long id, String op, ReplyKind kind, JsonNode body)
      implements HistoryEvent {}

  /** The three forms of an answer. */
  enum ReplyKind {
    OK,
    UNSUPPORTED,
    ERROR
  }

  /**
   * A request that the fake server took, with its answer.
   *
   * @param at when its head had arrived
   * @param answeredAt when the last byte of the answer was handed to the network; without an answer
   *     when the client gave up, or else {@code at}
   * @param number order of arrival in the case, from 1
   * @param endpoint name of the {@code Endpoint} that it was taken for
   * @param path the path without the prefix of the case's URL space
   * @param query the raw query, empty when there is none
   * @param status status of the answer; 0 when the connection was broken instead
   * @param connection the client's port: the same number is the same connection
   * @param late whether it arrived after the case had ended
   * @param wire what a collector saw besides; null for a request to the tracking server
   */
  record Exchange(
      long at,
      long answeredAt,
      long number,
      String endpoint,
      String method,
      String path,
      String query,
      List<Header> headers,
      Payload body,
      int status,
      List<Header> responseHeaders,
      Payload responseBody,
      int connection,
      boolean late,
      @Nullable Wire wire)
      implements HistoryEvent {

    /** Keeps copies of the lists. */
    public Exchange {
      headers = List.copyOf(headers);
      responseHeaders = List.copyOf(responseHeaders);
    }

    /** A request to the tracking server. */
    public Exchange(
        long at,
        long answeredAt,
        long number,
        String endpoint,
        String method,
        String path,
        String query,
        List<Header> headers,
        Payload body,
        int status,
        List<Header> responseHeaders,
        Payload responseBody,
        int connection,
        boolean late) {
      this(
          at,
          answeredAt,
          number,
          endpoint,
          method,
          path,
          query,
          headers,
          body,
          status,
          responseHeaders,
          responseBody,
          connection,
          late,
          null);
    }

    /** Returns the first value of a request header, whatever its case, or null. */
    public @Nullable String header(String name) {
      return headers.stream()
          .filter(h -> h.name().equalsIgnoreCase(name))
          .map(Header::value)
          .findFirst()
          .orElse(null);
    }
  }

  /**
   * Something that happened to a connection of a collector and is no request.
   *
   * @param connection the client's port
   * @param what {@code opened}, {@code ended}, {@code tls-on-plain-port},
   *     {@code plain-on-tls-port}, {@code handshake-failed}, {@code http2-preface},
   *     {@code malformed}, {@code too-large} or {@code too-many-connections}; or {@code listening}:
   *     a port that refused connections accepts them from now on
   * @param detail text for a reader
   */
  record Connection(long at, int connection, String what, String detail) implements HistoryEvent {}

  /**
   * A line that the subject logged.
   *
   * @param level {@code DEBUG}, {@code INFO}, {@code WARN} or {@code ERROR}
   */
  record Log(long at, String level, String logger, String text) implements HistoryEvent {}

  /** Any other event that the driver reported, as it came. */
  record Signal(long at, ObjectNode body) implements HistoryEvent {}

  /**
   * Held answers were let go.
   *
   * @param hold name of the hold in the case
   * @param reason {@code step} when the case asked for it, {@code limit} when they had been held
   *     for too long
   */
  record Released(long at, String hold, String reason) implements HistoryEvent {}

  /**
   * Something that happened to the driver's process.
   *
   * @param what {@code started}, {@code exited}, {@code killed}, {@code deadline},
   *     {@code protocol}, {@code noise}, {@code stderr}
   * @param detail text for a reader
   * @param code exit code, for {@code exited}
   */
  record ProcessEvent(
      long at, String what, String detail, @Nullable Integer code) implements HistoryEvent {}

  /**
   * What the subject's process used.
   *
   * @param name name of the measurement in the case
   * @param threads names of its threads, sorted
   * @param sockets number of its open TCP sockets
   * @param peakKilobytes the most memory that it ever held resident
   */
  record Measured(long at, String name, List<String> threads, int sockets, long peakKilobytes)
      implements HistoryEvent {

    /** Keeps a copy of the names. */
    public Measured {
      threads = List.copyOf(threads);
    }
  }

  /**
   * The harness itself did not run for so many milliseconds: times measured across it mean nothing.
   */
  record Gap(long at, long millis) implements HistoryEvent {}

  /** The harness failed, so that nothing can be said about the subject. */
  record HarnessFault(long at, String message) implements HistoryEvent {}
}
