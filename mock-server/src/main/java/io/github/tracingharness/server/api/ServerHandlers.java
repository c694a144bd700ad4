package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.http.Reply;
import java.util.Map;

/** What a server says of itself. */
final class ServerHandlers {

  private ServerHandlers() {}

  static Reply health(Call call) {
    return Reply.text(200, "text/plain; charset=utf-8", "OK");
  }

  static Reply version(Call call) {
    return Reply.text(200, "text/html; charset=utf-8", call.profile().version());
  }

  static Reply serverInfo(Call call) {
    return Replies.compact(info(call));
  }

  /** As Flask writes it: members by name, and a line break at the end. */
  static Reply flaskInfo(Call call) {
    ObjectNode info = info(call);
    ObjectNode sorted = Json.object();
    info.properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(member -> sorted.set(member.getKey(), member.getValue()));
    return Reply.text(200, "application/json", JsonLayout.COMPACT.write(sorted) + "\n");
  }

  private static ObjectNode info(Call call) {
    ObjectNode info = Json.object();
    info.put("store_type", "SqlStore");
    info.put("workspaces_enabled", call.profile().workspaces());
    info.put("trace_archival_enabled", false);
    info.put("multipart_uploads_enabled", false);
    info.put("multipart_downloads_enabled", false);
    info.put("presigned_upload_run_id_supported", true);
    info.put("presigned_upload_model_id_supported", true);
    info.putObject("features_enabled").put("gateway", true);
    return info;
  }
}
