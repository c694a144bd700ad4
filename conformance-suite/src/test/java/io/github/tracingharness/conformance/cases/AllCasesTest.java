package io.github.tracingharness.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.check.CheckResult;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Command;
import io.github.tracingharness.conformance.history.HistoryEvent.Released;
import io.github.tracingharness.conformance.history.HistoryEvent.Reply;
import io.github.tracingharness.conformance.history.HistoryEvent.ReplyKind;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.Judge;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.CaseNeeds;
import io.github.tracingharness.conformance.model.CaseServer;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.NamedCheck;
import io.github.tracingharness.conformance.model.Step;
import io.github.tracingharness.conformance.requirement.Level;
import io.github.tracingharness.conformance.requirement.Requirement;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.TrackingSpace;
import io.github.tracingharness.server.collector.CollectorAnswer;
import io.github.tracingharness.server.collector.OtlpCollector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllCasesTest {

  private static final RequirementRegistry REQUIREMENTS = RequirementRegistry.load();
  private static final List<ConformanceCase> CASES = AllCases.registry().all();

  static Stream<ConformanceCase> cases() {
    return CASES.stream();
  }

  @Test
  void registry_size_isAtLeastOneHundredAndFifty() {
    assertThat(CASES).hasSizeGreaterThanOrEqualTo(150);
    assertThat(CASES).extracting(ConformanceCase::id).doesNotHaveDuplicates();
    assertThat(CASES).extracting(ConformanceCase::title).doesNotHaveDuplicates();
  }

  @Test
  void requirements_each_isTestedOrUntestedWithReason() {
    Set<String> tested = new HashSet<>();
    CASES.forEach(c -> c.checks().stream().map(NamedCheck::requirement).forEach(tested::add));
    assertThat(REQUIREMENTS.all())
        .allSatisfy(r -> assertThat(tested.contains(r.key()))
            .as("%s is tested", r.key())
            .isEqualTo(isBlank(r.untested()) && isBlank(r.excluded())));
    assertThat(REQUIREMENTS.all()).extracting(Requirement::key).containsAll(tested);
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  @Test
  void requirements_rows_areOneToTwenty() {
    assertThat(REQUIREMENTS.all().stream()
            .map(Requirement::row)
            .filter(r -> r != null)
            .sorted())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
  }

  @Test
  void requirements_observed_areAtMostShould() {
    // The real server refuses what these two forbid.
    List<String> refused = List.of("MLF-REST-START-01", "MLF-REST-START-02");
    assertThat(REQUIREMENTS.all())
        .filteredOn(r -> r.kind().equals("observed") && !refused.contains(r.key()))
        .extracting(Requirement::level)
        .doesNotContain(Level.MUST);
    assertThat(REQUIREMENTS.all()).allSatisfy(r -> {
      assertThat(r.kind()).isIn("normative", "observed", "inferred");
      assertThat(r.source()).isNotBlank();
      assertThat(r.text()).endsWith(".");
    });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void controls_everyCase_hasOneUnlessARefusalIsToBeJudged(ConformanceCase c) {
    // After a refusal nothing is left that a control could see.
    assertThat(c.checks())
        .as(c.id())
        .matches(checks -> c.refusal() == ConformanceCase.Refusal.JUDGED
            || checks.stream().anyMatch(NamedCheck::control));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void barrier_everyCase_endsWithOne(ConformanceCase c) {
    Step last = c.steps().get(c.steps().size() - 1);
    assertThat(last)
        .as(c.id())
        .isInstanceOfAny(
            Step.Export.class,
            Step.Shutdown.class,
            Step.Flush.class,
            Step.Exit.class,
            Step.Terminate.class);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void needs_everyOne_hasKindAndName(ConformanceCase c) {
    assertThat(CaseNeeds.of(c))
        .allSatisfy(
            n -> assertThat(n)
                .matches(
                    "(destination|pipeline|op|config|span|environment|signal|times):[A-Za-z][A-Za-z0-9_.-]*"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void secrets_everyOne_isFilledIn(ConformanceCase c) {
    // The engine takes what has another form for the text itself, which no check looks for.
    assertThat(c.config().toString().replaceAll("\\$\\{secret:[a-z.-]+}", ""))
        .doesNotContain("${secret");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refs_everyParent_standsBeforeItsChildren(ConformanceCase c) {
    Set<String> seen = new HashSet<>();
    for (Step step : c.steps()) {
      ObjectNode body = body(step);
      if (body != null) {
        for (JsonNode span : body.path("spans")) {
          if (span.has("parent")) {
            assertThat(seen).as(c.id()).contains(span.get("parent").asText());
          }
          assertThat(seen.add(span.path("ref").asText())).as(c.id()).isTrue();
        }
      }
    }
  }

  private static @Nullable ObjectNode body(Step step) {
    return step instanceof Step.Emit emit
        ? emit.body()
        : step instanceof Step.Export export ? export.body() : null;
  }

  @Test
  void given_everyCase_isAcceptedByTheServer() throws IOException {
    try (FakeTrackingServer server = FakeTrackingServer.start();
        OtlpCollector collector = OtlpCollector.builder().start()) {
      for (ConformanceCase c : CASES) {
        try (TrackingSpace space = server.newSpace()) {
          c.given().accept(new RealServer(space, collector));
        }
      }
    }
  }

  private record RealServer(TrackingSpace space, OtlpCollector collector) implements CaseServer {
    @Override
    public CollectorAnswer held(String name, CollectorAnswer answer) {
      return CollectorAnswer.held(Fault.hold(), answer);
    }

    @Override
    public void hold(String name, String endpoint) {
      assertThat(Stream.of(Endpoint.values()).map(Endpoint::name)).contains(endpoint);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void judge_exporterThatSendsNothing_doesNotPass(ConformanceCase c) {
    CaseVerdict verdict = new Judge(REQUIREMENTS).judge(c, silent(c));
    assertThat(verdict.verdict()).as(c.id() + ": " + verdict).isIn(Verdict.FAIL, Verdict.WARN);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void judge_repeated_saysTheSame(ConformanceCase c) {
    CaseHistory history = silent(c);
    for (NamedCheck check : c.checks()) {
      CheckResult first = check.check().judge(history);
      assertThat(check.check().judge(history)).isEqualTo(first);
      assertThat(first.message()).isNotBlank();
    }
  }

  /** All commands are answered with success, ids are told, and no request is ever sent. */
  private static CaseHistory silent(ConformanceCase c) {
    List<HistoryEvent> events = new ArrayList<>();
    ObjectNode open = JsonNodeFactory.instance.objectNode();
    open.putObject("destination").put("experiment_id", "1");
    answer(events, "open", open, JsonNodeFactory.instance.objectNode());
    for (Step step : c.steps()) {
      ObjectNode ok = JsonNodeFactory.instance.objectNode();
      ObjectNode spans = body(step);
      if (spans != null) {
        ok.put("caller_total_ns", "1000").put("result", "success");
        spans
            .path("spans")
            .forEach(span -> ok.withObject("/refs")
                .putObject(span.path("ref").asText())
                .put("trace", "tr-" + "1".repeat(32))
                .put("span", "2".repeat(16)));
        answer(events, step instanceof Step.Export ? "export" : "emit", spans, ok);
      } else if (step instanceof Step.Flush) {
        answer(events, "flush", ok, ok.put("result", "success"));
      } else if (step instanceof Step.Shutdown) {
        answer(events, "shutdown", ok, ok.put("result", "success"));
      } else if (step instanceof Step.Observe) {
        answer(events, "observe", ok, ok.putNull("trace.last_active"));
      } else if (step instanceof Step.Stats) {
        answer(events, "stats", ok, ok.put("created", 0));
      } else if (step instanceof Step.Release release) {
        events.add(new Released(events.size(), release.hold(), "step"));
      }
    }
    ObjectNode capabilities = JsonNodeFactory.instance.objectNode();
    capabilities.putArray("signals").add("log");
    return new CaseHistory(c.id(), 1, capabilities, events, 1);
  }

  private static void answer(
      List<HistoryEvent> events, String op, ObjectNode command, ObjectNode ok) {
    long id = events.size();
    events.add(new Command(id, id, op, command));
    events.add(new Reply(id + 1, id, op, ReplyKind.OK, ok));
  }
}
