package io.github.tracingharness.conformance.requirement;

/** How strongly a requirement binds. */
public enum Level {
  /** Not met: the exporter fails. */
  MUST,
  /** Not met: a warning. */
  SHOULD,
  /** Not met: a remark. */
  MAY
}
