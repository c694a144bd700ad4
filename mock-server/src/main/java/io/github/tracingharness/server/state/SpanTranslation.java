package io.github.tracingharness.server.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Adds MLflow's own attributes to those of other conventions: type, inputs, outputs, usage, tools,
 * model, provider, cost. What a span has already stays as it is.
 */
final class SpanTranslation {

  private static final String TYPE = "mlflow.spanType";
  private static final String INPUTS = "mlflow.spanInputs";
  private static final String OUTPUTS = "mlflow.spanOutputs";
  private static final String REQUEST_MODEL = "gen_ai.request.model";
  private static final String MODEL = "mlflow.llm.model";

  private final Map<String, String> attributes;

  private SpanTranslation(Map<String, String> attributes) {
    this.attributes = attributes;
  }

  /** Adds what is missing; values are JSON texts. */
  static void apply(Map<String, String> attributes) {
    new SpanTranslation(attributes).apply();
  }

  private void apply() {
    type();
    put(INPUTS, first(convention -> written(convention.inputs())));
    put(OUTPUTS, first(convention -> written(convention.outputs())));
    put(SpanFacts.TOKEN_USAGE, first(this::usage).map(JsonLayout.SPACED::write));
    put("mlflow.chat.tools", first(convention -> written(convention.tools())));
    put(
        MODEL,
        first(convention -> written(convention.models()))
            .or(() -> modelIn(INPUTS).map(SpanTranslation::quoted))
            .or(() -> modelIn(OUTPUTS).map(SpanTranslation::quoted)));
    put(
        "mlflow.llm.provider",
        first(convention -> text(written(Stream.of(convention.provider()).toList())))
            .map(SpanTranslation::quoted));
    cost();
  }

  private void type() {
    String known = attributes.getOrDefault(TYPE, "null");
    if (known.equals("null") || known.equals("\"UNKNOWN\"")) {
      first(convention -> text(Optional.ofNullable(attributes.get(convention.kind())))
              .map(convention.types()::get))
          .or(() -> Optional.of("LLM").filter(llm -> attributes.containsKey(REQUEST_MODEL)))
          .ifPresent(type -> attributes.put(TYPE, quoted(type)));
    }
  }

  private Optional<ObjectNode> usage(Convention convention) {
    Optional<Long> input = number(Stream.of(convention.inputTokens()));
    Optional<Long> output = number(Stream.of(convention.outputTokens()));
    Optional<Long> total = number(convention.totalTokens().stream())
        .or(() -> input.flatMap(in -> output.map(out -> in + out)));
    if (input.isEmpty() && output.isEmpty() && total.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode usage = Json.object();
    input.ifPresent(count -> usage.put("input_tokens", count));
    output.ifPresent(count -> usage.put("output_tokens", count));
    total.ifPresent(count -> usage.put("total_tokens", count));
    number(convention.cacheRead().stream())
        .ifPresent(count -> usage.put("cache_read_input_tokens", count));
    number(convention.cacheWrite().stream())
        .ifPresent(count -> usage.put("cache_creation_input_tokens", count));
    return Optional.of(usage);
  }

  private void cost() {
    Optional<JsonNode> usage =
        Optional.ofNullable(attributes.get(SpanFacts.TOKEN_USAGE)).flatMap(Json::read);
    String model = text(Optional.ofNullable(attributes.get(MODEL))).orElse(null);
    put(
        SpanFacts.COST,
        usage.flatMap(used -> ModelPrices.cost(model, used)).map(JsonLayout.SPACED::write));
  }

  private Optional<String> modelIn(String attribute) {
    return Optional.ofNullable(attributes.get(attribute))
        .flatMap(Json::read)
        .map(value -> value.path("model"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(name -> !name.isEmpty());
  }

  private void put(String key, Optional<String> json) {
    json.ifPresent(value -> attributes.putIfAbsent(key, value));
  }

  private static <T> Optional<T> first(Function<Convention, Optional<T>> found) {
    return Convention.ALL.stream().map(found).flatMap(Optional::stream).findFirst();
  }

  /** The JSON text of the first attribute that says something. */
  private Optional<String> written(Iterable<String> keys) {
    for (String key : keys) {
      String json = attributes.get(key);
      if (json != null && Json.read(json).map(SpanTranslation::says).orElse(true)) {
        return Optional.of(json);
      }
    }
    return Optional.empty();
  }

  private static boolean says(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> !value.textValue().isEmpty();
      case NUMBER -> value.doubleValue() != 0;
      case BOOLEAN -> value.booleanValue();
      case ARRAY, OBJECT -> !value.isEmpty();
      default -> false;
    };
  }

  private Optional<Long> number(Stream<String> keys) {
    return keys.map(attributes::get)
        .flatMap(json -> Optional.ofNullable(json).flatMap(Json::read).stream())
        .findFirst()
        .flatMap(SpanTranslation::wholeNumber);
  }

  private static Optional<Long> wholeNumber(JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return Optional.of(value.longValue());
    }
    if (value.isBoolean()) {
      return Optional.of(value.booleanValue() ? 1L : 0L);
    }
    return value.isTextual() && value.textValue().strip().matches("[+-]?[0-9]{1,18}")
        ? Optional.of(Long.parseLong(value.textValue().strip()))
        : Optional.empty();
  }

  private static Optional<String> text(Optional<String> json) {
    return json.flatMap(Json::read)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(text -> !text.isEmpty());
  }

  private static String quoted(String text) {
    return JsonLayout.SPACED.write(new TextNode(text), false);
  }
}
