package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.DatabricksProfile.UploadCredentials;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.ArtifactStore;
import io.github.tracingharness.server.state.SignedTarget;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TraceKeys;
import io.github.tracingharness.server.state.TrackingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * {@code GET /api/2.0/mlflow/traces/{id}/credentials-for-data-upload} and {@code -download}: signed
 * addresses on this server.
 */
final class CredentialsHandlers {

  /** What a client must send along to an address in the manner of Amazon S3. */
  static final Map<String, String> S3_HEADERS = Map.of("x-amz-server-side-encryption", "AES256");

  private static final String TRACE_DATA = "traces.json";

  private CredentialsHandlers() {}

  static Reply upload(Call call) {
    return signed(call, true);
  }

  static Reply download(Call call) {
    return signed(call, false);
  }

  private static Reply signed(Call call, boolean write) {
    String id = call.variable("trace_id");
    TraceEntry trace = call.state()
        .traces()
        .find(id)
        .orElseThrow(() -> TrackingException.absent("Trace with ID '" + id + "' not found."));
    String path = call.request()
        .parameters()
        .first("path")
        .filter(text -> !text.isEmpty())
        .orElse(TRACE_DATA);
    ArtifactHandlers.requireSafe(path);
    String folder = ArtifactStore.folder(trace.tags().get(TraceKeys.ARTIFACT_LOCATION))
        .orElseThrow(() -> TrackingException.invalid(
            "The artifacts of trace '" + id + "' are not stored in this workspace."));
    String signature = call.state()
        .signatures()
        .give(
            new SignedTarget(id, path, folder + "/" + path, write),
            call.databricks().linkLifetime());
    UploadCredentials kind = call.databricks().uploadCredentials();
    ObjectNode answer = Json.object();
    ObjectNode info = answer.putObject("credential_info");
    info.put("type", kind.name());
    info.put("path", path);
    info.put(
        "signed_uri",
        call.baseUrl() + "/presigned/" + escaped(id) + "/" + escaped(path) + "?"
            + query(kind, call.databricks().linkLifetime().toSeconds(), signature));
    ArrayNode headers = info.putArray("headers");
    if (write && kind == UploadCredentials.AWS_PRESIGNED_URL) {
      S3_HEADERS.forEach(
          (name, value) -> headers.addObject().put("name", name).put("value", value));
    }
    return Replies.compact(answer);
  }

  private static String query(UploadCredentials kind, long seconds, String signature) {
    return switch (kind) {
      case AWS_PRESIGNED_URL -> "X-Amz-Expires=" + seconds + "&X-Amz-Signature=" + signature;
      case AZURE_SAS_URI -> "sp=w&sr=b&sig=" + signature;
      case GCP_SIGNED_URL -> "X-Goog-Expires=" + seconds + "&X-Goog-Signature=" + signature;
    };
  }

  private static String escaped(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
