package io.github.tracingharness.junit.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingHarness;
import io.github.tracingharness.junit.golden.GoldenTrace.Mode;
import io.github.tracingharness.server.StoredTrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TracingHarness.class)
class GoldenTraceTest {

  private record Question(String question, int limit) {}

  private record Answer(String id, List<String> documents) {}

  @TempDir
  Path folder;

  /** Two runs differ in ids, times and the order of the two searches. */
  private static StoredTrace answer(MlflowTracer tracer, Traces traces, String... searches) {
    LiveSpan answer = tracer.startSpan("answer");
    answer.setInputs(new Question("What is a span?", 3));
    for (String search : searches) {
      tracer.spanBuilder("search").inputs(search).startSpan().end();
    }
    answer.setOutputs(new Answer(
        answer.spanId(), List.of("What a span is", "What a trace is", "What neither of them is")));
    answer.recordException(new IllegalStateException("no model"));
    answer.trace().tag("seen", "as " + answer.traceId());
    String id = answer.traceId();
    answer.end();
    return traces.awaitTrace(trace -> trace.traceId().equals(id));
  }

  @Test
  void golden_firstRun_isWrittenAndLaterRunsMatch(MlflowTracer tracer, Traces traces)
      throws IOException {
    StoredTrace first = answer(tracer, traces, "spans", "traces");
    StoredTrace second = answer(tracer, traces, "traces", "spans");

    assertThat(GoldenTrace.complaint("rag/answer", first, folder, Mode.NEW)).isEmpty();
    assertThat(GoldenTrace.complaint("rag/answer", second, folder, Mode.CHECK)).isEmpty();
    assertThat(Files.readString(folder.resolve("rag/answer.txt"))).isEqualTo("""
        state: ERROR
        request preview: "{\\"question\\": \\"What is a span?\\", \\"limit\\": 3}"
        response preview: "{\\"id\\": \\"<id of answer>\\", \\"documents\\": [\\"What a span is\\", \
        \\"What a trace is\\", \\"What neither of them is\\"]}"
        tag mlflow.traceName: "answer"
        tag seen: "as <trace id>"
        metadata mlflow.trace_schema.version: "3"
        span answer UNKNOWN ERROR "IllegalStateException: no model"
            inputs: {"limit": 3, "question": "What is a span?"}
            outputs: {
              "documents": ["What a span is", "What a trace is", "What neither of them is"],
              "id": "<id of answer>"
            }
            event exception: {"exception.message": "no model", "exception.type": \
        "IllegalStateException"}
          span search UNKNOWN OK
              inputs: "spans"
          span search UNKNOWN OK
              inputs: "traces"
        """);
  }

  @Test
  void golden_otherTrace_showsTheDifferentLines(MlflowTracer tracer, Traces traces) {
    GoldenTrace.complaint("answer", answer(tracer, traces, "spans"), folder, Mode.NEW);

    assertThat(GoldenTrace.complaint("answer", answer(tracer, traces, "metrics"), folder, Mode.NEW))
        .hasValue("""
            to match the golden trace "answer" but it differs (- %s, + this trace; \
            -Dtracingharness.golden=update accepts it):
              …
                  event exception: {"exception.message": "no model", "exception.type": \
            "IllegalStateException"}
                span search UNKNOWN OK
            -       inputs: "spans"
            +       inputs: "metrics\"""".formatted(folder.resolve("answer.txt")));
  }

  @Test
  void golden_updated_isWrittenAnew(MlflowTracer tracer, Traces traces) {
    StoredTrace one = answer(tracer, traces, "spans");
    StoredTrace other = answer(tracer, traces, "metrics");
    GoldenTrace.complaint("answer", one, folder, Mode.NEW);

    assertThat(GoldenTrace.complaint("answer", other, folder, Mode.UPDATE)).isEmpty();
    assertThat(GoldenTrace.complaint("answer", other, folder, Mode.CHECK)).isEmpty();
    assertThat(GoldenTrace.complaint("answer", one, folder, Mode.CHECK)).isPresent();
  }

  @Test
  void golden_missingWhereNothingIsWritten_isAFailure(MlflowTracer tracer, Traces traces) {
    assertThat(GoldenTrace.complaint("answer", answer(tracer, traces, "spans"), folder, Mode.CHECK))
        .hasValue("to match the golden trace \"answer\" but there is no file "
            + folder.resolve("answer.txt")
            + "; run the test with -Dtracingharness.golden=new to write it");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "update, true, UPDATE",
    "new, true, NEW",
    "check, '', CHECK",
    "'', true, CHECK",
    "'', false, NEW",
    "'', '', NEW"
  })
  void mode_ofPropertyAndCi(String property, String ci, Mode expected) {
    assertThat(Mode.of(property, ci)).isEqualTo(expected);
  }

  @Test
  void mode_unknown_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mode.of("overwrite", ""))
        .withMessage("tracingharness.golden must be update, new or check, but is \"overwrite\".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../answer", "a//b", "/etc/passwd", "a/../b", "a b"})
  void name_thatIsNoFile_isRefused(String name, MlflowTracer tracer, Traces traces) {
    StoredTrace trace = answer(tracer, traces);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GoldenTrace.complaint(name, trace, folder, Mode.NEW))
        .withMessage("The name of a golden trace has letters, digits, _ - . and / for folders, but"
            + " is \"" + name + "\".");
  }

  @Test
  void diff_changesFarFromEachOther_leavesOutWhatIsEqual() {
    List<String> lines = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i");
    String expected = String.join("\n", lines);

    assertThat(LineDiff.of(expected, expected)).isEmpty();
    assertThat(LineDiff.of(expected, expected.replace("a\n", "").replace("h", "H")))
        .hasValue("- a\n  b\n  c\n  …\n  f\n  g\n- h\n+ H\n  i");
  }
}
