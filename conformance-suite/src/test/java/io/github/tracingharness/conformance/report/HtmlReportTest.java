package io.github.tracingharness.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HtmlReportTest {

  private static final Pattern TAG =
      Pattern.compile("<(/?)([a-z0-9]+)((?:\\s+[a-zA-Z0-9-]+(?:=\"[^\"<>]*\")?)*)>");
  private static final Set<String> VOID = Set.of("meta", "input");

  static List<RunResult> runs() {
    return List.of(
        SampleRun.everyVerdict(), SampleRun.hostile(), SampleRun.empty(), SampleRun.big(60));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void render_anyRun_tagsAreBalancedAndNothingElseLooksLikeOne(RunResult run) {
    String page = withoutScriptAndStyle(render(run));
    Deque<String> open = new ArrayDeque<>();
    Matcher tags = TAG.matcher(page);
    int end = 0;
    while (tags.find()) {
      assertThat(page.substring(end, tags.start())).doesNotContain("<").doesNotContain(">");
      end = tags.end();
      if (tags.group(1).isEmpty()) {
        if (!VOID.contains(tags.group(2))) {
          open.push(tags.group(2));
        }
      } else {
        assertThat(open.pop()).isEqualTo(tags.group(2));
      }
    }
    assertThat(open).isEmpty();
  }

  @Test
  void render_hostileText_isOnlyText() {
    String page = render(SampleRun.hostile());

    assertThat(page).containsOnlyOnce("<script>").doesNotContain("<img");
    Matcher tags = TAG.matcher(withoutScriptAndStyle(page));
    while (tags.find()) {
      assertThat(tags.group(3)).doesNotContainPattern("\\son[a-z]+(=|$)");
    }
    assertThat(page.chars().filter(c -> c < ' ' && c != '\n')).isEmpty();
    assertThat(page).contains("&lt;/script&gt;&lt;script&gt;alert(1)").contains("\\u202egnp.exe");
  }

  @ParameterizedTest
  @MethodSource("runs")
  void render_anyRun_loadsNothing(RunResult run) {
    Matcher tags = TAG.matcher(withoutScriptAndStyle(render(run)));
    while (tags.find()) {
      assertThat(tags.group(2)).isNotIn("link", "iframe", "object", "embed", "img", "base");
      assertThat(tags.group(3)).doesNotContain(" src=");
      if (tags.group(3).contains(" href=")) {
        assertThat(tags.group(3)).contains(" href=\"#");
      }
    }
    assertThat(render(run)).doesNotContain("url(", "@import", "fetch(", "XMLHttpRequest");
  }

  @Test
  void render_everyVerdict_showsCountsCasesAndEvidence() {
    String page = render(SampleRun.everyVerdict());

    assertThat(page)
        .contains("<strong>2 passed, 5 failed, 4 skipped</strong>")
        .contains("2 passed / 9 applicable, unsupported 1, known 1, inconclusive 1")
        .contains("id=\"MLF-EXPORT-002\"")
        .contains("an ended trace is announced with exactly one POST")
        .contains("./harness run mlflow-python --case MLF-EXPORT-002 --seed 4711")
        .contains("-&gt; flush within 3000 ms")
        .contains("The server holds its answers to START_TRACE as &quot;first&quot;.")
        .contains("attempt 4 of 4")
        .contains("&quot;trace_id&quot;: &quot;tr-0af7651916cd43dd8448eb211c80319c&quot;")
        .contains("Nothing: the case was not run.");
    assertThat(page.split("<details class=\"case\"", -1)).hasSize(12);
    assertThat(page.split("<svg", -1)).hasSize(1 + 10 + 3 + 1);
  }

  @Test
  void render_sixtyBigCases_staysBelowFiveMegabytesAndSaysWhatIsLeftOut() {
    String page = render(SampleRun.big(60));

    assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(5_000_000);
    assertThat(page)
        .contains("events are left out here; all are in run.ndjson.")
        .contains("bars and marks are drawn")
        .contains("From here on headers and bodies are left out; all are in run.ndjson.");
  }

  private static String render(RunResult run) {
    return new HtmlReport(SampleRun.REQUIREMENTS).render(run);
  }

  private static String withoutScriptAndStyle(String page) {
    return page.replaceFirst("(?s)<style>.*?</style>", "")
        .replaceFirst("(?s)<script>.*?</script>", "")
        .replaceFirst("<!doctype html>", "");
  }
}
