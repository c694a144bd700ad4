package io.github.tracingharness.conformance.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {

  private static final ReportReader READER = new ReportReader(RequirementRegistry.of(List.of()));

  @TempDir
  private Path directory;

  private static SubjectResult everyVerdict() {
    Verdict[] verdicts = Verdict.values();
    CaseLine[] cases = new CaseLine[verdicts.length];
    for (int i = 0; i < verdicts.length; i++) {
      // Backwards, so that sorting shows.
      cases[i] = SampleResults.line("MLF-X-%03d".formatted(99 - i), verdicts[i]);
    }
    return SampleResults.result("mlflow-python", cases);
  }

  private SubjectResult read(String text) throws IOException {
    return READER.read(Files.writeString(directory.resolve("report.json"), text), "again");
  }

  @Test
  void render_readBack_isRenderedTheSame() throws IOException {
    String text = new ResultFile(Map.of()).render(everyVerdict());

    assertThat(new ResultFile(Map.of()).render(read(text))).isEqualTo(text);
  }

  @Test
  void render_anyOrderOfCases_isSortedOneCaseALine() {
    String text = new ResultFile(Map.of()).render(everyVerdict());

    List<String> lines =
        text.lines().filter(line -> line.startsWith("    {\"id\"")).toList();
    assertThat(lines).hasSize(Verdict.values().length).isSorted();
  }

  @Test
  void render_everyVerdict_isValidBySchema() throws IOException {
    assertThat(schema()
            .validate(new ObjectMapper().readTree(new ResultFile(Map.of()).render(everyVerdict()))))
        .isEmpty();
    assertThat(schema().validate(new ObjectMapper().readTree("{\"cases\": [{}]}")))
        .isNotEmpty();
  }

  @Test
  void render_directoriesOfTheMachine_areReplacedInTheirOrder() {
    Map<String, String> replaced = new LinkedHashMap<>();
    replaced.put("/home/me/project", ".");
    replaced.put("/home/me", "~");
    SubjectResult result = SampleResults.result(
        "x",
        SampleResults.line(
            "MLF-X-001",
            "s",
            "f",
            Verdict.FAIL,
            null,
            "no file /home/me/project/a nor /home/me/b, found \"/home/me/pro… (847 characters)"));

    assertThat(new ResultFile(replaced).render(result))
        .contains("no file ./a nor ~/b, found \\\"… (847 characters)")
        .doesNotContain("/home/me");
  }

  @Test
  void read_noReport_saysSoInOneSentence() throws IOException {
    Path none = directory.resolve("none.json");
    assertThatThrownBy(() -> READER.read(none, "x"))
        .isInstanceOf(UnreadableReportException.class)
        .hasMessage("there is no file " + none);
    assertThatThrownBy(() -> read("{"))
        .isInstanceOf(UnreadableReportException.class)
        .hasMessageEndingWith("report.json is not JSON");
    assertThatThrownBy(() -> read("{\"schema\": \"other/1\"}"))
        .isInstanceOf(UnreadableReportException.class)
        .hasMessageContaining("has the schema 'other/1', but tracing-harness/report/1 or");
    assertThatThrownBy(() -> read(
            "{\"schema\": \"tracing-harness/result/1\", \"cases\": [{\"verdict\": \"GREEN\"}]}"))
        .isInstanceOf(UnreadableReportException.class)
        .hasMessageContaining("is damaged: ");
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream in = ResultFile.class.getResourceAsStream("/schemas/result-1.schema.json")) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
    }
  }
}
