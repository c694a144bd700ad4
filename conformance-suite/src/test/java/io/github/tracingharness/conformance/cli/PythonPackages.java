package io.github.tracingharness.conformance.cli;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Gives tests a Python interpreter with pinned packages. */
public final class PythonPackages {

  private PythonPackages() {}

  /**
   * Returns the interpreter of a virtual environment below {@code target/subjects}, made where it
   * is missing. Skips the calling test where there is no Python, or the packages cannot be had.
   */
  public static Path assumeInstalled(String name, Path requirements) {
    Path directory = Path.of("..", "target", "subjects", name).toAbsolutePath().normalize();
    try {
      String interpreter = new SubjectSetup(System.getenv(), System.out)
          .prepare(
              name,
              new PythonTool(requirements.getFileName().toString()),
              ">=3.10",
              requirements.getParent(),
              List.of(),
              directory);
      return Path.of(interpreter);
    } catch (UsageException e) {
      return Assumptions.abort(e.getMessage());
    }
  }
}
