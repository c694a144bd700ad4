package io.github.tracingharness.conformance.selftest.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A value in a JSON text, also in one that stands in a string of another.
 *
 * @param steps names, indexes, and {@link #TEXT} where the steps go on in the text of a string
 * @param label the way for a reader, without indexes and made-up keys
 * @param value what stands there
 */
record JsonPlace(List<Object> steps, String label, JsonNode value) {

  private static final Object TEXT = new Object();

  /** So many elements of an array, and values of made-up keys in an object, are places. */
  private static final int FEW = 2;

  /** Every member and element, without the whole. */
  static List<JsonPlace> all(JsonNode root) {
    List<JsonPlace> places = new ArrayList<>();
    collect(root, List.of(), "", "", places);
    return places;
  }

  private static void collect(
      JsonNode node, List<Object> steps, String label, String name, List<JsonPlace> places) {
    if (node.isObject()) {
      Map<String, Integer> seen = new HashMap<>();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        String shown = Labels.member(name, member.getKey());
        if (seen.merge(shown, 1, Integer::sum) <= FEW) {
          add(member.getValue(), with(steps, member.getKey()), label + "/" + shown, shown, places);
        }
      }
    } else if (node.isArray()) {
      for (int i = 0; i < Math.min(FEW, node.size()); i++) {
        add(node.get(i), with(steps, i), label + "/*", "*", places);
      }
    } else if (node.isTextual()) {
      Bodies.json(node.asText())
          .ifPresent(inner -> collect(inner, with(steps, TEXT), label + "/text", "text", places));
    }
  }

  private static void add(
      JsonNode node, List<Object> steps, String label, String name, List<JsonPlace> places) {
    places.add(new JsonPlace(steps, label, node));
    collect(node, steps, label, name, places);
  }

  private static List<Object> with(List<Object> steps, Object step) {
    List<Object> longer = new ArrayList<>(steps);
    longer.add(step);
    return longer;
  }

  /** Returns the whole with another value here; without it, when the edit returns null. */
  JsonNode changed(JsonNode root, UnaryOperator<@Nullable JsonNode> edit) {
    return changed(root, 0, edit);
  }

  private JsonNode changed(JsonNode node, int depth, UnaryOperator<@Nullable JsonNode> edit) {
    Object step = steps.get(depth);
    if (step == TEXT) {
      JsonNode inner = Bodies.json(node.asText()).orElseThrow();
      return TextNode.valueOf(changed(inner, depth + 1, edit).toString());
    }
    boolean last = depth == steps.size() - 1;
    if (step instanceof Integer index) {
      ArrayNode array = ((ArrayNode) node).deepCopy();
      JsonNode old = array.get(index);
      JsonNode now = last ? edit.apply(old) : changed(old, depth + 1, edit);
      if (now == null) {
        array.remove(index);
      } else {
        array.set(index, now);
      }
      return array;
    }
    ObjectNode object = ((ObjectNode) node).deepCopy();
    String name = (String) step;
    JsonNode old = object.get(name);
    JsonNode now = last ? edit.apply(old) : changed(old, depth + 1, edit);
    if (now == null) {
      object.remove(name);
    } else {
      object.set(name, now);
    }
    return object;
  }
}
