package io.github.tracingharness.conformance.selftest.edit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.tracingharness.conformance.history.Header;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.Payload;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Reads bodies of requests and puts others in their place, of the same encoding. */
final class Bodies {

  private static final ObjectMapper JSON = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build();

  private Bodies() {}

  /** The object or array of a JSON body; empty when it is none. */
  static Optional<JsonNode> json(Exchange exchange) {
    String type = contentType(exchange);
    return type.contains("protobuf") || exchange.body().size() == 0
        ? Optional.empty()
        : json(Payload.of(plain(exchange)).text());
  }

  /** The object or array of a text; empty when it is none. */
  static Optional<JsonNode> json(String text) {
    if (text.isEmpty() || (text.charAt(0) != '{' && text.charAt(0) != '[')) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(text)).filter(JsonNode::isContainerNode);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The spans of a protobuf body; empty when it is none. */
  static Optional<ExportTraceServiceRequest> spans(Exchange exchange) {
    if (!contentType(exchange).contains("protobuf") || exchange.body().size() == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(ExportTraceServiceRequest.parseFrom(plain(exchange)));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  static Exchange with(Exchange exchange, JsonNode body) {
    return with(exchange, Payload.of(body.toString()).bytes());
  }

  /** Returns the request with another body, compressed as it was, and of its length. */
  static Exchange with(Exchange exchange, byte[] plain) {
    byte[] bytes = isGzip(exchange) ? gzip(plain) : plain;
    return raw(exchange, bytes);
  }

  /** Returns the request with other bytes and of their length. */
  static Exchange raw(Exchange exchange, byte[] bytes) {
    List<Header> headers = exchange.headers().stream()
        .map(h -> h.name().equalsIgnoreCase("Content-Length")
            ? new Header(h.name(), Integer.toString(bytes.length))
            : h)
        .toList();
    return RecordCopy.with(exchange, "headers", headers, "body", Payload.of(bytes));
  }

  static String contentType(Exchange exchange) {
    String type = exchange.header("Content-Type");
    return type == null ? "" : type.toLowerCase(Locale.ROOT);
  }

  private static boolean isGzip(Exchange exchange) {
    return "gzip".equals(exchange.header("Content-Encoding"));
  }

  private static byte[] plain(Exchange exchange) {
    byte[] bytes = exchange.body().bytes();
    if (!isGzip(exchange)) {
      return bytes;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
