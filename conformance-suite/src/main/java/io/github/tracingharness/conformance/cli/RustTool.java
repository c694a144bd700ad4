package io.github.tracingharness.conformance.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A program of Rust named {@code driver}, with the crates of {@code Cargo.lock}. */
final class RustTool implements SetupTool {

  @Override
  public SetupProgram program() {
    return new SetupProgram(
        "Rust",
        "CARGO",
        List.of("cargo"),
        List.of("--version"),
        Pattern.compile("cargo (\\d+)\\.(\\d+)"));
  }

  @Override
  public List<String> inputs() {
    return List.of("Cargo.toml", "Cargo.lock");
  }

  @Override
  public String work() {
    return "crates and a build, some minutes";
  }

  @Override
  public boolean isIncremental() {
    return true;
  }

  @Override
  public List<List<String>> steps(String program, Path folder, Path directory) {
    return List.of(List.of(
        program,
        "build",
        "--release",
        "--locked",
        "--quiet",
        "--manifest-path",
        folder.resolve("Cargo.toml").toString(),
        "--target-dir",
        directory.toString()));
  }

  @Override
  public String tool(String program, Path directory) {
    return directory.resolve("release").resolve("driver").toString();
  }
}
