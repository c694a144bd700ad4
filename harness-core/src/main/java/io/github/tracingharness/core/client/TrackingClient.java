package io.github.tracingharness.core.client;

import io.github.tracingharness.core.trace.Attachment;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.TraceDataText;
import io.github.tracingharness.core.trace.TraceInfo;
import io.github.tracingharness.core.trace.TraceLocation;
import java.util.List;

/** What can be asked of a tracking server. All calls block and may be made by many threads. */
public interface TrackingClient extends AutoCloseable {

  /**
   * Asks once, without retries and for at most three seconds, whether the server takes spans
   * through OTLP.
   */
  SpanLoggingSupport probeSpanLogging(CallScope scope);

  /**
   * Sends spans through OTLP. They may belong to several traces of one location.
   *
   * @throws TrackingException if the server does not take them
   */
  void logSpans(TraceLocation location, List<Span> spans, CallScope scope) throws TrackingException;

  /**
   * Sends the info of a trace that is complete.
   *
   * @throws TrackingException if the server does not take it or its answer says nothing of the
   *     trace
   */
  StartedTrace startTrace(TraceInfo info, CallScope scope) throws TrackingException;

  /**
   * Uploads the spans of a trace to the place that the server named.
   *
   * @throws TrackingException if there is no such place or the server does not take them
   */
  void uploadTraceData(StartedTrace trace, TraceDataText data, CallScope scope)
      throws TrackingException;

  /**
   * Uploads an attachment of a trace to the place that the server named for the trace.
   *
   * @throws TrackingException if there is no such place or the server does not take it
   */
  void uploadAttachment(StartedTrace trace, Attachment attachment, CallScope scope)
      throws TrackingException;

  /**
   * Links prompts to a trace.
   *
   * @throws TrackingException if the server does not take the links
   */
  void linkPrompts(StartedTrace trace, List<PromptVersion> prompts, CallScope scope)
      throws TrackingException;

  /**
   * Returns the location with the id of its experiment, if it has only the name. The experiment is
   * asked for once and created if there is none.
   *
   * @throws TrackingException if the server does not say; the next call asks again
   */
  TraceLocation resolve(TraceLocation location, CallScope scope) throws TrackingException;

  /** Returns what reads from the same server. */
  TrackingReader reader();

  /** Tells whether the server is a Databricks workspace, whose limits are others than MLflow's. */
  boolean isDatabricks();

  /** Returns how many requests were sent again so far. */
  long retries();

  /**
   * Limits all calls, also those that are waiting now: no retry is waited for that comes after the
   * deadline.
   */
  void finishBy(Deadline deadline);

  /** Frees the connections. */
  @Override
  void close();
}
