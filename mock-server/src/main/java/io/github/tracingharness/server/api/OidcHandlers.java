package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.Reply;

/** What a Databricks workspace says of its logins. */
final class OidcHandlers {

  private OidcHandlers() {}

  static Reply workspace(Call call) {
    ObjectNode answer = Json.object();
    answer.put("oidc_endpoint", call.baseUrl() + "/oidc");
    return Replies.compact(answer);
  }
}
