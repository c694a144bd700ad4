package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Statements about the JSON form of requests, as text and not as what it means. */
public final class OtlpJsonForm {

  private static final Pattern TRACE_ID = Pattern.compile("[0-9a-fA-F]{32}");
  private static final Pattern SPAN_ID = Pattern.compile("[0-9a-fA-F]{16}");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]*={0,2}");
  private static final Set<String> LONGS =
      Set.of("intValue", "startTimeUnixNano", "endTimeUnixNano", "timeUnixNano");
  private static final Set<String> NON_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

  private OtlpJsonForm() {}

  /** A member of the JSON of a request, with its name. */
  private record Member(String name, JsonNode value) {}

  /** Each body is JSON by RFC 8259. */
  public static Check strict() {
    return Requests.requests(Endpoints.OTLP_TRACES)
        .each("a body that is JSON by RFC 8259", e -> json(e).isPresent());
  }

  /** The ids of spans, parents and links are hexadecimal strings. */
  public static Check hexadecimalIds() {
    return all("ids to be hexadecimal strings", Set.of("traceId", "spanId"), OtlpJsonForm::isId)
        .and(every(
            "parent ids to be hexadecimal strings",
            "parentSpanId",
            m -> m.value().asText().isEmpty() || isId(m)));
  }

  private static boolean isId(Member m) {
    Pattern form = m.name().equals("traceId") ? TRACE_ID : SPAN_ID;
    return m.value().isTextual() && form.matcher(m.value().asText()).matches();
  }

  /** Kinds and status codes are integers. */
  public static Check integerEnums() {
    return all("kinds to be integers", Set.of("kind"), m -> m.value().isIntegralNumber())
        .and(every("status codes to be integers", "code", m -> m.value().isIntegralNumber()));
  }

  /** No key of the messages has an underscore or a capital at its beginning. */
  public static Check camelCaseKeys() {
    return history -> {
      String expected = "keys in lowerCamelCase";
      List<Member> members = members(history.exchanges(Endpoints.OTLP_TRACES));
      return members.stream()
          .filter(m -> !m.name().matches("[a-z][A-Za-z0-9]*"))
          .findFirst()
          .map(m -> Finding.unmet(expected, m.name(), Finding.requests(history)))
          .orElseGet(() -> members.isEmpty()
              ? Finding.unmet(expected, "no JSON at all", Finding.requests(history))
              : CheckResult.met("%d keys".formatted(members.size())));
    };
  }

  /** Integers of 64 bits are decimal strings. */
  public static Check longsAsStrings() {
    return all(
        "integers of 64 bits to be decimal strings",
        LONGS,
        m -> m.value().isTextual() && m.value().asText().matches("-?[0-9]+"));
  }

  /** Some value is one of the strings NaN, Infinity and -Infinity, and none of them is null. */
  public static Check nonNumbersAsStrings(int count) {
    return history -> {
      String expected = "%d values NaN, Infinity or -Infinity as strings".formatted(count);
      List<Member> doubles = members(history.exchanges(Endpoints.OTLP_TRACES)).stream()
          .filter(m -> m.name().equals("doubleValue"))
          .toList();
      long found = doubles.stream()
          .filter(m -> m.value().isTextual() && NON_NUMBERS.contains(m.value().asText()))
          .count();
      return found == count
          ? CheckResult.met(expected)
          : Finding.unmet(
              expected,
              doubles.stream().map(m -> m.value().toString()).toList().toString(),
              Finding.requests(history));
    };
  }

  /** Bytes are base64. */
  public static Check bytesAsBase64() {
    return all(
        "bytes to be base64",
        Set.of("bytesValue"),
        m -> m.value().isTextual() && BASE64.matcher(m.value().asText()).matches());
  }

  /** There are such members, and a statement is true of each. */
  private static Check all(String expected, Set<String> names, Predicate<Member> statement) {
    return history -> {
      List<Member> members = members(history.exchanges(Endpoints.OTLP_TRACES)).stream()
          .filter(m -> names.contains(m.name()))
          .toList();
      Optional<Member> wrong = members.stream().filter(statement.negate()).findFirst();
      if (wrong.isPresent() || members.isEmpty()) {
        return Finding.unmet(
            expected,
            wrong.map(m -> m.name() + " " + m.value()).orElse("no such member"),
            Finding.requests(history));
      }
      return CheckResult.met("%d members, all right".formatted(members.size()));
    };
  }

  /** A statement is true of each member of this name, if there are any. */
  private static Check every(String expected, String name, Predicate<Member> statement) {
    return history -> members(history.exchanges(Endpoints.OTLP_TRACES)).stream()
        .filter(m -> m.name().equals(name))
        .filter(statement.negate())
        .findFirst()
        .map(m -> Finding.unmet(expected, m.name() + " " + m.value(), Finding.requests(history)))
        .orElseGet(() -> CheckResult.met("all as expected"));
  }

  private static List<Member> members(List<Exchange> exchanges) {
    List<Member> members = new ArrayList<>();
    exchanges.forEach(e -> json(e).ifPresent(json -> add(members, json)));
    return members;
  }

  private static void add(List<Member> members, JsonNode json) {
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      members.add(new Member(member.getKey(), member.getValue()));
    }
    json.forEach(child -> add(members, child));
  }

  private static Optional<JsonNode> json(Exchange e) {
    return Json.strict(new String(AttributeKeys.body(e), StandardCharsets.UTF_8));
  }
}
