package io.github.tracingharness.conformance.equality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing that two clients may send differently escapes the comparison. */
class ComparisonTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static SentRequest request(String target, String content) {
    try {
      return new SentRequest(target, "", (ObjectNode) MAPPER.readTree(content));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<String> fields(List<SentRequest> python, List<SentRequest> ours) {
    return Comparison.of("s", python, ours, true).stream()
        .map(found -> found.field() + ": " + found.python() + ", " + found.ours())
        .toList();
  }

  private static List<String> fields(String python, String ours) {
    return fields(List.of(request("GET /a", python)), List.of(request("GET /a", ours)));
  }

  @Test
  void of_sameTreeInAnotherOrder_isEqual() {
    assertThat(fields("{\"a\": 1, \"b\": [1, 2]}", "{\"b\": [1, 2], \"a\": 1}")).isEmpty();
  }

  @Test
  void of_otherValueOrType_isFound() {
    assertThat(fields("{\"a\": {\"b\": 1}}", "{\"a\": {\"b\": 2}}")).containsExactly("a/b: 1, 2");
    assertThat(fields("{\"a\": 1}", "{\"a\": \"1\"}")).containsExactly("a: 1, \"1\"");
    assertThat(fields("{\"a\": 1}", "{\"a\": 1.0}")).containsExactly("a: 1, 1.0");
    assertThat(fields("{\"a\": {}}", "{\"a\": []}")).containsExactly("a: {}, []");
    assertThat(fields("{\"a\": null}", "{}")).containsExactly("a: null, «none»");
  }

  @Test
  void of_itemMissingOrInAnotherPlace_isFound() {
    assertThat(fields("{\"a\": [1, 2]}", "{\"a\": [1]}")).containsExactly("a/1: 2, «none»");
    assertThat(fields("{\"a\": [1, 2]}", "{\"a\": [2, 1]}"))
        .containsExactly("a/0: 1, 2", "a/1: 2, 1");
  }

  @Test
  void of_longValuesThatDifferAtTheirEnd_areFound() {
    assertThat(fields(
            "{\"a\": \"%s1\"}".formatted("x".repeat(500)),
            "{\"a\": \"%s2\"}".formatted("x".repeat(500))))
        .hasSize(1);
  }

  @Test
  void of_requestSentMoreOften_isFound() {
    SentRequest request = request("GET /a", "{}");

    assertThat(fields(List.of(request), List.of(request, request)))
        .containsExactly("(times): 1, 2");
    assertThat(fields(List.of(), List.of(request))).containsExactly("(times): 0, 1");
  }

  @Test
  void of_requestsInAnotherOrder_areFound() {
    SentRequest a = request("GET /a", "{}");
    SentRequest b = request("GET /b", "{}");

    assertThat(fields(List.of(a, b), List.of(b, a)))
        .containsExactly("(order): GET /a, GET /b, GET /b, GET /a");
    assertThat(Comparison.of("s", List.of(a, b), List.of(b, a), false)).isEmpty();
  }
}
