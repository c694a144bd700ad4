package io.github.tracingharness.server.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import java.util.List;
import java.util.Optional;

/** Token usage and cost: the server parses the JSON of clients and writes it anew. */
final class UsageText {

  static final List<String> TOKENS = List.of(
      "input_tokens",
      "output_tokens",
      "total_tokens",
      "cache_read_input_tokens",
      "cache_creation_input_tokens");
  static final List<String> COSTS = List.of("input_cost", "output_cost", "total_cost");

  private UsageText() {}

  /**
   * The normal form of a metadata value, or empty if the member vanishes. Other keys stay as they
   * are.
   */
  static Optional<String> normalize(String metadataKey, String value) {
    return switch (metadataKey) {
      case TraceKeys.TOKEN_USAGE ->
        Json.read(value).flatMap(UsageText::tokens).map(UsageText::text);
      case TraceKeys.COST -> Json.read(value).flatMap(UsageText::costs).map(UsageText::text);
      default -> Optional.of(value);
    };
  }

  /** Known members with whole numbers, or empty if there is none. */
  static Optional<ObjectNode> tokens(JsonNode node) {
    ObjectNode known = Json.object();
    for (String key : TOKENS) {
      wholeNumber(node.path(key)).ifPresent(number -> known.put(key, number));
    }
    return known.isEmpty() ? Optional.empty() : Optional.of(known);
  }

  /** Known members with numbers, or empty if there is none. */
  static Optional<ObjectNode> costs(JsonNode node) {
    ObjectNode known = Json.object();
    for (String key : COSTS) {
      if (node.path(key).isNumber()) {
        known.put(key, node.path(key).doubleValue());
      }
    }
    return known.isEmpty() ? Optional.empty() : Optional.of(known);
  }

  static String text(ObjectNode usage) {
    return JsonLayout.SPACED.write(usage);
  }

  private static Optional<Long> wholeNumber(JsonNode value) {
    if (value.isIntegralNumber()) {
      return Optional.of(value.longValue());
    }
    if (value.isFloatingPointNumber() && value.doubleValue() == Math.rint(value.doubleValue())) {
      return Optional.of((long) value.doubleValue());
    }
    if (value.isTextual() && value.textValue().strip().matches("[+-]?[0-9]{1,18}")) {
      return Optional.of(Long.parseLong(value.textValue().strip()));
    }
    return Optional.empty();
  }
}
