package io.github.tracingharness.core.trace;

import java.util.Objects;

/**
 * A version of a registered prompt.
 *
 * @param name name of the prompt
 * @param version version as text, for example {@code 3}
 */
public record PromptVersion(String name, String version) {

  /** Checks that both parts are there. */
  public PromptVersion {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
  }

  /** Returns the version of a prompt that has a number. */
  public static PromptVersion of(String name, int version) {
    return new PromptVersion(name, Integer.toString(version));
  }
}
