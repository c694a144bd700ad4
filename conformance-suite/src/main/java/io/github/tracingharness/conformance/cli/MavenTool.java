package io.github.tracingharness.conformance.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Jars of a Maven project, by the wrapper of this project; its POM puts all of them into one
 * directory.
 */
final class MavenTool implements SetupTool {

  private final Path home;

  MavenTool(Path home) {
    this.home = home;
  }

  @Override
  public SetupProgram program() {
    return new SetupProgram(
        "Java",
        "HARNESS_JAVA",
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
        List.of("-version"),
        Pattern.compile("version \"(\\d+)(?:\\.(\\d+))?"));
  }

  @Override
  public List<String> inputs() {
    return List.of("pom.xml");
  }

  @Override
  public String work() {
    return "jars of Maven and a build";
  }

  @Override
  public List<List<String>> steps(String program, Path folder, Path directory) {
    String wrapper = File.separatorChar == '\\' ? "mvnw.cmd" : "mvnw";
    return List.of(List.of(
        home.resolve(wrapper).toString(),
        "-B",
        "-q",
        "-ntp",
        "-f",
        folder.resolve("pom.xml").toString(),
        "-DbuildDirectory=" + directory,
        "package"));
  }

  @Override
  public String tool(String program, Path directory) {
    return program;
  }
}
