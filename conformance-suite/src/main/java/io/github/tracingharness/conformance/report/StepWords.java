package io.github.tracingharness.conformance.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.model.CaseServer;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a case does, in sentences. */
final class StepWords {

  private StepWords() {}

  /** Returns a sentence for what the server is told, for the session, and for each step. */
  static List<String> of(ConformanceCase c) {
    List<String> words = new ArrayList<>();
    c.given().accept(new GivenWords(words));
    words.add("Open a session" + config(c.config()) + ".");
    c.steps().forEach(step -> words.add(step(step)));
    return words;
  }

  private static String config(JsonNode config) {
    StringBuilder words = new StringBuilder();
    for (Map.Entry<String, JsonNode> member : config.properties()) {
      words.append(words.isEmpty() ? " with " : ", ").append(member.getKey()).append(" = ");
      words.append(
          member.getValue().isValueNode()
              ? member.getValue().asText()
              : member.getValue().toString());
    }
    return words.toString();
  }

  private static String step(Step step) {
    if (step instanceof Step.Emit emit) {
      return "Let the application make " + emit(emit) + ".";
    }
    if (step instanceof Step.Flush flush) {
      return "Flush, with " + flush.timeout().toMillis() + " ms to do so.";
    }
    if (step instanceof Step.Shutdown shutdown) {
      return "Shut down, with " + shutdown.timeout().toMillis() + " ms to do so.";
    }
    if (step instanceof Step.Observe observe) {
      return "Ask for " + String.join(", ", observe.what()) + ".";
    }
    if (step instanceof Step.Stats) {
      return "Ask for the counts of created, queued, delivered and dropped.";
    }
    if (step instanceof Step.Exit exit) {
      return "Let the application end by " + exit.how() + " and wait for its process to end.";
    }
    if (step instanceof Step.Release release) {
      return "Let the held answers \"" + release.hold() + "\" go.";
    }
    if (step instanceof Step.AwaitRequests await) {
      return "Wait until " + EventWords.count(await.atLeast(), "request") + " to "
          + await.endpoint() + " arrived, at most " + await.limit().toMillis() + " ms.";
    }
    // A kind of step that is younger than this class: its own words are better than none.
    return step.toString();
  }

  private static String emit(Step.Emit emit) {
    List<String> names = new ArrayList<>();
    emit.body().path("spans").forEach(span -> names.add(span.path("name").asText("?")));
    String spans = EventWords.spans(emit.body());
    return names.isEmpty() || names.size() > 6 ? spans : spans + ": " + String.join(", ", names);
  }

  /** Puts what the server is told into words instead of doing it. */
  private record GivenWords(List<String> words) implements CaseServer {

    @Override
    public void hold(String name, String endpoint) {
      words.add("The server holds its answers to " + endpoint + " as \"" + name + "\".");
    }
  }
}
