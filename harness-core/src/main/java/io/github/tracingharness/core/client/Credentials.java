package io.github.tracingharness.core.client;

import java.net.URI;
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
  private static final Credentials NONE = new Credentials("none", null, List.of(), null);

  private final String kind;
  private final @Nullable String authorization;
  private final List<String> secrets;
  private final @Nullable Machine machine;

  private Credentials(
      String kind,
      @Nullable String authorization,
      List<String> secrets,
      @Nullable Machine machine) {
    this.kind = kind;
    this.authorization = authorization;
    this.secrets = secrets;
    this.machine = machine;
  }

  /**
   * An OAuth client that logs in by itself.
   *
   * @param tokenEndpoint where it gets its access tokens
   * @param clientId id of the client
   * @param login {@code Authorization} of the client at that place
   */
  record Machine(URI tokenEndpoint, String clientId, String login) {

    /** Names place and client; the login is left out. */
    @Override
    public String toString() {
      return "client " + clientId + " at " + tokenEndpoint;
    }
  }

  /** Returns no credentials. */
  public static Credentials none() {
    return NONE;
  }

  /** Returns the credentials of a bearer token. */
  public static Credentials bearer(String token) {
    return new Credentials("bearer", "Bearer " + token, List.of(token), null);
  }

  /** Returns the credentials of a user with a password. */
  public static Credentials basic(String user, String password) {
    String encoded = encoded(user, password);
    return new Credentials("basic", "Basic " + encoded, List.of(encoded, password), null);
  }

  /**
   * Returns the credentials of an OAuth client that gets its access tokens by itself (grant type
   * {@code client_credentials}, scope {@code all-apis}), as a Databricks service principal does.
   *
   * @param tokenEndpoint where it gets its access tokens
   */
  public static Credentials machine(URI tokenEndpoint, String clientId, String clientSecret) {
    String encoded = encoded(clientId, clientSecret);
    return new Credentials(
        "oauth-m2m",
        null,
        List.of(encoded, clientSecret),
        new Machine(tokenEndpoint, clientId, "Basic " + encoded));
  }

  static String encoded(String user, String password) {
    String pair = user + ":" + password;
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the OAuth client, if these are its credentials. */
  Optional<Machine> machine() {
    return Optional.ofNullable(machine);
  }

  /** Returns the value of the {@code Authorization} header, if it is always the same. */
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
