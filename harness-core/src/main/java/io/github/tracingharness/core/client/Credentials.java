package io.github.tracingharness.core.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Credentials of one server. They are shown nowhere: {@link #toString()} hides them,
 * {@link #redact} removes them.
 */
public final class Credentials {

  private static final String HIDDEN = "***";
  private static final Credentials NONE = new Credentials("none", null, List.of());

  private final String kind;
  private final @Nullable String authorization;
  private final List<String> secrets;

  private Credentials(String kind, @Nullable String authorization, List<String> secrets) {
    this.kind = kind;
    this.authorization = authorization;
    this.secrets = secrets;
  }

  /** Returns no credentials. */
  public static Credentials none() {
    return NONE;
  }

  /** Returns the credentials of a bearer token. */
  public static Credentials bearer(String token) {
    return new Credentials("bearer", "Bearer " + token, List.of(token));
  }

  /** Returns the credentials of a user with a password. */
  public static Credentials basic(String user, String password) {
    String pair = user + ":" + password;
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return new Credentials("basic", "Basic " + encoded, List.of(encoded, password));
  }

  /** Returns the value of the {@code Authorization} header. */
  Optional<String> authorization() {
    return Optional.ofNullable(authorization);
  }

  /** Replaces every secret in a text. */
  String redact(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = secret.isEmpty() ? clean : clean.replace(secret, HIDDEN);
    }
    return clean;
  }

  /** Names the kind of the credentials only. */
  @Override
  public String toString() {
    return kind;
  }
}
