package io.github.tracingharness.core.client;

import io.github.tracingharness.core.trace.Attachment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Uploads the data of a trace: through the tracking server, or on Databricks with a signed URI into
 * the storage behind it. A signed URI that has expired is replaced once.
 */
final class TraceUploads {

  private static final String DATABRICKS_STORAGE = "dbfs:";
  private static final Pattern STORAGE_ERROR = Pattern.compile("<Code>([A-Za-z0-9]{1,60})</Code>");
  private static final byte[] NOTHING = {};

  private final ClientSettings settings;
  private final RestCalls calls;
  private final Exchanges exchanges;

  TraceUploads(ClientSettings settings, RestCalls calls, Exchanges exchanges) {
    this.settings = settings;
    this.calls = calls;
    this.exchanges = exchanges;
  }

  void upload(StartedTrace trace, byte[] data, CallScope scope) throws TrackingException {
    if (trace.artifactLocation().filter(TraceUploads::isDatabricksStorage).isPresent()) {
      uploadSigned(trace.traceId(), data, scope.within(settings.retryBudget()));
    } else {
      HttpAnswer unused = exchanges.store(
          calls.call("PUT", ArtifactPath.of(trace), data).withHeader("Content-Type", "text/plain"),
          scope);
    }
  }

  /** Attachments of experiments in a Databricks workspace have no known place. */
  void uploadAttachment(StartedTrace trace, Attachment attachment, CallScope scope)
      throws TrackingException {
    HttpCall call =
        calls.call("PUT", ArtifactPath.ofAttachment(trace, attachment.id()), attachment.bytes());
    HttpAnswer unused =
        exchanges.store(call.withHeader("Content-Type", "application/octet-stream"), scope);
  }

  static boolean isDatabricksStorage(String location) {
    return location.toLowerCase(Locale.ROOT).startsWith(DATABRICKS_STORAGE);
  }

  private void uploadSigned(String traceId, byte[] data, CallScope scope) throws TrackingException {
    SignedUpload leave = leave(traceId, scope);
    Optional<HttpAnswer> failure = write(leave, data, scope);
    if (failure.isPresent() && isExpired(failure.get())) {
      leave = leave(traceId, scope);
      failure = write(leave, data, scope);
    }
    if (failure.isPresent()) {
      throw TrackingException.answered(failure.get().status(), text(traceId, leave, failure.get()));
    }
  }

  private SignedUpload leave(String traceId, CallScope scope) throws TrackingException {
    String path = "/api/2.0/mlflow/traces/" + traceId + "/credentials-for-data-upload";
    return SignedUpload.read(exchanges.store(calls.get(path), scope));
  }

  /** Returns the first answer that is no success. */
  private Optional<HttpAnswer> write(SignedUpload leave, byte[] data, CallScope scope)
      throws TrackingException {
    for (HttpCall call : requests(leave, data)) {
      HttpAnswer answer = exchanges.signed(call, scope);
      if (!Exchanges.isSuccess(answer)) {
        return Optional.of(answer);
      }
    }
    return Optional.empty();
  }

  private List<HttpCall> requests(SignedUpload leave, byte[] data) {
    return switch (leave.kind()) {
      case PLAIN -> List.of(calls.foreign("PUT", leave.uri(), leave.headers(), data));
      case AZURE_BLOCKS -> azureBlocks(leave, data);
      case AZURE_FILE ->
        List.of(
            calls.foreign("PUT", leave.with("resource=file"), leave.headers(), NOTHING),
            calls.foreign(
                "PATCH", leave.with("action=append&position=0&flush=true"), leave.headers(), data));
    };
  }

  private List<HttpCall> azureBlocks(SignedUpload leave, byte[] data) {
    String name = UUID.randomUUID().toString().replace("-", "");
    String id = Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.US_ASCII));
    List<Map.Entry<String, String>> ofBlock = new ArrayList<>(leave.headers());
    ofBlock.removeIf(header -> header.getKey().equalsIgnoreCase("x-ms-blob-type"));
    ofBlock.add(Map.entry("x-ms-blob-type", "BlockBlob"));
    String list = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<BlockList>\n<Uncommitted>"
        + id
        + "</Uncommitted>\n</BlockList>";
    return List.of(
        calls.foreign(
            "PUT", leave.with("comp=block&blockid=" + id.replace("=", "%3D")), ofBlock, data),
        calls.foreign(
            "PUT",
            leave.with("comp=blocklist"),
            leave.headers(),
            list.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Amazon and Azure answer 403 to a signature that is too old, Azure also 401, Google 400. */
  private static boolean isExpired(HttpAnswer answer) {
    return switch (answer.status()) {
      case 401, 403 -> true;
      case 400 -> code(answer).filter("ExpiredToken"::equals).isPresent();
      default -> false;
    };
  }

  /** The body may quote the signature, so only the code in it is shown. */
  private static String text(String traceId, SignedUpload leave, HttpAnswer answer) {
    return "the upload of the data of trace " + traceId + " to " + leave.uri().getHost()
        + " was answered " + answer.status()
        + code(answer).map(code -> ": " + code).orElse("");
  }

  private static Optional<String> code(HttpAnswer answer) {
    Matcher code = STORAGE_ERROR.matcher(ServerAnswers.text(answer));
    return code.find() ? Optional.of(code.group(1)) : Optional.empty();
  }
}
