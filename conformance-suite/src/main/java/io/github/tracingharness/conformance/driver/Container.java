package io.github.tracingharness.conformance.driver;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The image in which a driver runs, started by {@code docker run -i --rm}.
 *
 * @param image name or id of the image
 * @param network network of the container; with {@code host} it reaches the suite's server at
 *     127.0.0.1
 * @param options further options of {@code docker run}, such as mounts
 */
public record Container(String image, String network, List<String> options) {

  /** Keeps a copy of the options. */
  public Container {
    options = List.copyOf(options);
  }

  static String newName() {
    return "edp-" + UUID.randomUUID();
  }

  /** Returns the words that run a command in a container of that name; none: the image's own. */
  public List<String> run(String name, Map<String, String> environment, List<String> command) {
    List<String> words = new ArrayList<>(
        List.of("docker", "run", "-i", "--rm", "--name", name, "--network", network));
    environment.forEach((variable, value) -> words.addAll(List.of("-e", variable + "=" + value)));
    words.addAll(options);
    words.add(image);
    words.addAll(command);
    return words;
  }

  /** Ends a container whose client is gone: that alone would let it run on. */
  static void remove(String name) {
    try {
      new ProcessBuilder("docker", "rm", "--force", name)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(20, TimeUnit.SECONDS);
    } catch (IOException e) {
      // Without the client no container can have been started.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
