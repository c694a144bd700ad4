package io.github.tracingharness.conformance.cli;

import java.nio.file.Path;

/**
 * Where the project lies. The launcher says so by the system property {@code harness.home}; without
 * it, the current directory.
 */
final class Home {

  private Home() {}

  static Path directory() {
    return Path.of(System.getProperty("harness.home", "")).toAbsolutePath().normalize();
  }

  static Path subjects() {
    return directory().resolve("conformance-suite").resolve("subjects");
  }

  /** Where the last results of subjects are kept. */
  static Path results() {
    return directory().resolve("docs").resolve("results");
  }

  static Path target() {
    return directory().resolve("target");
  }
}
