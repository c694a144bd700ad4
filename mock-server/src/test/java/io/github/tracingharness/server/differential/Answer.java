package io.github.tracingharness.server.differential;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a server answered.
 *
 * @param headers those that matter to clients
 */
record Answer(int status, Map<String, String> headers, String body) {

  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  JsonNode json() {
    try {
      return MAPPER.readTree(body);
    } catch (IOException noJson) {
      return MissingNode.getInstance();
    }
  }

  void capture(Step step, Names names) {
    JsonNode json = step.captures().isEmpty() ? MissingNode.getInstance() : json();
    step.captures().forEach((name, pointer) -> {
      JsonNode value = json.at(JsonPointer.compile(pointer));
      if (value.isTextual() && value.textValue().length() >= 5) {
        names.capture(name, value.textValue());
      }
    });
  }

  /** What has to be equal, by its name. */
  Map<String, String> comparable(Names names) {
    Map<String, String> parts = new TreeMap<>();
    parts.put("status", Integer.toString(status));
    headers.forEach((name, value) -> parts.put("header " + name, names.hide(value)));
    new AnswerParts(names).parts(this, parts);
    return parts;
  }
}
