package io.github.tracingharness.core.client;

/** What the version of a server says of spans sent through OTLP. */
public enum SpanLoggingSupport {
  /** The server takes them. */
  YES,
  /** The server is too old. */
  NO,
  /** The server does not know the question, which old servers do not. */
  ABSENT,
  /** The question failed; it may be asked again. */
  UNKNOWN
}
