package io.github.tracingharness.conformance.selftest.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.TrustManager;

/** What requests look like, and what answers mean. Mutants override single methods. */
class WireRules {

  /** Requests above this size are not made; before compression. */
  static final int REQUEST_LIMIT = 64 * 1024 * 1024;

  /** Answers are read up to this size; after decompression. */
  static final int RESPONSE_LIMIT = 4 * 1024 * 1024;

  /** Spans go by POST. */
  String method() {
    return "POST";
  }

  /** The Content-Type is that of the body. */
  String contentType(boolean json) {
    return json ? "application/json" : "application/x-protobuf";
  }

  /** Who it is, in the form of RFC 9110. */
  String userAgent() {
    return "OTel-OTLP-Exporter-Java/1.0-model";
  }

  /** The body before compression. */
  byte[] encode(Message request, boolean json) {
    try {
      return json ? json().encode(request) : request.toByteArray();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How messages become JSON. */
  JsonMapping json() {
    return new JsonMapping();
  }

  /** Says whether a request of this size may be made. */
  boolean mayBeSent(int bytes) {
    return bytes <= REQUEST_LIMIT;
  }

  /** No request is made for no spans. */
  boolean isWorthARequest(int spans) {
    return spans > 0;
  }

  /** The body as it is sent. */
  byte[] compressed(byte[] body, boolean gzip) {
    if (!gzip) {
      return body;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The head's lines besides Host and Content-Length, the same for each attempt. */
  List<String> headerLines(Settings settings) {
    List<String> lines = new ArrayList<>();
    lines.add("Content-Type: " + contentType(settings.json()));
    if (settings.gzip()) {
      lines.add("Content-Encoding: gzip");
    }
    lines.add("Accept-Encoding: gzip");
    Map<String, String> configured = settings.headers();
    if (!configured.containsKey("User-Agent")) {
      lines.add("User-Agent: " + userAgent());
    }
    configured.forEach((name, value) -> {
      if (!name.equalsIgnoreCase("Accept-Encoding")) {
        lines.add(name + ": " + value);
      }
    });
    return lines;
  }

  /** The answer says that the spans were taken. */
  boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }

  /** Where a redirect leads, if it is followed at all: a POST must not become a GET. */
  boolean followsRedirects() {
    return false;
  }

  /** Answers are read up to a limit. */
  long responseLimit() {
    return RESPONSE_LIMIT;
  }

  /** Compressed answers are understood, since they were asked for. */
  boolean decompresses() {
    return true;
  }

  /** Connections are used again, unless the server closed them meanwhile. */
  boolean keepsConnections() {
    return true;
  }

  /** Looks whether a connection that was idle is still good. */
  boolean looksBeforeReuse() {
    return true;
  }

  /** What an answer to a request that was taken means for the caller. */
  enum Meaning {
    ACCEPTED,
    FAILED,
    SENT_AGAIN
  }

  /** What a server rejected of a request that it took is told; nothing is sent again. */
  Meaning partialSuccess(long rejected, String message, Diagnostics log) {
    if (rejected > 0 || !message.isEmpty()) {
      log.warn("the collector took the spans but rejected " + rejected + ": " + message);
    }
    return Meaning.ACCEPTED;
  }

  /** A number of 64 bits in JSON may be a string or a number. */
  long rejectedSpans(JsonNode number) {
    return number.asLong();
  }

  /** An accepting answer that cannot be read is told; the spans were taken all the same. */
  Meaning unreadable(String why, Diagnostics log) {
    log.warn("the collector's answer cannot be read: " + why);
    return Meaning.ACCEPTED;
  }

  /** An answer that is no OTLP at all, such as a web page, is told. */
  Meaning foreign(String contentType, Diagnostics log) {
    log.warn("the collector's answer is no OTLP: " + contentType);
    return Meaning.ACCEPTED;
  }

  /** What is sent on a new connection before the first request: nothing. */
  String greeting() {
    return "";
  }

  /** The Host header: IPv6 in brackets, the port unless it is that of the scheme. */
  String host(Address address) {
    String name = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
    return address.port() == (address.secure() ? 443 : 80) ? name : name + ":" + address.port();
  }

  /** A connection whose end the server announced is not used again. */
  boolean heedsAnnouncedClose() {
    return true;
  }

  /** A host name that the certificate does not have is refused. */
  boolean checksHostName() {
    return true;
  }

  /** Who decides about certificates, if not the authorities of the settings or the machine. */
  Optional<TrustManager> trust() {
    return Optional.empty();
  }
}
