package io.github.tracingharness.server.container;

import java.net.URI;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * The fake tracking server in a container, of an image that {@code mock-server/Dockerfile} makes.
 * Its admin interface below {@code /__harness} sets faults and shows calls. A fake in the test's
 * own JVM, {@link io.github.tracingharness.server.FakeTrackingServer}, starts faster and shows
 * more.
 *
 * @since 0.1.0
 */
public class FakeTrackingServerContainer extends GenericContainer<FakeTrackingServerContainer> {

  private static final int PORT = 5000;

  /**
   * A container of an image.
   *
   * @param image the name of the image
   */
  public FakeTrackingServerContainer(String image) {
    super(DockerImageName.parse(image));
    addExposedPort(PORT);
    waitingFor(Wait.forHttp("/health").forPort(PORT).forStatusCode(200));
  }

  /**
   * Gives options of {@code harness serve}, in place of those given before. Other containers call
   * the server by a name of the network, which it refuses like the real one unless
   * {@code --allowed-hosts} permits it.
   *
   * @param options the options, such as {@code --basic-auth}, {@code ann:secret}
   * @return this container
   */
  public FakeTrackingServerContainer withServeOptions(String... options) {
    setCommandParts(List.of(options).toArray(String[]::new));
    return this;
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
