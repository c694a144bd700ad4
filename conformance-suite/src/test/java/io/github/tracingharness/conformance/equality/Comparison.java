package io.github.tracingharness.conformance.equality;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what two clients sent in one scenario. */
final class Comparison {

  static final String NONE = "«none»";
  private static final int SHOWN_CHARACTERS = 70;

  private final String scenario;
  private final List<Difference> differences = new ArrayList<>();

  private Comparison(String scenario) {
    this.scenario = scenario;
  }

  /**
   * Compares requests of the same kind one by one, and the order of the kinds.
   *
   * @param ordered whether the order of requests of different kinds counts
   */
  static List<Difference> of(
      String scenario, List<SentRequest> python, List<SentRequest> ours, boolean ordered) {
    Comparison comparison = new Comparison(scenario);
    comparison.requests(byKind(python), byKind(ours));
    if (ordered) {
      comparison.order(kinds(python), kinds(ours));
    }
    return comparison.differences;
  }

  /** Compares two values, here traces as they were read back. */
  static List<Difference> of(String scenario, String what, JsonNode python, JsonNode ours) {
    Comparison comparison = new Comparison(scenario);
    comparison.compare(what, "", python, ours);
    return comparison.differences;
  }

  private void requests(
      Map<String, List<SentRequest>> python, Map<String, List<SentRequest>> ours) {
    Set<String> kinds = new LinkedHashSet<>(python.keySet());
    kinds.addAll(ours.keySet());
    for (String kind : kinds) {
      List<SentRequest> theirs = python.getOrDefault(kind, List.of());
      List<SentRequest> own = ours.getOrDefault(kind, List.of());
      SentRequest any = theirs.isEmpty() ? own.get(0) : theirs.get(0);
      String target = any.target();
      if (theirs.size() != own.size()) {
        String field = any.spans().isEmpty() ? "(times)" : "(times) " + any.spans();
        add(target, field, Integer.toString(theirs.size()), Integer.toString(own.size()));
      }
      for (int i = 0; i < Math.min(theirs.size(), own.size()); i++) {
        compare(target, "", theirs.get(i).content(), own.get(i).content());
      }
    }
  }

  private void order(List<String> python, List<String> ours) {
    List<String> theirs = new ArrayList<>(python);
    theirs.retainAll(ours);
    List<String> own = new ArrayList<>(ours);
    own.retainAll(python);
    if (theirs.size() == own.size() && !theirs.equals(own)) {
      add("*", "(order)", shown(String.join(", ", theirs)), shown(String.join(", ", own)));
    }
  }

  private void compare(String target, String path, JsonNode python, JsonNode ours) {
    if (python.equals(ours)) {
      return;
    }
    if (python.isObject() && ours.isObject()) {
      Set<String> keys = new LinkedHashSet<>();
      python.fieldNames().forEachRemaining(keys::add);
      ours.fieldNames().forEachRemaining(keys::add);
      keys.forEach(key -> child(target, path, key, python.get(key), ours.get(key)));
    } else if (python.isArray() && ours.isArray()) {
      for (int i = 0; i < Math.max(python.size(), ours.size()); i++) {
        child(target, path, Integer.toString(i), python.get(i), ours.get(i));
      }
    } else {
      add(target, path, text(python), text(ours));
    }
  }

  private void child(
      String target, String path, String key, @Nullable JsonNode python, @Nullable JsonNode ours) {
    String at = path.isEmpty() ? key : path + "/" + key;
    if (python == null || ours == null) {
      add(target, at, text(python), text(ours));
    } else {
      compare(target, at, python, ours);
    }
  }

  private void add(String target, String field, String python, String ours) {
    Difference found = new Difference(scenario, target, field, python, ours);
    if (!differences.contains(found)) {
      differences.add(found);
    }
  }

  private static String text(@Nullable JsonNode node) {
    return node == null ? NONE : shown(node.toString());
  }

  private static String shown(String text) {
    String line = text.replace('\n', ' ').replace("|", "¦").replace('`', '\'');
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
  }

  private static Map<String, List<SentRequest>> byKind(List<SentRequest> requests) {
    Map<String, List<SentRequest>> map = new LinkedHashMap<>();
    requests.forEach(request ->
        map.computeIfAbsent(request.kind(), kind -> new ArrayList<>()).add(request));
    return map;
  }

  private static List<String> kinds(List<SentRequest> requests) {
    return requests.stream().map(SentRequest::kind).toList();
  }
}
