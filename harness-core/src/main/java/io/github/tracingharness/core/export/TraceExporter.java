package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.trace.Attachment;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.Trace;
import io.github.tracingharness.core.trace.TraceLocation;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes what the trace manager collects and brings it to the server. */
public interface TraceExporter {

  /** Begins the export of a trace. */
  TraceExport begin(Target target);

  /** Hands to the executor what is held back until more of its kind has come. */
  void drain(Deadline deadline);

  /** Holds nothing back any more, drains, and ends what threads of its own there are. */
  void close(Deadline deadline);

  /**
   * What is known of a trace at its start.
   *
   * @param traceId trace id in MLflow's form
   * @param location where the trace is to be stored
   * @param chosen whether the application named that location as a destination, rather than leaving
   *     it to the pipeline
   * @param ownRoot whether the trace's root span belongs to this process; without it only spans are
   *     exported
   */
  record Target(String traceId, TraceLocation location, boolean chosen, boolean ownRoot) {

    /** Checks that all parts are there. */
    public Target {
      Objects.requireNonNull(traceId, "traceId");
      Objects.requireNonNull(location, "location");
    }
  }

  /**
   * A span that ended. It cannot change any more, so its value is made by whoever asks first, which
   * is best the thread that exports.
   */
  interface EndedSpan {

    /** Returns the span id, 16 hex. */
    String spanId();

    /**
     * Returns how many characters the values have that were set through MLflow's API; takes no
     * lock.
     */
    long size();

    /** Tells whether the span is the root of its trace. */
    boolean isRoot();

    /** Returns the span in MLflow's form. */
    Span span();

    /** Returns the span as OpenTelemetry has it, without what MLflow's API said of it. */
    SpanData source();

    /** Returns the tags that the trace had when the span ended; those of a root only. */
    Map<String, String> traceTags();
  }

  /**
   * A trace that is complete.
   *
   * @param trace builds the trace; called once, on the thread that exports
   * @param prompts prompts to link to the trace
   * @param attachments what is uploaded beside the trace
   */
  record Completion(
      Supplier<Trace> trace, List<PromptVersion> prompts, List<Attachment> attachments) {

    /** Copies the lists. */
    public Completion {
      prompts = List.copyOf(prompts);
      attachments = List.copyOf(attachments);
    }
  }

  /**
   * Export of one trace. The methods that hand something over never block and may be called under
   * the trace's lock; {@link #proceed} and {@link #flush} do, or cause, the work.
   */
  interface TraceExport {

    /** Tells whether attachments are uploaded beside this trace. */
    boolean keepsAttachments();

    /** Hands over a span that ended; the thread that ended it calls {@link #proceed} with it. */
    void spanEnded(EndedSpan ended);

    /** Hands over the trace; spans that end later may follow. */
    void completed(Completion completion);

    /** Gives up a trace that was not completed, with all that was not sent yet. */
    void abandon(DropReason reason);

    /** Gives up spans that are still open. */
    void abandonSpans(Collection<String> spanIds, DropReason reason);

    /**
     * Exports what was handed over: in this thread in synchronous mode, else by a worker. In the
     * latter case it never waits, and a trace that finds no room in the queue is given up.
     *
     * @param ended the span that this thread has just ended, or null
     */
    void proceed(@Nullable EndedSpan ended);

    /**
     * Exports what was handed over, as {@link #proceed} does, but with a limit: in synchronous mode
     * for the requests, else for the wait for room in the queue. Then the executor has, or has
     * refused, the spans of all threads that had returned from {@code proceed} before; those that
     * are held back until more of their kind has come need {@link #drain}.
     */
    void flush(Deadline deadline);
  }
}
