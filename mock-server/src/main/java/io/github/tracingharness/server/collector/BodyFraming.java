package io.github.tracingharness.server.collector;

/**
 * How a request says where its body ends.
 *
 * @since 0.1.0
 */
public enum BodyFraming {
  /** It says nothing, so there is no body. */
  NONE,
  /** By Content-Length. */
  CONTENT_LENGTH,
  /** By chunks. */
  CHUNKED
}
