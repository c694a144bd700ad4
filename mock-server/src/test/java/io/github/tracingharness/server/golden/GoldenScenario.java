package io.github.tracingharness.server.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recorded conversation with the real server: steps of a request and the answer to it, with
 * variables for what is new each time. The form of the files is described in the folder of the
 * recordings.
 */
final class GoldenScenario {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{(?:(b64|upper|repeat|basic):)?([^{}]*)}");

  private final JsonNode file;
  private final Map<String, String> variables = new LinkedHashMap<>();

  private GoldenScenario(JsonNode file) {
    this.file = file;
    SecureRandom random = new SecureRandom();
    for (Map.Entry<String, JsonNode> variable : file.path("vars").properties()) {
      byte[] bytes = new byte[variable.getValue().path("bytes").intValue()];
      random.nextBytes(bytes);
      variables.put(variable.getKey(), HexFormat.of().formatHex(bytes));
    }
  }

  static GoldenScenario read(Path path) {
    try {
      return new GoldenScenario(MAPPER.readTree(path.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  String name() {
    return file.path("name").textValue();
  }

  String profile() {
    return file.path("profile").textValue();
  }

  /** Plays all steps; one line for each step that is answered in another way than recorded. */
  List<String> differences(GoldenClient client) throws Exception {
    List<String> differences = new ArrayList<>();
    int number = 0;
    for (JsonNode step : file.path("steps")) {
      GoldenClient.Answer answer = client.send(step.path("request"), this);
      List<String> found = new ArrayList<>(capture(step, answer));
      found.addAll(GoldenComparison.compare(step, answer, this));
      if (!found.isEmpty()) {
        JsonNode request = step.path("request");
        differences.add("step %d %s %s: %s"
            .formatted(
                number,
                request.path("method").textValue(),
                request.path("path").textValue(),
                String.join("; ", found)));
      }
      number++;
    }
    return differences;
  }

  private List<String> capture(JsonNode step, GoldenClient.Answer answer) {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, JsonNode> wanted : step.path("capture").properties()) {
      JsonNode value = answer.json().at(wanted.getValue().textValue());
      String form = step.path("capture_patterns").path(wanted.getKey()).asText(".*");
      if (!value.isTextual() || !value.textValue().matches(form)) {
        missing.add("nothing of the form " + form + " at " + wanted.getValue().textValue());
      }
      variables.put(wanted.getKey(), value.asText());
    }
    return missing;
  }

  String variable(String name) {
    return variables.get(name);
  }

  String fill(String text) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value(matcher)));
    }
    return matcher.appendTail(filled).toString();
  }

  JsonNode fill(JsonNode node) {
    if (node.isTextual()) {
      return new TextNode(fill(node.textValue()));
    }
    if (node.isArray()) {
      ArrayNode items = MAPPER.createArrayNode();
      node.forEach(item -> items.add(fill(item)));
      return items;
    }
    if (node.isObject()) {
      ObjectNode members = MAPPER.createObjectNode();
      node.properties()
          .forEach(member -> members.set(fill(member.getKey()), fill(member.getValue())));
      return members;
    }
    return node;
  }

  private String value(Matcher placeholder) {
    String function = placeholder.group(1);
    String argument = placeholder.group(2);
    if ("repeat".equals(function)) {
      int colon = argument.lastIndexOf(':');
      return argument.substring(0, colon).repeat(Integer.parseInt(argument.substring(colon + 1)));
    }
    if ("basic".equals(function)) {
      String[] parts = argument.split("\\|", -1);
      String user = parts[0] + variables.getOrDefault(parts[1], "");
      return "Basic "
          + Base64.getEncoder()
              .encodeToString((user + ":" + parts[2]).getBytes(StandardCharsets.UTF_8));
    }
    String value = variables.get(argument);
    if (value == null) {
      return placeholder.group();
    }
    if ("b64".equals(function)) {
      return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(value));
    }
    return "upper".equals(function) ? value.toUpperCase(Locale.ROOT) : value;
  }
}
