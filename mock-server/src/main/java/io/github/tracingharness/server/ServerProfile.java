package io.github.tracingharness.server;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What kind of tracking server a space plays.
 *
 * <p>The default is MLflow {@value #DEFAULT_VERSION} with a database: it stores spans and asks for
 * no login.
 *
 * @param version the text that {@code GET /version} answers; clients choose their export path by it
 * @param spanStorage whether {@code POST /v1/traces} stores spans
 * @param login the login that every call but {@code /health} and server-info must carry, or empty
 * @param databricks what is said of a Databricks workspace, or empty for a server of MLflow's own;
 *     a workspace has neither version nor login nor {@code POST /v1/traces}
 * @param artifacts what the server does beside, or instead of, tracking
 * @param allowedHosts what the {@code Host} header may be, {@code *} for any text; if empty, as by
 *     default, names of this machine and private addresses. So a container's name is refused unless
 *     it is listed, as by the real server. A workspace does not check it
 * @param allowedOrigins from which origins pages may make changes, beside those of this machine
 * @param workspaces whether calls may name a workspace; all workspaces share what is stored
 * @since 0.1.0
 */
public record ServerProfile(
    String version,
    SpanStorage spanStorage,
    Optional<Login> login,
    Optional<DatabricksProfile> databricks,
    ArtifactService artifacts,
    List<String> allowedHosts,
    List<String> allowedOrigins,
    boolean workspaces) {

  /** The version that is played by default. */
  public static final String DEFAULT_VERSION = "3.17.2";

  /** What {@code POST /v1/traces} does. */
  public enum SpanStorage {
    /** Spans are stored, as by a server with a database. */
    SUPPORTED,
    /** Every call is answered 501, as by a server with a file store. */
    NOT_IMPLEMENTED,
    /** The route does not exist, as in MLflow before 3.4. */
    ABSENT
  }

  /**
   * A user who may log in.
   *
   * @param user the name
   * @param password the password
   */
  public record Login(String user, String password) {

    /** Refuses null. */
    public Login {
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(password, "password");
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
      return "Login[user=" + user + "]";
    }
  }

  /** What happens to files. */
  public enum ArtifactService {
    /** The server takes and gives files, as by default. */
    SERVED,
    /** It does not: {@code --no-serve-artifacts}. */
    NOT_SERVED,
    /** It does nothing else: {@code --artifacts-only}. */
    ONLY
  }

  /** Refuses null. */
  public ServerProfile {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(spanStorage, "spanStorage");
    Objects.requireNonNull(login, "login");
    Objects.requireNonNull(databricks, "databricks");
    Objects.requireNonNull(artifacts, "artifacts");
    allowedHosts = List.copyOf(allowedHosts);
    allowedOrigins = List.copyOf(allowedOrigins);
  }

  /**
   * MLflow {@value #DEFAULT_VERSION} with a database and without login.
   *
   * @return the default profile
   */
  public static ServerProfile standard() {
    return new ServerProfile(
        DEFAULT_VERSION,
        SpanStorage.SUPPORTED,
        Optional.empty(),
        Optional.empty(),
        ArtifactService.SERVED,
        List.of(),
        List.of(),
        false);
  }

  /**
   * A Databricks workspace with the default settings.
   *
   * @return {@link #standard()} with {@link DatabricksProfile#standard()}
   */
  public static ServerProfile databricksWorkspace() {
    return standard().withDatabricks(DatabricksProfile.standard());
  }

  /**
   * The same server with another version text.
   *
   * @param other the text of {@code GET /version}
   * @return the new profile
   */
  public ServerProfile withVersion(String other) {
    return new ServerProfile(
        other, spanStorage, login, databricks, artifacts, allowedHosts, allowedOrigins, workspaces);
  }

  /**
   * The same server with another span storage.
   *
   * @param other what {@code POST /v1/traces} does
   * @return the new profile
   */
  public ServerProfile withSpanStorage(SpanStorage other) {
    return new ServerProfile(
        version, other, login, databricks, artifacts, allowedHosts, allowedOrigins, workspaces);
  }

  /**
   * The same server, but it asks for HTTP Basic credentials.
   *
   * @param user the only user
   * @param password the user's password
   * @return the new profile
   */
  public ServerProfile withLogin(String user, String password) {
    return new ServerProfile(
        version,
        spanStorage,
        Optional.of(new Login(user, password)),
        databricks,
        artifacts,
        allowedHosts,
        allowedOrigins,
        workspaces);
  }

  /**
   * A Databricks workspace instead of a server of MLflow's own.
   *
   * @param workspace what is said of the workspace
   * @return the new profile
   */
  public ServerProfile withDatabricks(DatabricksProfile workspace) {
    return new ServerProfile(
        version,
        spanStorage,
        login,
        Optional.of(workspace),
        artifacts,
        allowedHosts,
        allowedOrigins,
        workspaces);
  }

  /**
   * The same server with another service of files.
   *
   * @param other what happens to files
   * @return the new profile
   */
  public ServerProfile withArtifacts(ArtifactService other) {
    return new ServerProfile(
        version, spanStorage, login, databricks, other, allowedHosts, allowedOrigins, workspaces);
  }

  /**
   * The same server under other names.
   *
   * @param patterns what the {@code Host} header may be, {@code *} for any text; empty for the
   *     default
   * @return the new profile
   */
  public ServerProfile withAllowedHosts(List<String> patterns) {
    return new ServerProfile(
        version, spanStorage, login, databricks, artifacts, patterns, allowedOrigins, workspaces);
  }

  /**
   * The same server for pages of other origins.
   *
   * @param patterns their origins, {@code *} for any text
   * @return the new profile
   */
  public ServerProfile withAllowedOrigins(List<String> patterns) {
    return new ServerProfile(
        version, spanStorage, login, databricks, artifacts, allowedHosts, patterns, workspaces);
  }

  /**
   * The same server with workspaces, as by {@code mlflow server --enable-workspaces}.
   *
   * @return the new profile
   */
  public ServerProfile withWorkspaces() {
    return new ServerProfile(
        version, spanStorage, login, databricks, artifacts, allowedHosts, allowedOrigins, true);
  }
}
