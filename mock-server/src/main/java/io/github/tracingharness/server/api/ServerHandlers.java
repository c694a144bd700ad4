package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.Reply;

/** What a server says of itself. */
final class ServerHandlers {

  private ServerHandlers() {}

  static Reply health(Call call) {
    return Reply.text(200, "text/plain; charset=utf-8", "OK");
  }

  static Reply version(Call call) {
    return Reply.text(200, "text/html; charset=utf-8", call.profile().version());
  }

  static Reply info(Call call) {
    ObjectNode info = Json.object();
    info.put("store_type", "SqlStore");
    info.put("workspaces_enabled", false);
    info.put("trace_archival_enabled", false);
    info.put("multipart_uploads_enabled", false);
    info.put("multipart_downloads_enabled", false);
    info.put("presigned_upload_run_id_supported", true);
    info.put("presigned_upload_model_id_supported", true);
    info.putObject("features_enabled").put("gateway", true);
    return Replies.compact(info);
  }
}
