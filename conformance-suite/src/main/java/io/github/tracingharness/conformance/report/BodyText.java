package io.github.tracingharness.conformance.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.github.tracingharness.conformance.history.Header;
import io.github.tracingharness.conformance.history.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * A body as a reader can read it.
 *
 * @param form what was done to show it, such as {@code JSON} or {@code OTLP protobuf, decoded}
 * @param bytes size on the wire
 * @param text the text, possibly cut
 * @param characters length of the whole text; more than that of {@code text} when it was cut
 */
record BodyText(String form, int bytes, String text, int characters) {

  // Above this a compressed body is a bomb or at least nothing to read.
  private static final int MAX_INFLATED = 4 << 20;
  private static final int HEX_BYTES_PER_LINE = 16;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final ObjectWriter PRETTY = JSON.writer(PrettyJson.printer());

  boolean isCut() {
    return text.length() < characters;
  }

  /** Returns the body of a message with these headers in at most that many characters. */
  static BodyText of(Payload body, List<Header> headers, int limit) {
    Payload plain = body;
    String prefix = "";
    if (header(headers, "content-encoding").equals("gzip")) {
      try {
        plain = inflate(body);
        prefix = "gzip, ";
      } catch (IOException e) {
        prefix = "damaged gzip, ";
      }
    }
    String form = prefix;
    String type = header(headers, "content-type");
    if (type.startsWith("application/x-protobuf")) {
      return OtlpText.of(plain, type, "")
          .map(json -> pretty(form + "OTLP protobuf, decoded", body.size(), json, limit))
          .orElseGet(() -> hex(form + "undecodable protobuf", body, limit));
    }
    if (!plain.isText()) {
      return hex(prefix + "bytes", plain, limit);
    }
    try {
      return pretty(prefix + "JSON", body.size(), JSON.readTree(plain.text()), limit);
    } catch (JsonProcessingException e) {
      return cut(prefix + "text", body.size(), plain.text(), limit);
    }
  }

  /** Returns JSON in lines. */
  static BodyText of(JsonNode json, int limit) {
    return pretty("JSON", json.toString().length(), json, limit);
  }

  private static BodyText pretty(String form, int bytes, JsonNode json, int limit) {
    try {
      return cut(form, bytes, PRETTY.writeValueAsString(json), limit);
    } catch (JsonProcessingException e) {
      return cut(form, bytes, json.toString(), limit);
    }
  }

  private static BodyText cut(String form, int bytes, String text, int limit) {
    String shown = text.length() <= limit ? text : text.substring(0, limit);
    return new BodyText(form, bytes, shown, text.length());
  }

  private static BodyText hex(String form, Payload body, int limit) {
    byte[] bytes = body.bytes();
    StringBuilder text = new StringBuilder();
    int line = 0;
    for (; line < bytes.length && text.length() < limit; line += HEX_BYTES_PER_LINE) {
      hexLine(bytes, line, text);
    }
    int lineLength = text.length() * HEX_BYTES_PER_LINE / line;
    int full =
        line >= bytes.length ? text.length() : lineLength * bytes.length / HEX_BYTES_PER_LINE;
    return new BodyText(form + " in hexadecimal", bytes.length, text.toString(), full);
  }

  private static void hexLine(byte[] bytes, int from, StringBuilder text) {
    int to = Math.min(bytes.length, from + HEX_BYTES_PER_LINE);
    StringBuilder printable = new StringBuilder();
    text.append(String.format("%06x ", from));
    for (int i = from; i < from + HEX_BYTES_PER_LINE; i++) {
      text.append(i < to ? String.format(" %02x", bytes[i]) : "   ");
      if (i < to) {
        printable.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
      }
    }
    text.append("  ").append(printable).append('\n');
  }

  private static Payload inflate(Payload body) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body.bytes()))) {
      return Payload.of(in.readNBytes(MAX_INFLATED));
    }
  }

  private static String header(List<Header> headers, String name) {
    return headers.stream()
        .filter(h -> h.name().equalsIgnoreCase(name))
        .map(h -> h.value().strip().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse("");
  }
}
