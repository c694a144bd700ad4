package io.github.tracingharness.conformance.cli;

import io.github.tracingharness.conformance.driver.Container;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The part {@code container} of a {@code subject.yaml}: the driver runs in a container.
 *
 * @param image an image that is there or can be pulled; null where one is built
 * @param build folder with a Dockerfile, relative to the file; null where there is an image
 * @param network network of the container; {@code host} when null, so that the suite's server is
 *     reached at 127.0.0.1
 * @param options further options of {@code docker run}, with the names in braces of a command; may
 *     be null
 */
record ContainerPart(
    @Nullable String image,
    @Nullable String build,
    @Nullable String network,
    @Nullable List<String> options) {

  /**
   * Returns the container, with its image built where it is to be.
   *
   * @throws UsageException if there is no image, or it cannot be built
   */
  Container prepare(String subject, Path folder, UnaryOperator<String> fill, PrintStream progress) {
    if ((image == null) == (build == null)) {
      throw new UsageException(
          "%s/subject.yaml: container needs either image or build".formatted(subject));
    }
    String ready = image != null ? image : build(subject, folder.resolve(build), progress);
    return new Container(
        ready,
        network == null ? "host" : network,
        options == null ? List.of() : options.stream().map(fill).toList());
  }

  private static String build(String subject, Path context, PrintStream progress) {
    progress.printf("Building the image of %s …%n", subject);
    try {
      Process process = new ProcessBuilder("docker", "build", "--quiet", context.toString())
          .redirectErrorStream(true)
          .start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new UsageException(
            "the image of %s cannot be built: %s".formatted(subject, lastLine(output)));
      }
      return lastLine(output);
    } catch (IOException e) {
      throw new UsageException(
          "%s runs in a container, but docker cannot be started: %s"
              .formatted(subject, e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UsageException("the build of %s was interrupted".formatted(subject), e);
    }
  }

  private static String lastLine(String output) {
    return output.substring(output.lastIndexOf('\n') + 1);
  }
}
