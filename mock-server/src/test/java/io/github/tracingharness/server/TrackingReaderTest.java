package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.client.ExperimentInfo;
import io.github.tracingharness.core.client.Page;
import io.github.tracingharness.core.client.Search;
import io.github.tracingharness.core.client.TrackingException;
import io.github.tracingharness.core.client.TrackingReader;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanStatusCode;
import io.github.tracingharness.core.trace.Trace;
import io.github.tracingharness.core.trace.TraceInfo;
import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.server.ServerProfile.SpanStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the core's pipeline wrote, read back by its reader, through the fake server. */
class TrackingReaderTest {

  private static FakeTrackingServer server;

  private TrackingSpace space;
  private String experiment;
  private MlflowTracing tracing;
  private TrackingReader reader;

  @BeforeAll
  static void startServer() {
    server = FakeTrackingServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void startPipeline() {
    space = server.newSpace();
    experiment = space.createExperiment("read");
    tracing = MlflowTracing.builder()
        .environment(Map.of())
        .trackingUri(space.trackingUri().toString())
        .experimentId(experiment)
        .asyncExport(false)
        .maxRetries(0)
        .build();
    reader = tracing.reader();
  }

  @AfterEach
  void stopPipeline() {
    tracing.close();
    space.close();
  }

  @ParameterizedTest
  @EnumSource(SpanStorage.class)
  void getTrace_fromStoreOrArtifact_isTheTraceThatWasWritten(SpanStorage storage) throws Exception {
    space.profile(ServerProfile.standard().withSpanStorage(storage));
    String id = write();

    Trace trace = reader.getTrace(id);

    assertThat(trace.info().traceId()).isEqualTo(id);
    assertThat(trace.info().state()).isEqualTo(TraceState.OK);
    assertThat(trace.info().tags()).containsEntry("mlflow.traceName", "root");
    assertThat(trace.info().requestPreview()).isEqualTo("{\"q\": \"é🙂\"}");
    assertThat(trace.info().executionDurationMs()).isNotNull();
    assertThat(trace.info()).isEqualTo(reader.getTraceInfo(id));
    List<Span> spans = trace.data().spans();
    assertThat(spans).extracting(Span::name).containsExactlyInAnyOrder("root", "child");
    Span root = spans.stream().filter(Span::isRoot).findFirst().orElseThrow();
    Span child = spans.stream().filter(span -> !span.isRoot()).findFirst().orElseThrow();
    assertThat(root.traceId()).isEqualTo(id);
    assertThat(root.status().code()).isEqualTo(SpanStatusCode.OK);
    assertThat(root.jsonAttribute("mlflow.spanInputs")).isEqualTo("{\"q\": \"é🙂\"}");
    assertThat(root.jsonAttribute("list")).isEqualTo("[1, 2.5, true, null, \"x\"]");
    assertThat(root.endTimeUnixNano().orElseThrow()).isGreaterThan(root.startTimeUnixNano());
    assertThat(child.parentSpanId()).isEqualTo(root.spanId());
    assertThat(child.status().code()).isEqualTo(SpanStatusCode.ERROR);
    assertThat(child.events()).singleElement().satisfies(event -> {
      assertThat(event.name()).isEqualTo("exception");
      assertThat(event.attributes()).containsEntry("exception.message", "broken");
    });
  }

  private String write() {
    Runnable broken = () -> {
      throw new IllegalStateException("broken");
    };
    tracing.tracer().trace("root", () -> {
      LiveSpan root = tracing.tracer().currentSpan().orElseThrow();
      root.setInputs(Map.of("q", "é🙂"));
      List<Object> list = new ArrayList<>(List.of(1, 2.5, true));
      list.add(null);
      list.add("x");
      root.setAttribute("list", list);
      assertThatThrownBy(() -> tracing.tracer().trace("child", broken)).hasMessage("broken");
    });
    return tracing.lastActiveTraceId().orElseThrow();
  }

  @Test
  void getTrace_unknown_isNotFound() {
    assertThatThrownBy(() -> reader.getTrace("tr-" + "0".repeat(32)))
        .isInstanceOfSatisfying(
            TrackingException.class, failure -> assertThat(failure.isNotFound()).isTrue());
  }

  @Test
  void getTrace_unityCatalog_saysThatItCannot() {
    assertThatThrownBy(() -> reader.getTrace("trace:/c.s/" + "0".repeat(32)))
        .hasMessageContaining("is in Unity Catalog");
  }

  @Test
  void searchTraces_pages_giveEachTraceOnce() throws Exception {
    for (int i = 0; i < 5; i++) {
      tracing.tracer().trace("t" + i, () -> {});
    }
    Search search = Search.everything().orderedBy("name ASC").inPagesOf(2);

    Page<TraceInfo> first = reader.searchTraces(List.of(experiment), search);
    Page<TraceInfo> second =
        reader.searchTraces(List.of(experiment), search.page(first.nextPageToken()));

    assertThat(first.items()).hasSize(2);
    assertThat(second.items()).hasSize(2).doesNotContainAnyElementsOf(first.items());
    assertThat(reader.streamTraces(List.of(experiment), search))
        .extracting(info -> info.tags().get("mlflow.traceName"))
        .containsExactlyInAnyOrder("t0", "t1", "t2", "t3", "t4");
  }

  @Test
  void streamTraces_fetchesOnlyThePagesThatAreTaken() {
    for (int i = 0; i < 5; i++) {
      tracing.tracer().trace("t" + i, () -> {});
    }

    assertThat(reader
            .streamTraces(List.of(experiment), Search.everything().inPagesOf(2))
            .limit(2))
        .hasSize(2);

    assertThat(space.calls(Endpoint.SEARCH_TRACES)).hasSize(1);
  }

  @Test
  void searchTraces_condition_findsWhatMeetsIt() throws Exception {
    tracing.tracer().trace("one", () -> {});
    tracing.tracer().trace("two", () -> {});

    Page<TraceInfo> page =
        reader.searchTraces(List.of(experiment), Search.where("trace.name = 'two'"));

    assertThat(page.items())
        .singleElement()
        .satisfies(info -> assertThat(info.tags()).containsEntry("mlflow.traceName", "two"));
    assertThat(page.nextPageToken()).isEmpty();
    assertThatThrownBy(() ->
            reader.streamTraces(List.of(experiment), Search.where("nonsense !")).toList())
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(TrackingException.class);
  }

  @Test
  void experiments_createdFoundAndSearched() throws Exception {
    String id = reader.createExperiment("täst & more");

    assertThat(reader.getExperiment(id).name()).isEqualTo("täst & more");
    assertThat(reader.findExperiment("täst & more"))
        .map(ExperimentInfo::experimentId)
        .contains(id);
    assertThat(reader.findExperiment("none")).isEqualTo(Optional.empty());
    assertThat(reader.searchExperiments(Search.everything()).items())
        .extracting(ExperimentInfo::experimentId)
        .contains(experiment, id);
    assertThatThrownBy(() -> reader.createExperiment("read"))
        .hasMessageContaining("RESOURCE_ALREADY_EXISTS");
    assertThatThrownBy(() -> reader.getExperiment("999"))
        .isInstanceOfSatisfying(
            TrackingException.class, failure -> assertThat(failure.isNotFound()).isTrue());
  }

  @Test
  void experimentName_ofThePipeline_isCreatedOnTheServer() throws Exception {
    try (MlflowTracing named = MlflowTracing.builder()
        .environment(Map.of())
        .trackingUri(space.trackingUri().toString())
        .experimentName("by name")
        .asyncExport(false)
        .build()) {
      named.tracer().trace("root", () -> {});
      String id = named.reader().findExperiment("by name").orElseThrow().experimentId();

      assertThat(named.reader().searchTraces(List.of(id), Search.everything()).items())
          .hasSize(1);
    }
  }
}
