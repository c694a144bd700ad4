package io.github.tracingharness.server.container;

import java.net.URI;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A real MLflow server in a container, with a database and files of its own that go with it. It
 * takes from 8 seconds to minutes to start.
 *
 * @since 0.1.0
 */
public class MlflowServerContainer extends GenericContainer<MlflowServerContainer> {

  /** The image that is used unless another one is named: the version that this project follows. */
  public static final String DEFAULT_IMAGE = "ghcr.io/mlflow/mlflow:v3.17.2";

  private static final int PORT = 5000;
  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  /** A container of the image {@value #DEFAULT_IMAGE}. */
  public MlflowServerContainer() {
    this(DEFAULT_IMAGE);
  }

  /**
   * A container of an image that has the command {@code mlflow}.
   *
   * @param image the name of the image
   */
  public MlflowServerContainer(String image) {
    super(DockerImageName.parse(image));
    addExposedPort(PORT);
    setCommandParts(new String[] {
      "mlflow",
      "server",
      "--host",
      "0.0.0.0",
      "--port",
      Integer.toString(PORT),
      "--workers",
      "1",
      "--allowed-hosts",
      "*",
      "--backend-store-uri",
      "sqlite:////tmp/mlflow.db",
      "--artifacts-destination",
      "/tmp/mlflow-artifacts"
    });
    addEnv("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
    waitingFor(
        Wait.forHttp("/health").forPort(PORT).forStatusCode(200).withStartupTimeout(START_LIMIT));
  }

  /**
   * Where the server is for clients outside of the container's network.
   *
   * @return the tracking URI
   */
  public URI trackingUri() {
    return URI.create("http://" + getHost() + ":" + getMappedPort(PORT));
  }
}
