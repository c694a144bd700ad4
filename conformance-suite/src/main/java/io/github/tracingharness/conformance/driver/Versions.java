package io.github.tracingharness.conformance.driver;

import org.jspecify.annotations.Nullable;

/** The version of the suite. */
public final class Versions {

  private Versions() {}

  /** Returns the version of the suite's jar, or {@code dev} when it runs from class files. */
  public static String suite() {
    @Nullable String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
