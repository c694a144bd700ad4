package io.github.tracingharness.conformance.subject;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;

/** A span that a case asked for, made by one API or the other. */
interface MadeSpan {

  /** Stands for no span: what is made in its scope is a root. */
  MadeSpan NONE = new MadeSpan() {
    @Override
    public String traceId() {
      return "";
    }

    @Override
    public String spanId() {
      return "";
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // The caller closes it.
    public Scope makeCurrent() {
      return Context.root().makeCurrent();
    }

    @Override
    public void end(SpanSpec spec) {}
  };

  /** Returns the id that MLflow's API has for the trace, or the hex digits where it has none. */
  String traceId();

  /** Returns the span id, 16 hex. */
  String spanId();

  /** Makes the span the current one of its API until the scope is closed. */
  Scope makeCurrent();

  /** Does what comes last, unless the case leaves the span open. */
  void end(SpanSpec spec);
}
