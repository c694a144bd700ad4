package io.github.tracingharness.core.export;

/** Why a trace or a span was given up. */
public enum DropReason {
  /** The export queue had no room when the trace or span ended. */
  QUEUE_FULL,
  /** More traces were open at once than the buffer may hold; this was the oldest. */
  BUFFER_FULL,
  /** The server did not say which experiment has the name that was set. */
  EXPERIMENT_UNKNOWN,
  /** The server did not take the trace info. */
  START_TRACE_FAILED,
  /** The server did not take the uploaded spans. */
  UPLOAD_FAILED,
  /** The server did not take the spans, and they are kept nowhere else. */
  SPANS_REJECTED,
  /** The span ended after its trace had been exported, and the server takes no single spans. */
  TOO_LATE,
  /** The span, or the root span of the trace, was still open at shutdown. */
  NEVER_ENDED,
  /** Shutdown's time limit passed before the export. */
  SHUTDOWN,
  /** The exporter itself failed; the log says how. */
  INTERNAL_ERROR
}
