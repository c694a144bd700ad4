package io.github.tracingharness.conformance.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The drivers in Python that tests use; skips the test where there is no Python. */
public final class Python {

  private Python() {}

  /** Skips the calling test unless {@code python3} can be started. */
  public static void assumePresent() {
    Assumptions.assumeTrue(Python::isPresent, "python3 cannot be started");
  }

  private static boolean isPresent() {
    try {
      return new ProcessBuilder("python3", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Returns the command that starts the misbehaving driver in a mode. */
  public static List<String> badDriver(String... mode) {
    List<String> command = new ArrayList<>(List.of("python3", "-B"));
    command.add(
        Path.of("src", "test", "drivers", "bad_driver.py").toAbsolutePath().toString());
    command.addAll(List.of(mode));
    return command;
  }
}
