package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.http.PythonValues;
import io.github.tracingharness.server.http.Query;
import io.github.tracingharness.server.http.Request;
import io.github.tracingharness.server.state.TrackingException;
import java.math.BigInteger;
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
      boolean given = !value.isMissingNode();
      boolean empty =
          !given || value.isNull() || (value.isTextual() && value.textValue().isEmpty());
      if (!empty && field.repeated() && !complete && !field.check().passes(value)) {
        throw invalidValue(field.name(), value);
      }
      if (empty && required.contains(field.name())) {
        throw missing(field.name());
      }
      boolean keyless = keyed.contains(field.name()) && !hasKeys(value);
      if (given && (keyless || (!complete && !field.check().passes(value)))) {
        throw invalidValue(field.name(), value);
      }
      if (given && greatest.containsKey(field.name())) {
        requireAtMost(greatest.get(field.name()), field.name(), value);
      }
    }
    return message;
  }

  /** However well the parse went, the real server takes the number apart once more. */
  private static void requireAtMost(long greatest, String name, JsonNode value) {
    BigInteger number = value.isTextual()
        ? PythonValues.integer(value.textValue()).orElseThrow(CrashException::new)
        : ProtoTexts.cut(value).orElseThrow(CrashException::new);
    if (number.compareTo(BigInteger.valueOf(greatest)) > 0) {
      throw invalidValue(name, value);
    }
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

  private ObjectNode body(Request request) {
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
    if (isPassedOver(json)) {
      return Json.object();
    }
    throw new CrashException();
  }

  /** The real server looks for names in texts and lists too, and only crashes if it needs one. */
  private boolean isPassedOver(JsonNode json) {
    if (!required.isEmpty() || !(json.isTextual() || json.isArray())) {
      return false;
    }
    for (Schema.Field field : schema.fields()) {
      if (json.isTextual() && json.textValue().contains(field.name())) {
        return false;
      }
      for (JsonNode item : json) {
        if (item.isTextual() && item.textValue().equals(field.name())) {
          return false;
        }
      }
    }
    return true;
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
