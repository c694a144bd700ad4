package io.github.tracingharness.conformance.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.history.SpanIds;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An exporter with the tracing API in front of it, as an application uses it.
 *
 * <p>Sessions of one subject are opened and used from several threads at once, each session from
 * one thread at a time except for {@link Session#emit}, {@link Session#flush} and
 * {@link Session#shutdown}, which a case may call from many.
 */
public interface ExporterSubject {

  /** Returns the exporter's short name, such as {@code reference}. */
  String name();

  /** Returns the version of the exporter. */
  String version();

  /**
   * Returns what the exporter can do, in the form of the driver protocol's {@code capabilities}.
   */
  ObjectNode capabilities();

  /**
   * Starts a tracing pipeline.
   *
   * @throws IllegalArgumentException if the exporter refuses the configuration
   */
  Session open(SessionConfig config);

  /** One tracing pipeline from its start to its shutdown. */
  interface Session extends AutoCloseable {

    /**
     * Makes the spans through the API that an application uses, and returns when the application
     * would go on.
     *
     * @return the ids by ref
     */
    Map<String, SpanIds> emit(List<SpanSpec> spans);

    /**
     * Makes finished spans, hands them to the exporter as one batch and waits for what it says. The
     * list may be empty.
     *
     * @throws UnsupportedCommandException if the exporter cannot be called directly
     */
    default Exported export(List<SpanSpec> spans) {
      throw new UnsupportedCommandException("this exporter cannot be called directly");
    }

    /**
     * Forks the process; the child makes the spans, flushes for at most {@code timeout} and ends.
     * Asked of subjects alone that declare the operation {@code fork}, which a JVM cannot do.
     *
     * @return the ids of the child's spans by ref
     * @throws UnsupportedCommandException if there is no fork
     */
    default Map<String, SpanIds> fork(List<SpanSpec> spans, Duration timeout) {
      throw new UnsupportedCommandException("this process cannot be forked");
    }

    /** Flushes; waits for at most {@code timeout}. */
    Outcome flush(Duration timeout);

    /** Shuts down; waits for at most {@code timeout}. May be called again. */
    Outcome shutdown(Duration timeout);

    /** Returns what is known of the asked names; unknown names are left out. */
    Map<String, JsonNode> observe(List<String> what);

    /**
     * Returns the counts of the driver protocol's {@code stats} that the exporter keeps; may be
     * empty.
     */
    Map<String, Long> stats();

    /** Forgets the session without flushing. */
    @Override
    void close();
  }

  /**
   * What came of a batch that was handed to the exporter.
   *
   * @param refs the ids by ref
   * @param outcome what the exporter said
   * @param error what it said of a failure, possibly empty
   */
  record Exported(Map<String, SpanIds> refs, Outcome outcome, String error) {}

  /** What an exporter says of an export, a flush or a shutdown. */
  enum Outcome {
    SUCCESS,
    FAILURE,
    TIMEOUT,
    /** The honest answer of an SDK that says nothing. */
    UNKNOWN
  }
}
