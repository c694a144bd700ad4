package io.github.tracingharness.conformance.selftest.otlp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Reads an answer, up to a limit before and after decompression. */
final class AnswerReader {

  private static final int HEAD_LIMIT = 64 * 1024;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");

  private final InputStream in;
  private final WireRules rules;
  private int headBytes;
  private boolean reusable = true;

  AnswerReader(InputStream in, WireRules rules) {
    this.in = in;
    this.rules = rules;
  }

  /** Says whether another request may follow on the connection. */
  boolean isReusable() {
    return reusable;
  }

  HttpAnswer read() throws IOException {
    int status;
    Map<String, String> headers;
    do {
      Matcher line = STATUS.matcher(line());
      if (!line.matches()) {
        throw new IOException("the server does not speak HTTP/1.1");
      }
      status = Integer.parseInt(line.group(1));
      headers = headers();
    } while (status < 200);
    reusable = !(rules.heedsAnnouncedClose()
        && headers.getOrDefault("Connection", "").equalsIgnoreCase("close"));
    try {
      byte[] body = status == 204 ? new byte[0] : decompressed(headers, body(headers));
      return new HttpAnswer(status, headers, body, Optional.empty());
    } catch (TooLargeException | SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      reusable = false;
      return new HttpAnswer(
          status, headers, new byte[0], Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
      }
    }
    return headers;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended within an answer");
      }
      if (++headBytes > HEAD_LIMIT) {
        throw new TooLargeException("the head of an answer is too large");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String length = headers.get("Content-Length");
    if (headers
        .getOrDefault("Transfer-Encoding", "")
        .toLowerCase(Locale.ROOT)
        .contains("chunked")) {
      for (long size = chunk(); size > 0; size = chunk()) {
        copy(size, body);
        line();
      }
      headers();
    } else if (length != null) {
      copy(Long.parseLong(length), body);
    } else {
      reusable = false;
      copyToEnd(in, body);
    }
    return body.toByteArray();
  }

  private long chunk() throws IOException {
    headBytes = 0;
    return Long.parseLong(line().replaceAll("[ \\t]*(;.*)?$", ""), 16);
  }

  private void copy(long length, ByteArrayOutputStream to) throws IOException {
    if (to.size() + length > rules.responseLimit()) {
      throw new TooLargeException("the body of the answer is larger than the limit");
    }
    byte[] bytes = in.readNBytes((int) length);
    to.writeBytes(bytes);
    if (bytes.length < length) {
      throw new EOFException("the connection ended within the body of an answer");
    }
  }

  private void copyToEnd(InputStream from, ByteArrayOutputStream to) throws IOException {
    byte[] block = new byte[8192];
    for (int count = from.read(block); count >= 0; count = from.read(block)) {
      if (to.size() + count > rules.responseLimit()) {
        throw new TooLargeException("the body of the answer is larger than the limit");
      }
      to.write(block, 0, count);
    }
  }

  private byte[] decompressed(Map<String, String> headers, byte[] body) throws IOException {
    if (!rules.decompresses()
        || !headers.getOrDefault("Content-Encoding", "").equalsIgnoreCase("gzip")) {
      return body;
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      copyToEnd(gzip, plain);
    }
    return plain.toByteArray();
  }
}
