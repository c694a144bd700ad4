package io.github.tracingharness.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Faults in the JSON of the admin interface. A fault is an object with exactly one of these
 * members: {@code status} (with {@code body}, {@code headers}, {@code retry_after} beside it),
 * {@code delay_ms} (with {@code next}), {@code disconnect}, {@code spoil}, {@code handled_then},
 * {@code real}.
 */
final class FaultJson {

  private static final List<String> KINDS =
      List.of("status", "delay_ms", "disconnect", "spoil", "handled_then", "real");
  private static final int MAX_DEPTH = 8;
  private static final int MAX_STEPS = 10_000;
  private static final long MAX_DELAY_MS = Duration.ofHours(1).toMillis();

  private FaultJson() {}

  /** Adds the steps of {@code {"steps":[…],"then":…}} to a script. */
  static void addTo(FaultScript script, JsonNode json) {
    List<Fault> steps = steps(json);
    steps.forEach(script::answer);
    if (json.has("then")) {
      script.thenForever(read("then", json.path("then"), 0));
    }
  }

  /** Reads the steps, and what follows them, without a script. */
  static List<Fault> steps(JsonNode json) {
    if (!json.isObject() || !(json.has("steps") || json.has("then"))) {
      throw new IllegalArgumentException("a script must be an object with steps, then, or both");
    }
    if (json.has("steps") && !json.path("steps").isArray()) {
      throw new IllegalArgumentException("steps must be a list");
    }
    if (json.has("then")) {
      read("then", json.path("then"), 0);
    }
    List<Fault> steps = new ArrayList<>();
    int place = 0;
    for (JsonNode step : json.path("steps")) {
      String name = "steps[" + place++ + "]";
      Fault fault = read(name, step, 0);
      long times = number(name, step, "times", 1, MAX_STEPS, 1);
      if (steps.size() + times > MAX_STEPS) {
        throw new IllegalArgumentException("a script must not have more than " + MAX_STEPS
            + " steps, those with times counted as often");
      }
      for (long i = 0; i < times; i++) {
        steps.add(fault);
      }
    }
    return steps;
  }

  private static Fault read(String place, JsonNode json, int depth) {
    List<String> kinds = KINDS.stream().filter(json::has).toList();
    if (kinds.size() != 1 || depth > MAX_DEPTH) {
      throw new IllegalArgumentException(place + " must be an object with exactly one of " + KINDS
          + ", at most " + MAX_DEPTH + " deep");
    }
    return switch (kinds.get(0)) {
      case "status" -> status(place, json);
      case "delay_ms" ->
        Fault.delay(
            Duration.ofMillis(number(place, json, "delay_ms", 0, MAX_DELAY_MS, 0)),
            json.has("next") ? read(place + ".next", json.path("next"), depth + 1) : Fault.real());
      case "disconnect" ->
        new Fault.DisconnectInsteadOfHandling(
            choice(place, json, "disconnect", Fault.Disconnect.values()));
      case "spoil" ->
        new Fault.AnswerSpoiledAfterHandling(choice(place, json, "spoil", Fault.Spoiling.values()));
      case "handled_then" ->
        Fault.handledThen(read(place + ".handled_then", json.path("handled_then"), depth + 1));
      default -> Fault.real();
    };
  }

  private static Fault status(String place, JsonNode json) {
    int status = (int) number(place, json, "status", 200, 599, 200);
    Fault.StatusInsteadOfHandling plain = (Fault.StatusInsteadOfHandling) Fault.status(status);
    List<Header> headers = new ArrayList<>();
    for (Map.Entry<String, JsonNode> header : json.path("headers").properties()) {
      headers.add(new Header(header.getKey(), header.getValue().asText()));
    }
    if (Header.first(headers, "content-type").isEmpty()) {
      headers.addAll(plain.headers());
    }
    if (json.has("retry_after")) {
      headers.add(new Header("Retry-After", json.path("retry_after").asText()));
    }
    byte[] body = json.has("body")
        ? json.path("body").asText().getBytes(StandardCharsets.UTF_8)
        : plain.body();
    return Fault.status(status, body, headers);
  }

  private static long number(
      String place, JsonNode json, String member, long least, long most, long otherwise) {
    JsonNode value = json.path(member);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      throw new IllegalArgumentException(
          place + "." + member + " must be a whole number from " + least + " to " + most);
    }
    return value.longValue();
  }

  private static <E extends Enum<E>> E choice(
      String place, JsonNode json, String member, E[] values) {
    for (E value : values) {
      if (value.name().equals(json.path(member).asText())) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        place + "." + member + " must be one of " + Arrays.toString(values));
  }
}
