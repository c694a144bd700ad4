package io.github.tracingharness.server.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What well-known models cost, so that spans get a cost as on the real server. The real server
 * knows thousands of models; this is a sample of them, with the prices of MLflow 3.17.2. Spans of
 * other models get no cost.
 */
final class ModelPrices {

  private static final double MILLION = 1_000_000;

  /** Dollars for a million tokens. */
  private record Price(double input, double output, double cacheRead, double cacheWrite) {}

  private static final Map<String, Price> PRICES = Map.ofEntries(
      Map.entry("gpt-4o", plain(2.5, 10, 1.25)),
      Map.entry("gpt-4o-mini", plain(0.15, 0.6, 0.075)),
      Map.entry("gpt-4.1", plain(2, 8, 0.5)),
      Map.entry("gpt-4.1-mini", plain(0.4, 1.6, 0.1)),
      Map.entry("gpt-4.1-nano", plain(0.1, 0.4, 0.025)),
      Map.entry("gpt-5", plain(1.25, 10, 0.125)),
      Map.entry("gpt-5-mini", plain(0.25, 2, 0.025)),
      Map.entry("gpt-5-nano", plain(0.05, 0.4, 0.005)),
      Map.entry("claude-sonnet-4-5", new Price(3, 15, 0.3, 3.75)),
      Map.entry("claude-haiku-4-5", new Price(1, 5, 0.1, 1.25)),
      Map.entry("claude-opus-4-5", new Price(5, 25, 0.5, 6.25)));

  private ModelPrices() {}

  /**
   * The cost of a call.
   *
   * @param model the model's name
   * @param usage the token usage in MLflow's own words
   * @return the members of a cost, or empty if the price is not known or nothing was used
   */
  static Optional<ObjectNode> cost(@Nullable String model, JsonNode usage) {
    Price price = model == null ? null : PRICES.get(model);
    long input = usage.path("input_tokens").asLong();
    long output = usage.path("output_tokens").asLong();
    if (price == null || (input == 0 && output == 0)) {
      return Optional.empty();
    }
    long read = usage.path("cache_read_input_tokens").asLong();
    long written = usage.path("cache_creation_input_tokens").asLong();
    double inputCost = Math.max(input - read - written, 0) * (price.input() / MILLION);
    inputCost += read > 0 ? read * (price.cacheRead() / MILLION) : 0;
    inputCost += written > 0 ? written * (price.cacheWrite() / MILLION) : 0;
    double outputCost = output * (price.output() / MILLION);
    ObjectNode cost = Json.object();
    cost.put("input_cost", inputCost);
    cost.put("output_cost", outputCost);
    cost.put("total_cost", inputCost + outputCost);
    return Optional.of(cost);
  }

  private static Price plain(double input, double output, double cacheRead) {
    return new Price(input, output, cacheRead, input);
  }
}
