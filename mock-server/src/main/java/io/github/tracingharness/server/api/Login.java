package io.github.tracingharness.server.api;

import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** HTTP Basic credentials, where the profile asks for them. */
final class Login {

  private static final String TEXT =
      "You are not authenticated. Please see https://www.mlflow.org/docs/latest/auth/index.html"
          + "#authenticating-to-mlflow on how to authenticate.";

  private Login() {}

  static Optional<Reply> refusal(
      Request request, Endpoint endpoint, boolean fastApi, ServerProfile profile) {
    if (profile.login().isEmpty()
        || endpoint == Endpoint.HEALTH
        || endpoint == Endpoint.SERVER_INFO
        || matches(request, profile.login().get())) {
      return Optional.empty();
    }
    byte[] body = TEXT.getBytes(StandardCharsets.UTF_8);
    Reply plain = fastApi
        ? Reply.bare(401, List.of(), body).withHeader("content-type", "text/plain; charset=utf-8")
        : Reply.of(401, "text/html; charset=utf-8", body);
    return Optional.of(plain.withHeader("www-authenticate", "Basic realm=\"mlflow\""));
  }

  private static boolean matches(Request request, ServerProfile.Login login) {
    String expected = "Basic "
        + Base64.getEncoder()
            .encodeToString(
                (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8));
    return request
        .header("Authorization")
        .filter(sent -> MessageDigest.isEqual(
            sent.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8)))
        .isPresent();
  }
}
