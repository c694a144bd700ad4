package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.DatabricksProfile;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.http.Request;
import io.github.tracingharness.server.state.TrackingState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Bearer tokens, where the profile of a Databricks workspace asks for them. */
final class BearerCheck {

  private static final Set<Endpoint> OPEN = EnumSet.of(
      Endpoint.HEALTH,
      Endpoint.DATABRICKS_CONFIG,
      Endpoint.OIDC_CONFIG,
      Endpoint.OIDC_TOKEN,
      Endpoint.SIGNED_UPLOAD,
      Endpoint.SIGNED_DOWNLOAD);
  private static final String SCHEME = "Bearer ";

  private BearerCheck() {}

  static Optional<Reply> refusal(
      Request request, Endpoint endpoint, TrackingState state, DatabricksProfile profile) {
    if (OPEN.contains(endpoint)
        || (profile.token().isEmpty() && profile.client().isEmpty())) {
      return Optional.empty();
    }
    Optional<String> sent = request
        .header("Authorization")
        .filter(header -> header.startsWith(SCHEME))
        .map(header -> header.substring(SCHEME.length()));
    if (sent.isEmpty()) {
      return Optional.of(
          refusal(401, "Credential was not sent or was of an unsupported type for this API."));
    }
    boolean good = profile.token().filter(token -> same(token, sent.get())).isPresent()
        || state.tokens().find(sent.get()).filter(token -> !token.expired()).isPresent();
    return good ? Optional.empty() : Optional.of(refusal(403, "Invalid access token."));
  }

  static boolean same(String expected, String sent) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
  }

  /** Here the error code is the status, and a number. */
  private static Reply refusal(int status, String message) {
    ObjectNode body = Json.object();
    body.put("error_code", status);
    body.put("message", message);
    return Reply.of(status, "application/json; charset=utf-8", JsonLayout.COMPACT.bytes(body))
        .withHeader("x-databricks-reason-phrase", message);
  }
}
