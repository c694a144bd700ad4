package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Statements about the keys of attributes as they were sent, repeated ones included. */
public final class AttributeKeys {

  private AttributeKeys() {}

  /** No collection of attributes of spans and their events and links has a key twice. */
  public static Check unique() {
    return history -> {
      String expected = "each key once in every collection of attributes";
      int collections = 0;
      for (Exchange e : history.exchanges(Endpoints.OTLP_TRACES)) {
        for (List<String> keys : collections(e)) {
          collections++;
          Set<String> seen = new HashSet<>();
          Optional<String> twice = keys.stream().filter(k -> !seen.add(k)).findFirst();
          if (twice.isPresent()) {
            return Finding.unmet(
                expected, "%s more than once in %s".formatted(twice.get(), keys), Finding.line(e));
          }
        }
      }
      return collections == 0
          ? Finding.unmet(expected, "no attribute at all", Finding.requests(history))
          : CheckResult.met("%d collections without a repeated key".formatted(collections));
    };
  }

  private static List<List<String>> collections(Exchange e) {
    byte[] body = body(e);
    String type = e.header("Content-Type");
    List<List<String>> collections = new ArrayList<>();
    if (type != null && type.contains("json")) {
      addJson(
          collections,
          Json.strict(new String(body, StandardCharsets.UTF_8)).orElse(MissingNode.getInstance()));
      return collections;
    }
    try {
      for (byte[] resource : ProtoWire.fields(body, 1)) {
        for (byte[] scope : ProtoWire.fields(resource, 2)) {
          ProtoWire.fields(scope, 2).forEach(span -> addSpan(collections, span));
        }
      }
    } catch (IllegalArgumentException malformed) {
      // Another check says that a body cannot be decoded.
      return List.of();
    }
    return collections;
  }

  private static void addSpan(List<List<String>> collections, byte[] span) {
    add(collections, ProtoWire.fields(span, 9));
    ProtoWire.fields(span, 11).forEach(event -> add(collections, ProtoWire.fields(event, 3)));
    ProtoWire.fields(span, 13).forEach(link -> add(collections, ProtoWire.fields(link, 4)));
  }

  private static void add(List<List<String>> collections, List<byte[]> pairs) {
    List<String> keys = new ArrayList<>();
    for (byte[] pair : pairs) {
      ProtoWire.fields(pair, 1).forEach(key -> keys.add(new String(key, StandardCharsets.UTF_8)));
    }
    if (!keys.isEmpty()) {
      collections.add(keys);
    }
  }

  private static void addJson(List<List<String>> collections, JsonNode json) {
    List<String> keys = new ArrayList<>();
    json.path("attributes").forEach(pair -> keys.add(pair.path("key").asText()));
    if (!keys.isEmpty()) {
      collections.add(keys);
    }
    json.forEach(child -> addJson(collections, child));
  }

  /** Returns the body of a request without its compression. */
  static byte[] body(Exchange e) {
    byte[] body = e.body().bytes();
    if (!"gzip".equalsIgnoreCase(e.header("Content-Encoding"))) {
      return body;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readAllBytes();
    } catch (IOException damaged) {
      return new byte[0];
    }
  }
}
