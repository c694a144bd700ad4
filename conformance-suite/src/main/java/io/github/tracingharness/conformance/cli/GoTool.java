package io.github.tracingharness.conformance.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A program of Go, with the modules of {@code go.sum}. */
final class GoTool implements SetupTool {

  @Override
  public SetupProgram program() {
    return new SetupProgram(
        "Go", "GO", List.of("go"), List.of("version"), Pattern.compile("go(\\d+)\\.(\\d+)"));
  }

  @Override
  public List<String> inputs() {
    return List.of("go.mod", "go.sum");
  }

  @Override
  public String work() {
    return "modules and a build";
  }

  @Override
  public List<List<String>> steps(String program, Path folder, Path directory) {
    return List.of(List.of(
        program,
        "build",
        "-C",
        folder.toString(),
        "-mod=readonly",
        "-trimpath",
        "-o",
        tool(program, directory),
        "."));
  }

  @Override
  public String tool(String program, Path directory) {
    return directory.resolve("driver").toString();
  }
}
