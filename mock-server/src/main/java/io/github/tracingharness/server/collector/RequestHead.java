package io.github.tracingharness.server.collector;

import io.github.tracingharness.server.Header;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Request line and header lines.
 *
 * @param minorVersion 0 or 1 for HTTP/1.0 or HTTP/1.1
 */
record RequestHead(String method, String target, int minorVersion, List<Header> headers) {

  RequestHead {
    headers = List.copyOf(headers);
  }

  Optional<String> header(String name) {
    return Header.first(headers, name);
  }

  boolean has(String name, String token) {
    return header(name).map(v -> v.toLowerCase(Locale.ROOT).contains(token)).orElse(false);
  }

  BodyFraming framing() {
    if (has("Transfer-Encoding", "chunked")) {
      return BodyFraming.CHUNKED;
    }
    return header("Content-Length").isPresent() ? BodyFraming.CONTENT_LENGTH : BodyFraming.NONE;
  }

  boolean keepsAlive() {
    return minorVersion == 1 ? !has("Connection", "close") : has("Connection", "keep-alive");
  }

  boolean isJson() {
    return has("Content-Type", "json");
  }

  boolean acceptsGzip() {
    return has("Accept-Encoding", "gzip");
  }
}
