package io.github.tracingharness.server;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One HTTP header line, as it was received or sent.
 *
 * @param name the name in the spelling of the sender
 * @param value the value without surrounding blanks
 * @since 0.1.0
 */
public record Header(String name, String value) {

  /** Refuses null members. */
  public Header {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }

  /**
   * Finds the first header of a name, without regard to case.
   *
   * @param headers where to look
   * @param name the name to find
   * @return its value, or empty
   */
  public static Optional<String> first(List<Header> headers, String name) {
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        return Optional.of(header.value());
      }
    }
    return Optional.empty();
  }
}
