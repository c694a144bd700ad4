package io.github.tracingharness.conformance.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A virtual environment with the packages of a requirements file. */
final class PythonTool implements SetupTool {

  private final String requirements;

  PythonTool(String requirements) {
    this.requirements = requirements;
  }

  @Override
  public SetupProgram program() {
    return new SetupProgram(
        "Python",
        "PYTHON",
        List.of("python3", "python"),
        List.of("--version"),
        Pattern.compile("Python (\\d+)\\.(\\d+)"));
  }

  @Override
  public List<String> inputs() {
    return List.of(requirements);
  }

  @Override
  public String work() {
    return "virtual environment and packages";
  }

  @Override
  public List<List<String>> steps(String program, Path folder, Path directory) {
    return List.of(
        List.of(program, "-m", "venv", "--clear", directory.toString()),
        List.of(
            tool(program, directory),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
            folder.resolve(requirements).toString()));
  }

  @Override
  public String tool(String program, Path directory) {
    return directory.resolve("bin").resolve("python").toString();
  }
}
