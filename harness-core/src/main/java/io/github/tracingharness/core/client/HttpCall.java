package io.github.tracingharness.core.client;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One HTTP request. The body is not copied: who made the call must not change it.
 *
 * @param method method in upper case
 * @param uri absolute URI
 * @param headers headers in the order of sending; a name may occur more than once
 * @param body body; empty for none
 * @param timeout limit from sending to the last byte of the answer
 */
@SuppressWarnings(
    "ArrayRecordComponent") // Never compared; a copy per attempt would double the memory of large
// traces.
public record HttpCall(
    String method,
    URI uri,
    List<Map.Entry<String, String>> headers,
    byte[] body,
    Duration timeout) {

  /** Copies the headers. */
  public HttpCall {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(timeout, "timeout");
    headers = List.copyOf(headers);
  }

  /** Returns the first value of a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(h -> h.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Returns this call with another method. */
  public HttpCall withMethod(String other) {
    return new HttpCall(other, uri, headers, body, timeout);
  }

  /** Returns this call to another URI. */
  public HttpCall withUri(URI other) {
    return new HttpCall(method, other, headers, body, timeout);
  }

  /** Returns this call with another body. */
  public HttpCall withBody(byte[] other) {
    return new HttpCall(method, uri, headers, other, timeout);
  }

  /** Returns this call with another time limit. */
  public HttpCall withTimeout(Duration other) {
    return new HttpCall(method, uri, headers, body, other);
  }

  /** Returns this call with a header that replaces all headers of that name. */
  public HttpCall withHeader(String name, String value) {
    List<Map.Entry<String, String>> changed = without(name);
    changed.add(Map.entry(name, value));
    return new HttpCall(method, uri, changed, body, timeout);
  }

  /** Returns this call without the headers of a name. */
  public HttpCall withoutHeader(String name) {
    return new HttpCall(method, uri, without(name), body, timeout);
  }

  private List<Map.Entry<String, String>> without(String name) {
    List<Map.Entry<String, String>> kept = new ArrayList<>(headers.size() + 1);
    for (Map.Entry<String, String> header : headers) {
      if (!header.getKey().equalsIgnoreCase(name)) {
        kept.add(header);
      }
    }
    return kept;
  }

  /** Returns the text of a URI without its query, which may hold a signature. */
  static String shown(URI uri) {
    String text = uri.toString();
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query) + "?...";
  }

  /** Names the call; credentials, query and body are left out. */
  @Override
  public String toString() {
    List<String> shown = headers.stream()
        .map(h -> h.getKey() + ": " + (isSecret(h.getKey()) ? "***" : h.getValue()))
        .toList();
    return method + " " + shown(uri) + " " + shown + " " + body.length + " bytes";
  }

  private static boolean isSecret(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "authorization", "cookie", "proxy-authorization" -> true;
      default -> false;
    };
  }
}
