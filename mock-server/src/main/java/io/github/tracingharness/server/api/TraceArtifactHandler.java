package io.github.tracingharness.server.api;

import io.github.tracingharness.server.http.Query;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.ErrorCode;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TraceKeys;
import io.github.tracingharness.server.state.TrackingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code GET /ajax-api/{2.0,3.0}/mlflow/get-trace-artifact}. */
final class TraceArtifactHandler implements Handler {

  private static final String SCHEME = "mlflow-artifacts:/";
  private static final String FILE = "traces.json";
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  @Override
  public Reply handle(Call call) {
    Query query = call.request().parameters();
    String id = query
        .first("request_id")
        .filter(given -> !given.isEmpty())
        .orElseThrow(() -> new TrackingException(
            ErrorCode.BAD_REQUEST, "Request must include the \"request_id\" query parameter."));
    Optional<String> attachment = query.first("path");
    attachment.ifPresent(TraceArtifactHandler::requireAttachmentName);
    TraceEntry trace = TraceHandlers.require(call.state().traces(), id);
    if (attachment.isPresent()) {
      String name = "attachments/" + attachment.get();
      byte[] content = stored(call, trace, name)
          .orElseThrow(() -> TrackingException.absent("No such artifact: '" + name + "'"));
      return ArtifactHandlers.download(attachment.get(), "application/octet-stream", content);
    }
    byte[] content = trace.spans().isEmpty()
        ? stored(call, trace, FILE)
            .orElseThrow(() ->
                new TrackingException(ErrorCode.NOT_FOUND, "Trace data not found for path=" + FILE))
        : SpanJson.file(trace).getBytes(StandardCharsets.UTF_8);
    return ArtifactHandlers.download(FILE, "text/plain", content);
  }

  private static void requireAttachmentName(String path) {
    ArtifactHandlers.requireSafe(path);
    if (!UUID.matcher(path).matches()) {
      throw new TrackingException(
          ErrorCode.INVALID_ATTACHMENT_PATH,
          "Invalid attachment path: '" + path + "'. Attachment path must be a valid UUID.");
    }
  }

  private static Optional<byte[]> stored(Call call, TraceEntry trace, String name) {
    return Optional.ofNullable(trace.tags().get(TraceKeys.ARTIFACT_LOCATION))
        .filter(location -> location.startsWith(SCHEME))
        .map(location -> location.substring(SCHEME.length()).replaceAll("^/+", ""))
        .flatMap(directory -> call.state().artifacts().get(directory + "/" + name));
  }
}
