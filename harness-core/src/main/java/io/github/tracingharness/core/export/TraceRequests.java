package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.client.StartedTrace;
import io.github.tracingharness.core.client.TrackingClient;
import io.github.tracingharness.core.client.TrackingException;
import io.github.tracingharness.core.trace.Attachment;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.Trace;
import io.github.tracingharness.core.trace.TraceDataText;
import io.github.tracingharness.core.trace.TraceLocation;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests that say something of a trace as a whole; a failure is logged and not thrown. */
final class TraceRequests {

  private static final Logger logger = LoggerFactory.getLogger(MlflowV3SpanExporter.class);

  private final TrackingClient client;

  TraceRequests(TrackingClient client) {
    this.client = client;
  }

  /** Returns the location with the id of its experiment; nothing if the server does not say it. */
  Optional<TraceLocation> resolve(
      TraceLocation location, String traceId, boolean last, CallScope scope) {
    try {
      return Optional.of(client.resolve(location, scope));
    } catch (TrackingException e) {
      if (last) {
        report(traceId, e);
      } else {
        logger.debug("The experiment of trace {} is not known: {}", traceId, e.getMessage());
      }
      return Optional.empty();
    }
  }

  /** Sends the info of a trace; returns nothing if the server did not take it. */
  Optional<StartedTrace> startTrace(Trace trace, CallScope scope) {
    try {
      return Optional.of(client.startTrace(trace.info(), scope));
    } catch (TrackingException e) {
      report(trace.info().traceId(), e);
      return Optional.empty();
    }
  }

  /** Uploads the spans of a trace; returns whether the server took them. */
  boolean upload(StartedTrace started, TraceDataText data, CallScope scope) {
    try {
      client.uploadTraceData(started, data, scope);
      return true;
    } catch (TrackingException e) {
      report(started.traceId(), e);
      return false;
    }
  }

  /** Uploads attachments of a trace that the server knows; each one that fails is logged. */
  void uploadAttachments(StartedTrace started, List<Attachment> attachments, CallScope scope) {
    for (Attachment attachment : attachments) {
      try {
        client.uploadAttachment(started, attachment, scope);
      } catch (TrackingException e) {
        logger.warn(
            "Failed to upload {} of trace {}: {}", attachment, started.traceId(), e.getMessage());
      }
    }
  }

  /** Links prompts to a trace that the server knows. */
  void linkPrompts(StartedTrace started, List<PromptVersion> prompts, CallScope scope) {
    if (prompts.isEmpty()) {
      return;
    }
    try {
      client.linkPrompts(started, prompts, scope);
    } catch (TrackingException e) {
      logger.warn("Failed to link prompts to trace {}: {}", started.traceId(), e.getMessage());
    }
  }

  private static void report(String traceId, TrackingException failure) {
    if (failure.isAuthentication()) {
      logger.error(
          "Failed to send trace to MLflow backend: {}, trace {} was NOT saved. {} {}",
          failure.isForbidden()
              ? "authentication error (permission denied)"
              : "authentication error",
          traceId,
          failure.advice(),
          failure.getMessage());
    } else {
      logger.warn(
          "Failed to send trace to MLflow backend: {} (trace {})", failure.getMessage(), traceId);
    }
  }
}
