package io.github.tracingharness.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.testing.JsonValues;
import io.github.tracingharness.core.trace.JsonText;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanAttributeKey;
import io.github.tracingharness.core.trace.SpanStatus;
import io.github.tracingharness.core.trace.Texts;
import io.github.tracingharness.core.trace.TraceInfo;
import io.github.tracingharness.core.trace.TraceLocation;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever an application says of a trace, the wire gets texts of the lengths that it allows. */
class TraceLimitsPropertyTest {

  private static final String ROOT_ID = "0123456789abcdef";

  @Provide
  Arbitrary<String> texts() {
    return JsonValues.texts();
  }

  @Property(tries = 300)
  void assemble_anyTagsAndMetadata_areCutInCodePoints(
      @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 300) int times) {
    String value = text.repeat(times);
    TraceInfo info = assemble(value, Map.of(value, value), Map.of("m" + value, value), List.of());

    assertThat(info.tags())
        .containsEntry(Texts.cut(value, 250), Texts.cut(value, 4096))
        .containsEntry("mlflow.traceName", Texts.cut(value, 4096));
    assertThat(info.metadata()).containsEntry(Texts.cut("m" + value, 250), Texts.cut(value, 250));
    info.metadata().forEach((key, content) -> {
      assertThat(length(key)).isLessThanOrEqualTo(250);
      assertThat(length(content)).isLessThanOrEqualTo(250);
    });
  }

  @Property(tries = 300)
  void assemble_anyInputs_areKeptFromTheBeginning(
      @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 100) int times) {
    String json = PythonJson.dumps(text.repeat(times));
    TraceInfo info = assemble(text.repeat(times), Map.of(), Map.of(), List.of());

    assertThat(info.metadata()).containsEntry("mlflow.traceInputs", Texts.ellipsize(json, 250));
    assertThat(info.requestPreview()).isEqualTo(Texts.ellipsize(json, 1000));
  }

  @Property(tries = 300)
  void assemble_anyNumberOfPrompts_makesATagThatIsJsonAndFits(
      @ForAll("texts") String name, @ForAll @IntRange(max = 200) int count) {
    List<PromptVersion> prompts = IntStream.range(0, count)
        .mapToObj(number -> PromptVersion.of(name, number))
        .toList();
    TraceInfo info = assemble("x", Map.of(), Map.of(), prompts);

    String tag = info.tags().getOrDefault("mlflow.linkedPrompts", "[]");
    assertThat(tag).hasSizeLessThanOrEqualTo(4096);
    List<?> linked = (List<?>) PythonJson.loads(tag);
    for (int i = 0; i < linked.size(); i++) {
      assertThat(linked.get(i)).isEqualTo(Map.of("name", name, "version", Integer.toString(i)));
    }
    if (linked.size() < count) {
      int next = tag.length() + PythonJson.dumpsAscii(name).length() + 40;
      assertThat(next).as("with one more prompt").isGreaterThan(4096 - 10);
    }
  }

  private static TraceInfo assemble(
      String text,
      Map<String, String> tags,
      Map<String, String> metadata,
      List<PromptVersion> prompts) {
    String traceId = "tr-" + "0".repeat(31) + "1";
    Span root = new Span(
        traceId,
        ROOT_ID,
        null,
        "root",
        1,
        OptionalLong.of(2),
        List.of(),
        SpanStatus.OK,
        Map.of(SpanAttributeKey.INPUTS, JsonText.of(text)),
        List.of());
    TraceFacts facts = new TraceFacts(
        traceId,
        new TraceLocation.Experiment("1"),
        null,
        null,
        null,
        null,
        text,
        tags,
        metadata,
        prompts);
    return new TraceAssembler(Map.of(), false)
        .assemble(facts, root, List.of(root))
        .info();
  }

  private static long length(String text) {
    return text.codePoints().count();
  }
}
