package io.github.tracingharness.server.page;

import io.github.tracingharness.server.state.Experiment;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TrackingState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page of a space: its experiments, and in each the newest traces as trees over time. */
public final class StatePage {

  /** What the page may load: nothing, but its own style. */
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

  private static final int MAX_TRACES = 50;
  private static final int MAX_EXPERIMENTS = 200;

  private final Html html = new Html();
  private final TrackingState state;

  private StatePage(TrackingState state) {
    this.state = state;
  }

  /**
   * Draws the page.
   *
   * @param state what is stored
   * @param title what the server calls itself
   * @param trace the id of the only trace to be shown, or empty for all
   * @return the page
   */
  public static String render(TrackingState state, String title, Optional<String> trace) {
    return new StatePage(state).draw(title, trace);
  }

  private String draw(String title, Optional<String> wanted) {
    html.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width\">")
        .element("title", title)
        .raw("<style>" + Style.TEXT + "</style></head><body>\n");
    html.open("header").element("h1", title);
    html.element("p", counts(), "class", "note").close("header");
    if (wanted.isPresent()) {
      one(wanted.get());
    } else {
      all();
    }
    return html.raw("</body></html>\n").toString();
  }

  private String counts() {
    return words(state.experiments().all().size(), "experiment")
        + ", " + words(state.allTraces().size(), "trace")
        + ", " + words(state.runs().all().size(), "run")
        + ", registered models and prompts: " + state.models().all().size()
        + ". Times are UTC.";
  }

  private void one(String id) {
    html.open("p").element("a", "← all traces", "href", "?").close("p");
    Optional<TraceEntry> trace = state.trace(id);
    if (trace.isPresent()) {
      TraceView.write(html, trace.get(), true);
    } else {
      html.element("p", "There is no trace with the id " + id + ".", "class", "note");
    }
  }

  private void all() {
    Map<String, List<TraceEntry>> traces =
        state.allTraces().stream().collect(Collectors.groupingBy(TraceEntry::experimentId));
    List<Experiment> experiments = state.experiments().all();
    experiments.stream().limit(MAX_EXPERIMENTS).forEach(experiment -> {
      String deleted = experiment.active() ? "" : ", deleted";
      section(
          experiment.name(),
          "experiment " + experiment.id() + deleted,
          traces.getOrDefault(experiment.id(), List.of()));
    });
    if (experiments.size() > MAX_EXPERIMENTS) {
      html.element(
          "p",
          "… and " + words(experiments.size() - MAX_EXPERIMENTS, "more experiment"),
          "class",
          "note");
    }
    List<TraceEntry> elsewhere = traces.getOrDefault("", List.of());
    if (!elsewhere.isEmpty()) {
      section("Unity Catalog", "tables", elsewhere);
    }
  }

  private void section(String name, String what, List<TraceEntry> traces) {
    html.open("section").open("h2").text(name).text(" ");
    html.element("small", what + " · " + words(traces.size(), "trace")).close("h2");
    for (int i = 0; i < Math.min(MAX_TRACES, traces.size()); i++) {
      TraceView.write(html, traces.get(i), i == 0);
    }
    if (traces.size() > MAX_TRACES) {
      html.element(
          "p",
          "… and " + words(traces.size() - MAX_TRACES, "older trace") + "; open one by ?trace=ID",
          "class",
          "note");
    }
    html.raw("</section>\n");
  }

  private static String words(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
