package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.DatabricksProfile.OAuthClient;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.http.Query;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What a Databricks workspace says of its logins, and the tokens for OAuth clients. */
final class OidcHandlers {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String ACCOUNT = "00000000-0000-0000-0000-000000000001";
  private static final String BASIC = "Basic ";

  private OidcHandlers() {}

  static Reply workspace(Call call) {
    ObjectNode answer = Json.object();
    answer.put("oidc_endpoint", call.baseUrl() + "/oidc");
    call.databricks().workspaceId().ifPresent(id -> {
      answer.put("workspace_id", id);
      answer.put("account_id", ACCOUNT);
    });
    return Replies.compact(answer);
  }

  static Reply authorizationServer(Call call) {
    ObjectNode answer = Json.object();
    String base = call.baseUrl() + "/oidc";
    answer.put("issuer", base);
    answer.put("authorization_endpoint", base + "/v1/authorize");
    answer.put("token_endpoint", base + "/v1/token");
    answer.putArray("grant_types_supported").add("client_credentials");
    answer
        .putArray("token_endpoint_auth_methods_supported")
        .add("client_secret_basic")
        .add("client_secret_post");
    return Replies.compact(answer);
  }

  static Reply token(Call call) {
    Request request = call.request();
    if (!request.header("Content-Type").orElse("").split(";", -1)[0].strip().equals(FORM)) {
      return error(400, "invalid_request", "The body must be of type " + FORM + ".");
    }
    Query form = Query.parse(new String(request.body(), StandardCharsets.UTF_8));
    String grant = form.first("grant_type").orElse("");
    if (!grant.equals("client_credentials")) {
      return error(400, "unsupported_grant_type", "Unsupported grant type '" + grant + "'.");
    }
    Optional<OAuthClient> sent = basic(request).or(() -> inForm(form));
    if (sent.isEmpty() || !isGood(call, sent.get())) {
      return error(401, "invalid_client", "Client authentication failed");
    }
    ObjectNode answer = Json.object();
    answer.put(
        "access_token",
        call.state().tokens().give(sent.get().id(), call.databricks().tokenLifetime()));
    answer.put("scope", form.first("scope").orElse("all-apis"));
    answer.put("token_type", "Bearer");
    answer.put("expires_in", call.databricks().tokenLifetime().toSeconds());
    return Replies.compact(answer).withHeader("cache-control", "no-store");
  }

  private static boolean isGood(Call call, OAuthClient sent) {
    return call.databricks()
        .client()
        .map(client ->
            client.id().equals(sent.id()) && BearerCheck.same(client.secret(), sent.secret()))
        .orElse(true);
  }

  private static Optional<OAuthClient> basic(Request request) {
    String header = request.header("Authorization").orElse("");
    if (!header.startsWith(BASIC)) {
      return Optional.empty();
    }
    try {
      String pair = new String(
          Base64.getDecoder().decode(header.substring(BASIC.length())), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon <= 0
          ? Optional.empty()
          : Optional.of(new OAuthClient(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Optional<OAuthClient> inForm(Query form) {
    return form.first("client_id")
        .flatMap(id -> form.first("client_secret").map(secret -> new OAuthClient(id, secret)));
  }

  private static Reply error(int status, String error, String description) {
    ObjectNode body = Json.object();
    body.put("error", error);
    body.put("error_description", description);
    return Reply.of(status, "application/json", JsonLayout.COMPACT.bytes(body));
  }
}
