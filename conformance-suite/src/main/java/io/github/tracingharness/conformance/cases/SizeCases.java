package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.json;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.SizeStatistics;
import io.github.tracingharness.conformance.model.CaseServer;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The size statistics in the metadata, recomputed from what was sent. */
final class SizeCases {

  private static final long TIME = 1_700_000_000_000_000_000L;

  private SizeCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        sizes(
            "MLF-SIZE-001",
            "of a trace of one span",
            1,
            Servers::withoutSpanStorage,
            root("work").inputs(json("{'q': 'x', 'n': [1, 2.5, true, null]}")).outputs("out")),
        sizes("MLF-SIZE-002", "of a trace of five spans", 5, Servers::withoutSpanStorage, five()),
        sizes(
            "MLF-SIZE-003",
            "of text beyond ASCII",
            2,
            Servers::withoutSpanStorage,
            root("work").name("café 名前").inputs("grüße 🚀 \n\t\"\\").tag("ключ", "wärme"),
            child("part", "work").attribute("emoji", "👩‍💻").status("ERROR", "schiefgegangen: ß")),
        sizes("MLF-SIZE-004", "where spans go to the tracking store", 5, server -> {}, five()));
  }

  private static CaseSpan[] five() {
    return new CaseSpan[] {
      root("work").inputs(json("{'q': 'what is it?', 'n': 1}")).outputs(json("{'answer': 'ok'}")),
      child("a", "work").inputs("x".repeat(10)),
      child("b", "work").inputs("x".repeat(33)).event("ev", TIME, Map.of("attr1", "val1")),
      child("c", "b").inputs("x".repeat(77)).outputs("y".repeat(5)),
      child("d", "b").type("LLM").attribute("k", json("{'deep': [1, {'er': true}]}"))
    };
  }

  private static ConformanceCase sizes(
      String id, String what, int count, Consumer<CaseServer> server, CaseSpan... spans) {
    return conformanceCase(id)
        .title("Size statistics %s are exact to the byte".formatted(what))
        .family("size")
        .requirement("MLF-SEM-SIZE-01")
        .config("async", false)
        .given(server)
        .when(emit(spans), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1))
        .then("sizes", SizeStatistics.exactSizes("work"))
        .then("span-count", SizeStatistics.spanCount("work", count))
        .then("percentiles", SizeStatistics.percentilesOrdered("work"))
        .build();
  }
}
