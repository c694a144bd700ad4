package io.github.tracingharness.conformance.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The packages of {@code package-lock.json}, by npm. */
final class NodeTool implements SetupTool {

  @Override
  public SetupProgram program() {
    return new SetupProgram(
        "Node.js",
        "NODE",
        List.of("node"),
        List.of("--version"),
        Pattern.compile("v(\\d+)\\.(\\d+)"));
  }

  @Override
  public List<String> inputs() {
    return List.of("package.json", "package-lock.json");
  }

  @Override
  public String work() {
    return "packages of npm";
  }

  @Override
  public void begin(Path folder, Path directory) throws IOException {
    for (String input : inputs()) {
      Files.copy(folder.resolve(input), directory.resolve(input));
    }
  }

  @Override
  public List<List<String>> steps(String program, Path folder, Path directory) {
    // The npm that came with that node.
    String npm =
        program.equals("node") ? "npm" : Path.of(program).resolveSibling("npm").toString();
    return List.of(List.of(
        npm,
        "ci",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--prefix",
        directory.toString()));
  }

  @Override
  public String tool(String program, Path directory) {
    return program;
  }
}
