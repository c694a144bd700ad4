package io.github.tracingharness.junit;

import io.github.tracingharness.server.container.MlflowServerContainer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.testcontainers.DockerClientFactory;

/**
 * A real MLflow server in a container, held by JUnit's root store and stopped with it. It is
 * started when the first test asks for it, which may take minutes; the others wait. If it does not
 * start, it is not tried again.
 */
@SuppressWarnings("deprecation") // JUnit before 5.13 closes CloseableResource only.
final class ServerContainer implements CloseableResource, AutoCloseable {

  private static final System.Logger logger = System.getLogger(ServerContainer.class.getName());

  private final String image;
  private Runnable stop = () -> {};
  private @Nullable RealServer server;
  private @Nullable ExtensionConfigurationException failure;

  /**
   * Names the image.
   *
   * @param image an image that has MLflow, or nothing for the default one
   */
  ServerContainer(String image) {
    this.image = image;
  }

  /**
   * Returns the server when it is ready.
   *
   * @throws ExtensionConfigurationException if it cannot be started
   */
  synchronized RealServer server() {
    if (failure != null) {
      throw failure;
    }
    RealServer started = server;
    if (started == null) {
      try {
        started = start();
        server = started;
      } catch (ExtensionConfigurationException e) {
        failure = e;
        throw e;
      }
    }
    return started;
  }

  private RealServer start() {
    // The dependency is optional, and nothing else of this module needs it.
    if (!isThere("org.testcontainers.containers.GenericContainer")) {
      throw new ExtensionConfigurationException(TracingHarness.TRACKING_URI
          + " asks for a server in a container, but Testcontainers is not on the class path: add"
          + " org.testcontainers:testcontainers 2.x to the test dependencies.");
    }
    return Testcontainers.start(this);
  }

  private static boolean isThere(String type) {
    try {
      Class.forName(type, false, ServerContainer.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException missing) {
      return false;
    }
  }

  @Override
  public synchronized void close() {
    stop.run();
  }

  /** What cannot be loaded without Testcontainers. */
  private static final class Testcontainers {

    private static RealServer start(ServerContainer owner) {
      if (!DockerClientFactory.instance().isDockerAvailable()) {
        throw new ExtensionConfigurationException(TracingHarness.TRACKING_URI
            + " asks for a server in a container, but Testcontainers finds no Docker here: start"
            + " Docker, name its address in DOCKER_HOST, or give the URL of a server instead.");
      }
      MlflowServerContainer container = owner.image.isEmpty()
          ? new MlflowServerContainer()
          : new MlflowServerContainer(owner.image);
      String image = container.getDockerImageName();
      logger.log(
          System.Logger.Level.INFO,
          "Starting MLflow in a container of {0}; this takes from 8 seconds to minutes",
          image);
      try {
        container.start();
      } catch (RuntimeException e) {
        container.stop();
        throw new ExtensionConfigurationException(
            TracingHarness.TRACKING_URI
                + " asks for a server in a container, but none of the image " + image + " starts: "
                + rootCause(e),
            e);
      }
      owner.stop = container::stop;
      return new RealServer(container.trackingUri().toString(), Map.of());
    }

    private static String rootCause(Throwable failure) {
      Throwable cause = failure;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return String.valueOf(cause.getMessage());
    }
  }
}
