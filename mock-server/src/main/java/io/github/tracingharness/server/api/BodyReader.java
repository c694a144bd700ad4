package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.http.Query;
import io.github.tracingharness.server.http.Request;
import io.github.tracingharness.server.state.TrackingException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the requests of the JSON API, in the one order of checks that the real server has: content
 * type, JSON, double spellings, members in order, required members, and only if the parse ended
 * early, the types of top-level members.
 */
final class BodyReader {

  private static final String SEE_DOCS =
      " See the API docs for more information about request parameters.";

  private final Schema schema;
  private final Set<String> required;
  private final Set<String> keyed;
  private final Map<String, Long> greatest;

  private BodyReader(
      Schema schema, Set<String> required, Set<String> keyed, Map<String, Long> greatest) {
    this.schema = schema;
    this.required = required;
    this.keyed = keyed;
    this.greatest = greatest;
  }

  /** Reads messages of a shape in which some top-level members must not be missing. */
  static BodyReader of(Schema schema, String... required) {
    return new BodyReader(schema, Set.of(required), Set.of(), Map.of());
  }

  /** The same, but in some lists each entry must have a key, however well the parse went. */
  BodyReader withKeyedLists(String... names) {
    return new BodyReader(schema, required, Set.of(names), greatest);
  }

  /** The same, but a number may not be greater than so much, however well the parse went. */
  BodyReader withGreatest(String name, long value) {
    return new BodyReader(schema, required, keyed, Map.of(name, value));
  }

  /** A body that crashes the real server. */
  static final class CrashException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CrashException() {
      super(null, null, false, false);
    }
  }

  Message read(Request request) {
    return check(request.method().equals("GET") ? query(request) : body(request));
  }

  private Message check(ObjectNode json) {
    Message message = new Message();
    boolean complete = MessageParser.parse(json, schema, message);
    for (Schema.Field field : schema.fields()) {
      // The real server parses both spellings, but checks the one of the protocol's files.
      JsonNode value = json.path(field.name());
      if (field.name().equals("run_id") && !json.hasNonNull("run_id")) {
        value = json.path("run_uuid");
      }
      boolean missing = value.isMissingNode()
          || value.isNull()
          || (value.isTextual() && value.textValue().isEmpty());
      boolean given = !value.isMissingNode() && !value.isNull();
      if (given && field.repeated() && !complete && !fits(field, value)) {
        throw invalidValue(field.name(), value);
      }
      if (missing && required.contains(field.name())) {
        throw missing(field.name());
      }
      boolean keyless = keyed.contains(field.name()) && !hasKeys(value);
      boolean tooGreat = ProtoTexts.integer(value)
          .filter(number -> number > greatest.getOrDefault(field.name(), Long.MAX_VALUE))
          .isPresent();
      if (given && (keyless || tooGreat || (!complete && !fits(field, value)))) {
        throw invalidValue(field.name(), value);
      }
    }
    return message;
  }

  static TrackingException missing(String parameter) {
    return TrackingException.invalid(
        "Missing value for required parameter '" + parameter + "'." + SEE_DOCS);
  }

  static TrackingException invalidValue(String parameter, JsonNode value) {
    return TrackingException.invalid("Invalid value "
        + JsonLayout.COMPACT.write(value)
        + " for parameter '"
        + parameter
        + "' supplied:  Hint: Value was of type '"
        + pythonType(value)
        + "'."
        + SEE_DOCS);
  }

  private static ObjectNode body(Request request) {
    if (request.method().equals("POST") || request.method().equals("PUT")) {
      requireJsonType(request);
    }
    JsonNode json = Json.read(request.body()).orElseGet(Json::object);
    if (json.isTextual()) {
      // A text that holds JSON is decoded once more; the real server crashes on one that does not.
      json = Json.read(json.textValue()).orElseThrow(CrashException::new);
    }
    if (json.isNull()) {
      return Json.object();
    }
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw new CrashException();
  }

  private static void requireJsonType(Request request) {
    String type = request
        .header("Content-Type")
        .orElseThrow(
            () -> TrackingException.invalid("Bad Request. Content-Type header is missing."))
        .split(";", -1)[0]
        .strip();
    if (!type.equals("application/json")) {
      throw TrackingException.invalid(
          "Bad Request. Content-Type must be one of ['application/json'].");
    }
  }

  private ObjectNode query(Request request) {
    Query query = request.parameters();
    ObjectNode json = Json.object();
    for (Schema.Field field : schema.fields()) {
      if (query.first(field.name()).isPresent()) {
        String first = query.first(field.name()).get();
        if (field.repeated()) {
          ArrayNode items = json.putArray(field.name());
          query.all(field.name()).forEach(items::add);
        } else if (field.kind() == Schema.Kind.BOOL) {
          json.put(field.name(), bool(first));
        } else {
          json.put(field.name(), first);
        }
      }
    }
    return json;
  }

  private static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
        throw TrackingException.invalid(
            "Invalid boolean value: " + text + ", must be 'true' or 'false'.");
    };
  }

  private static boolean hasKeys(JsonNode list) {
    for (JsonNode entry : list) {
      if (!entry.isObject()) {
        throw new CrashException();
      }
      JsonNode key = entry.path("key");
      if (!entry.hasNonNull("key") || (key.isTextual() && key.textValue().isEmpty())) {
        return false;
      }
    }
    return list.isArray();
  }

  private static boolean fits(Schema.Field field, JsonNode value) {
    if (field.repeated()) {
      return value.isArray() && (field.kind() != Schema.Kind.STRING || allTextual(value));
    }
    return switch (field.kind()) {
      case STRING -> value.isTextual();
      case INT64 -> isLikeAnInteger(value);
      case BOOL -> value.isBoolean();
      default -> true;
    };
  }

  private static boolean allTextual(JsonNode list) {
    for (JsonNode item : list) {
      if (!item.isTextual()) {
        return false;
      }
    }
    return true;
  }

  /** What Python's {@code int} takes; it crashes with lists and objects. */
  private static boolean isLikeAnInteger(JsonNode value) {
    if (value.isContainerNode()) {
      throw new CrashException();
    }
    return value.isNumber() || value.isBoolean() || ProtoTexts.integer(value).isPresent();
  }

  private static String pythonType(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "str";
      case BOOLEAN -> "bool";
      case ARRAY -> "list";
      case OBJECT -> "dict";
      case NUMBER -> value.isIntegralNumber() ? "int" : "float";
      default -> "NoneType";
    };
  }
}
