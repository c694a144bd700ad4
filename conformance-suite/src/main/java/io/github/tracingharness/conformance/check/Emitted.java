package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Command;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A span that the case asked for, by the ref under which the driver answers its ids.
 *
 * @param ref the ref with its suffixes: {@code -<n>} of a {@code gen}, {@code #<n>} of a repetition
 * @param parent ref of the parent with the same suffixes, or null
 * @param neverEnded whether the case leaves it open
 * @param remote whether it continues a trace of another process
 */
record Emitted(String ref, @Nullable String parent, boolean neverEnded, boolean remote) {

  boolean isRoot() {
    return parent == null && !remote;
  }

  /**
   * All spans of all {@code emit} and {@code export} commands, in order, without those that the
   * application makes beside MLflow.
   */
  static List<Emitted> of(CaseHistory history) {
    boolean isolated = history.commands("open").stream()
        .anyMatch(c -> c.body().at("/config/provider").asText().equals("isolated"));
    Map<String, Emitted> byRef = new LinkedHashMap<>();
    Set<String> foreign = new HashSet<>();
    for (Command command : history.spanCommands()) {
      if (isolated) {
        foreign.addAll(otelRefs(command.body()));
      }
      for (Emitted span : of(command.body())) {
        byRef.put(span.ref(), span);
      }
    }
    return byRef.values().stream()
        .filter(span -> !foreign.contains(span.ref()))
        .map(span -> foreign.contains(span.parent()) ? span.asRoot() : span)
        .toList();
  }

  private static List<String> otelRefs(JsonNode command) {
    List<String> refs = new ArrayList<>();
    for (JsonNode span : command.path("spans")) {
      if (span.path("api").asText().equals("otel")) {
        refs.add(span.path("ref").asText());
      }
    }
    return refs;
  }

  private Emitted asRoot() {
    return new Emitted(ref, null, neverEnded, remote);
  }

  private static List<Emitted> of(JsonNode command) {
    JsonNode concurrency = command.path("concurrency");
    int repetitions = concurrency.path("threads").asInt(0)
        * Math.max(1, concurrency.path("repeat").asInt(1));
    List<Emitted> once = once(command);
    if (repetitions == 0) {
      return once;
    }
    List<Emitted> all = new ArrayList<>();
    for (int n = 0; n < repetitions; n++) {
      for (Emitted span : once) {
        String parent = span.parent() == null ? null : span.parent() + "#" + n;
        all.add(new Emitted(span.ref() + "#" + n, parent, span.neverEnded(), span.remote()));
      }
    }
    return all;
  }

  private static List<Emitted> once(JsonNode command) {
    List<Emitted> spans = new ArrayList<>();
    for (JsonNode span : command.path("spans")) {
      if (span.path("sampled").asBoolean(true)) {
        spans.add(of(span, ""));
      }
    }
    JsonNode gen = command.path("gen");
    for (int n = 0; n < gen.path("count").asInt(0); n++) {
      spans.add(of(gen.path("template"), "-" + n));
    }
    return spans;
  }

  private static Emitted of(JsonNode span, String suffix) {
    return new Emitted(
        span.path("ref").asText() + suffix,
        span.hasNonNull("parent") ? span.get("parent").asText() : null,
        span.has("end") && span.get("end").isNull(),
        span.has("remote_parent"));
  }
}
