package io.github.tracingharness.junit.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Header;
import io.github.tracingharness.server.RecordedCall;
import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HtmlTimelineTest {

  private static final long MS = 1_000_000;

  private static StoredSpan span(
      String id, @Nullable String parent, String name, long startMs, long endMs) {
    return new StoredSpan(
        id,
        parent,
        name,
        startMs * MS,
        endMs * MS,
        endMs == 0 ? "ERROR" : "OK",
        "",
        Map.of("mlflow.spanType", "\"CHAIN\"", "html", "\"<script>alert(1)</script> & more\""),
        List.of(new StoredSpan.Event("cache miss", startMs * MS, Map.of("size", 5L))),
        List.of());
  }

  private static StoredTrace trace(List<StoredSpan> spans) {
    return new StoredTrace(
        "tr-1",
        new TraceLocation.Experiment("1"),
        Optional.empty(),
        Instant.EPOCH,
        Optional.of(Duration.ofMillis(100)),
        "OK",
        Map.of(),
        Map.of("model", "m1"),
        Optional.of("What is <b>?"),
        Optional.empty(),
        true,
        StoredTrace.SpansFrom.TRACKING_STORE,
        spans,
        List.of());
  }

  private static RecordedCall call(long number) {
    return new RecordedCall(
        number,
        Endpoint.START_TRACE,
        "POST",
        "/api/3.0/mlflow/traces",
        "",
        List.of(new Header("Authorization", "Bearer top-secret")),
        new byte[12],
        200,
        List.of(),
        new byte[0],
        4711,
        number * MS,
        number * MS + 500_000);
  }

  @Test
  void page_ofATrace_hasABarForEachSpanAtItsPlace() {
    String page = HtmlTimeline.of(
        "answers()",
        "expected <2> but was <1>",
        "1 created",
        List.of(
            trace(List.of(span("b", "a", "retrieve", 25, 75), span("a", null, "answer", 0, 100)))),
        List.of(call(1), call(3)));

    assertThat(page)
        .containsSubsequence("<title>answers()</title>", "expected &lt;2&gt;", "1 created")
        .containsSubsequence(
            "padding-left:0px\">answer<",
            "left:0.000%;width:100.000%",
            "padding-left:18px\">retrieve<",
            "left:25.000%;width:50.000%",
            "50.000 ms")
        .contains("What is &lt;b&gt;?", "<td>after 2.000 ms</td><td>0.500 ms</td>")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more")
        .doesNotContain("<script", "top-secret");
  }

  @Test
  void page_isSelfContained() {
    String page = HtmlTimeline.of("t", "f", "a", List.of(trace(List.of())), List.of());

    assertThat(
            Pattern.compile("(src|href|url\\(|@import|https?:)").matcher(page).find())
        .isFalse();
  }

  @Test
  void page_openSpan_reachesToTheEnd() {
    String page = HtmlTimeline.of(
        "t",
        "f",
        "a",
        List.of(trace(List.of(span("a", null, "answer", 0, 100), span("b", "a", "lost", 40, 0)))),
        List.of());

    assertThat(page).contains("bar open\" style=\"left:40.000%;width:60.000%\"", ">open</span>");
  }

  @Test
  void page_spansThatAreEachOthersParents_areDrawnOnce() {
    String page = HtmlTimeline.of(
        "t",
        "f",
        "a",
        List.of(trace(List.of(span("a", "b", "egg", 0, 1), span("b", "a", "hen", 1, 2)))),
        List.of());

    assertThat(page.split("class=\"bar ", -1)).hasSize(3);
  }

  @Test
  void page_ofVeryMuch_isCutAndSaysSo() {
    List<StoredSpan> spans = IntStream.range(0, 600)
        .mapToObj(i -> span("s" + i, null, "root", i, i + 1))
        .toList();
    String page = HtmlTimeline.of(
        "t",
        "f",
        "a",
        IntStream.range(0, 22).mapToObj(i -> trace(i == 0 ? spans : List.of())).toList(),
        List.of());

    assertThat(page).contains("… and 100 more spans", "… and 2 more traces");
  }

  @Test
  void page_withoutTraces_saysSo() {
    assertThat(HtmlTimeline.of("t", "f", "a", List.of(), List.of())).contains("No complete trace");
  }
}
