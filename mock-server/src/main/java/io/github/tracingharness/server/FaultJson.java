package io.github.tracingharness.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Faults in the JSON of the admin interface. A fault is an object with exactly one of these
 * members: {@code status} (with {@code body}, {@code headers}, {@code retry_after} beside it),
 * {@code redirect} (with {@code to}), {@code delay_ms} (with {@code next}), {@code disconnect},
 * {@code reset_after_body_bytes}, {@code partial_success} (with {@code message}), {@code spoil},
 * {@code drip_ms} (with {@code chunked}), {@code handled_then}, {@code drawn} (with {@code seed}
 * and {@code probability}), {@code real}.
 */
final class FaultJson {

  private static final List<String> KINDS = List.of(
      "status",
      "redirect",
      "delay_ms",
      "disconnect",
      "reset_after_body_bytes",
      "partial_success",
      "spoil",
      "drip_ms",
      "handled_then",
      "drawn",
      "accepted_late_ms",
      "end_after_request_bytes",
      "end_after_answer_bytes",
      "tls",
      "real");
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

  /** Refuses what cannot be added to a script. */
  static void check(FaultScope scope, JsonNode json) {
    addTo(new FaultScript(scope), json);
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
      case "redirect" -> redirect(place, json);
      case "reset_after_body_bytes" ->
        Fault.resetWhileBodyArrives(
            number(place, json, "reset_after_body_bytes", 0, Long.MAX_VALUE, 0));
      case "partial_success" ->
        Fault.partialSuccess(
            (int) number(place, json, "partial_success", 0, Integer.MAX_VALUE, 0),
            json.path("message").asText("rejected by an injected fault"));
      case "drip_ms" ->
        new Fault.AnswerDrippingAfterHandling(
            Duration.ofMillis(number(place, json, "drip_ms", 1, MAX_DELAY_MS, 1)),
            json.path("chunked").asBoolean(false));
      case "drawn" -> drawn(place, json, depth);
      case "accepted_late_ms" ->
        ConnectionFault.acceptedLate(
            Duration.ofMillis(number(place, json, "accepted_late_ms", 0, MAX_DELAY_MS, 0)));
      case "end_after_request_bytes" ->
        new ConnectionFault.EndedAfterRequestBytes(
            number(place, json, "end_after_request_bytes", 0, Long.MAX_VALUE, 0), end(place, json));
      case "end_after_answer_bytes" ->
        new ConnectionFault.EndedAfterAnswerBytes(
            number(place, json, "end_after_answer_bytes", 0, Long.MAX_VALUE, 0), end(place, json));
      case "tls" ->
        ConnectionFault.tlsBroken(choice(place, json, "tls", ConnectionFault.TlsBreak.values()));
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

  private static ConnectionFault.End end(String place, JsonNode json) {
    return json.has("end")
        ? choice(place, json, "end", ConnectionFault.End.values())
        : ConnectionFault.End.RESET;
  }

  private static Fault redirect(String place, JsonNode json) {
    int status = (int) number(place, json, "redirect", 301, 308, 301);
    String to = json.path("to").asText();
    try {
      return to.startsWith("/")
          ? Fault.redirectToPath(status, to)
          : Fault.redirectToOrigin(status, URI.create(to));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          place + " must redirect with status 301, 302, 303, 307 or 308, to a path or to"
              + " scheme://host:port: " + wrong.getMessage(),
          wrong);
    }
  }

  private static Fault drawn(String place, JsonNode json, int depth) {
    List<Fault> faults = new ArrayList<>();
    for (JsonNode fault : json.path("drawn")) {
      faults.add(read(place + ".drawn[" + faults.size() + "]", fault, depth + 1));
    }
    if (!json.has("seed") || !json.path("probability").isNumber()) {
      throw new IllegalArgumentException(place + ".drawn needs seed and probability beside it");
    }
    long seed = number(place, json, "seed", Long.MIN_VALUE, Long.MAX_VALUE, 0);
    try {
      return new DrawnFault(seed, json.path("probability").doubleValue(), faults);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(place + ".drawn: " + wrong.getMessage(), wrong);
    }
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
