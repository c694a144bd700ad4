package io.github.tracingharness.server;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What is said of a Databricks workspace that a space plays.
 *
 * <p>By default uploads go to signed addresses in the manner of Amazon S3 that live an hour, and
 * API calls are taken without regard to their credentials. Once a token or a client is demanded,
 * each API call must carry that token, or one that {@code POST /oidc/v1/token} gave: without
 * credentials it is answered 401, with a wrong token 403.
 *
 * @param uploadCredentials what kind of address trace data are uploaded to
 * @param linkLifetime how long such an address can be used; zero: it is too old when it is given
 * @param token the bearer token that is demanded, or empty
 * @param client the OAuth client that is demanded, or empty
 * @param tokenLifetime how long a token for an OAuth client is taken, in whole seconds
 * @param workspaceId the id that the workspace tells its clients, which then send it along as
 *     {@code x-databricks-org-id}, or empty
 * @since 0.1.0
 */
public record DatabricksProfile(
    UploadCredentials uploadCredentials,
    Duration linkLifetime,
    Optional<String> token,
    Optional<OAuthClient> client,
    Duration tokenLifetime,
    Optional<String> workspaceId) {

  /** How long signed addresses and tokens live by default. */
  public static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);

  /** Whose signed addresses a workspace hands out for uploads. */
  public enum UploadCredentials {
    /** Amazon S3: one PUT with the headers that were given. */
    AWS_PRESIGNED_URL,
    /** Azure Blob Storage: blocks, then the list of blocks. */
    AZURE_SAS_URI,
    /** Google Cloud Storage: one PUT. */
    GCP_SIGNED_URL
  }

  /**
   * A service principal.
   *
   * @param id its client id
   * @param secret its secret
   */
  public record OAuthClient(String id, String secret) {

    /** Refuses null. */
    public OAuthClient {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(secret, "secret");
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
      return "OAuthClient[id=" + id + "]";
    }
  }

  /** Refuses null and negative lifetimes. */
  public DatabricksProfile {
    Objects.requireNonNull(uploadCredentials, "uploadCredentials");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(client, "client");
    Objects.requireNonNull(workspaceId, "workspaceId");
    requireLifetime("linkLifetime", linkLifetime);
    requireLifetime("tokenLifetime", tokenLifetime);
  }

  /**
   * A workspace with the default settings.
   *
   * @return the default
   */
  public static DatabricksProfile standard() {
    return new DatabricksProfile(
        UploadCredentials.AWS_PRESIGNED_URL,
        DEFAULT_LIFETIME,
        Optional.empty(),
        Optional.empty(),
        DEFAULT_LIFETIME,
        Optional.empty());
  }

  /**
   * The same workspace with other addresses for uploads.
   *
   * @param other the kind
   * @return the new profile
   */
  public DatabricksProfile withUploadCredentials(UploadCredentials other) {
    return new DatabricksProfile(other, linkLifetime, token, client, tokenLifetime, workspaceId);
  }

  /**
   * The same workspace with addresses that live longer or shorter.
   *
   * @param other how long, from zero
   * @return the new profile
   */
  public DatabricksProfile withLinkLifetime(Duration other) {
    return new DatabricksProfile(
        uploadCredentials, other, token, client, tokenLifetime, workspaceId);
  }

  /**
   * The same workspace, but it asks for a bearer token.
   *
   * @param demanded the token
   * @return the new profile
   */
  public DatabricksProfile withToken(String demanded) {
    return new DatabricksProfile(
        uploadCredentials, linkLifetime, Optional.of(demanded), client, tokenLifetime, workspaceId);
  }

  /**
   * The same workspace, but it asks for tokens of an OAuth client.
   *
   * @param id the client's id
   * @param secret the client's secret
   * @return the new profile
   */
  public DatabricksProfile withClient(String id, String secret) {
    return new DatabricksProfile(
        uploadCredentials,
        linkLifetime,
        token,
        Optional.of(new OAuthClient(id, secret)),
        tokenLifetime,
        workspaceId);
  }

  /**
   * The same workspace with tokens of OAuth clients that live longer or shorter.
   *
   * @param other how long, from zero; parts of a second are cut
   * @return the new profile
   */
  public DatabricksProfile withTokenLifetime(Duration other) {
    return new DatabricksProfile(
        uploadCredentials, linkLifetime, token, client, other, workspaceId);
  }

  /**
   * The same workspace, but it tells its clients an id.
   *
   * @param id the id, a decimal number
   * @return the new profile
   */
  public DatabricksProfile withWorkspaceId(String id) {
    return new DatabricksProfile(
        uploadCredentials, linkLifetime, token, client, tokenLifetime, Optional.of(id));
  }

  /** Leaves token and secret out. */
  @Override
  public String toString() {
    return "DatabricksProfile[uploadCredentials=" + uploadCredentials
        + ", linkLifetime=" + linkLifetime
        + ", token=" + (token.isPresent() ? "demanded" : "not demanded")
        + ", client=" + client.map(OAuthClient::toString).orElse("not demanded")
        + ", tokenLifetime=" + tokenLifetime
        + ", workspaceId=" + workspaceId.orElse("not told") + "]";
  }

  private static void requireLifetime(String name, Duration lifetime) {
    if (lifetime.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, but is " + lifetime);
    }
  }
}
