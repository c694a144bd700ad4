package io.github.tracingharness.core.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Answer to one HTTP request. The body is not copied.
 *
 * @param status status code
 * @param headers values by name
 * @param body body; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record HttpAnswer(int status, Map<String, List<String>> headers, byte[] body) {

  /** Copies the headers. */
  public HttpAnswer {
    Objects.requireNonNull(body, "body");
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Returns the first value of a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return headers.entrySet().stream()
        .filter(
            entry -> entry.getKey().equalsIgnoreCase(name) && !entry.getValue().isEmpty())
        .map(entry -> entry.getValue().get(0))
        .findFirst();
  }

  /** Returns this answer with another status. */
  public HttpAnswer withStatus(int other) {
    return new HttpAnswer(other, headers, body);
  }

  /** Returns this answer with another body. */
  public HttpAnswer withBody(byte[] other) {
    return new HttpAnswer(status, headers, other);
  }

  /** Names status and size; the body is left out. */
  @Override
  public String toString() {
    return "HTTP " + status + ", " + body.length + " bytes";
  }
}
