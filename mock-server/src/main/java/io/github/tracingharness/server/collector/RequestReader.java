package io.github.tracingharness.server.collector;

import io.github.tracingharness.server.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 requests: strict about what a request is, lenient about line ends. */
final class RequestReader {

  private static final int HEAD_LIMIT = 256 * 1024;
  private static final Pattern REQUEST_LINE =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\\S+) HTTP/1\\.([01])");
  private static final Pattern HEADER_LINE =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");
  private static final Pattern CHUNK_LINE = Pattern.compile("([0-9A-Fa-f]{1,12})[ \\t]*(;.*)?");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,15}");
  private static final int SHOWN = 60;

  private final Wire wire;
  private final long bodyLimit;
  private int headBytes;

  RequestReader(Wire wire, long bodyLimit) {
    this.wire = wire;
    this.bodyLimit = bodyLimit;
  }

  /** Reads the next head, or returns null if the client ended the connection before it. */
  @Nullable
  RequestHead head() throws IOException, BadRequestException {
    headBytes = 0;
    if (wire.peek() < 0) {
      return null;
    }
    String first = line();
    // An empty line before a request is to be ignored (RFC 9112, 2.2).
    String text = first.isEmpty() ? line() : first;
    if (text.equals("PRI * HTTP/2.0")) {
      throw BadRequestException.http2();
    }
    Matcher request = REQUEST_LINE.matcher(text);
    if (!request.matches()) {
      throw BadRequestException.malformed("no request line of HTTP/1.1: " + shown(text));
    }
    return new RequestHead(
        request.group(1), request.group(2), request.group(3).charAt(0) - '0', headers());
  }

  /** Reads the body that the head announces; it is incomplete if the client ends before it does. */
  RequestBody body(RequestHead head) throws BadRequestException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      return switch (head.framing()) {
        case NONE -> new RequestBody(new byte[0], List.of(), true);
        case CONTENT_LENGTH -> {
          boolean all = copy(length(head), bytes);
          yield new RequestBody(bytes.toByteArray(), List.of(), all);
        }
        case CHUNKED -> {
          List<Header> trailers = chunks(bytes);
          yield new RequestBody(bytes.toByteArray(), trailers, true);
        }
      };
    } catch (IOException clientLeft) {
      return new RequestBody(bytes.toByteArray(), List.of(), false);
    }
  }

  private static long length(RequestHead head) throws BadRequestException {
    String text = head.header("Content-Length").orElse("");
    if (!LENGTH.matcher(text).matches()) {
      throw BadRequestException.malformed("Content-Length is no number: " + shown(text));
    }
    return Long.parseLong(text);
  }

  private List<Header> chunks(ByteArrayOutputStream bytes) throws IOException, BadRequestException {
    while (true) {
      String text = line();
      Matcher size = CHUNK_LINE.matcher(text);
      if (!size.matches()) {
        throw BadRequestException.malformed("no size of a chunk: " + shown(text));
      }
      long length = Long.parseLong(size.group(1), 16);
      if (length == 0) {
        headBytes = 0;
        return headers();
      }
      if (!copy(length, bytes)) {
        throw new IOException("the client ended within a chunk");
      }
      if (!line().isEmpty()) {
        throw BadRequestException.malformed("a chunk is longer than its size says");
      }
      headBytes = 0;
    }
  }

  private boolean copy(long length, ByteArrayOutputStream bytes)
      throws IOException, BadRequestException {
    if (bytes.size() + length > bodyLimit) {
      throw BadRequestException.bodyTooLarge(bodyLimit);
    }
    return wire.copy(length, bytes);
  }

  private List<Header> headers() throws IOException, BadRequestException {
    List<Header> headers = new ArrayList<>();
    while (true) {
      String text = line();
      if (text.isEmpty()) {
        return headers;
      }
      Matcher header = HEADER_LINE.matcher(text);
      if (!header.matches()) {
        throw BadRequestException.malformed("no header line: " + shown(text));
      }
      headers.add(new Header(header.group(1), header.group(2)));
    }
  }

  private String line() throws IOException, BadRequestException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int next = wire.read();
      if (next < 0) {
        throw new IOException("the client ended within a line");
      }
      if (++headBytes > HEAD_LIMIT) {
        throw BadRequestException.headTooLarge(HEAD_LIMIT);
      }
      if (next == '\n') {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(next);
    }
  }

  /** Bytes for people: what is no printable ASCII as hex. */
  private static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars()
        .limit(SHOWN)
        .forEach(c ->
            shown.append(c >= ' ' && c < 0x7f ? String.valueOf((char) c) : "\\x%02x".formatted(c)));
    return shown.append(text.length() > SHOWN ? "…" : "").toString();
  }
}
