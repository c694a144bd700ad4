package io.github.tracingharness.server;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What is said of a Databricks workspace that a space plays.
 *
 * <p>By default uploads go to signed addresses in the manner of Amazon S3 that live an hour, and
 * requests are taken without regard to their credentials.
 *
 * @param uploadCredentials what kind of address trace data are uploaded to
 * @param linkLifetime how long such an address can be used; zero: it is too old when it is given
 * @param token the bearer token that every API call must carry, or empty. A token from {@code POST
 *     /oidc/v1/token} is taken as well
 * @since 0.1.0
 */
public record DatabricksProfile(
    UploadCredentials uploadCredentials, Duration linkLifetime, Optional<String> token) {

  /** How long signed addresses live by default. */
  public static final Duration DEFAULT_LINK_LIFETIME = Duration.ofHours(1);

  /** Whose signed addresses a workspace hands out for uploads. */
  public enum UploadCredentials {
    /** Amazon S3: one PUT with the headers that were given. */
    AWS_PRESIGNED_URL,
    /** Azure Blob Storage: blocks, then the list of blocks. */
    AZURE_SAS_URI,
    /** Google Cloud Storage: one PUT. */
    GCP_SIGNED_URL
  }

  /** Refuses null and negative lifetimes. */
  public DatabricksProfile {
    Objects.requireNonNull(uploadCredentials, "uploadCredentials");
    Objects.requireNonNull(token, "token");
    if (linkLifetime.isNegative()) {
      throw new IllegalArgumentException(
          "linkLifetime must not be negative, but is " + linkLifetime);
    }
  }

  /**
   * A workspace with the default settings.
   *
   * @return the default
   */
  public static DatabricksProfile standard() {
    return new DatabricksProfile(
        UploadCredentials.AWS_PRESIGNED_URL, DEFAULT_LINK_LIFETIME, Optional.empty());
  }

  /**
   * The same workspace with other addresses for uploads.
   *
   * @param other the kind
   * @return the new profile
   */
  public DatabricksProfile withUploadCredentials(UploadCredentials other) {
    return new DatabricksProfile(other, linkLifetime, token);
  }

  /**
   * The same workspace with addresses that live longer or shorter.
   *
   * @param other how long, from zero
   * @return the new profile
   */
  public DatabricksProfile withLinkLifetime(Duration other) {
    return new DatabricksProfile(uploadCredentials, other, token);
  }

  /**
   * The same workspace, but it asks for a bearer token.
   *
   * @param demanded the token
   * @return the new profile
   */
  public DatabricksProfile withToken(String demanded) {
    return new DatabricksProfile(uploadCredentials, linkLifetime, Optional.of(demanded));
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "DatabricksProfile[uploadCredentials=" + uploadCredentials + ", linkLifetime="
        + linkLifetime + ", token=" + (token.isPresent() ? "demanded" : "not demanded") + "]";
  }
}
