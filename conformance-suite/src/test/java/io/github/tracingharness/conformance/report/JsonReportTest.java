package io.github.tracingharness.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.github.tracingharness.conformance.judge.FailureKind;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.requirement.Level;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonReportTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  static List<RunResult> runs() {
    return ReportsTest.runs();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void render_anyRun_isValidBySchema(RunResult run) throws IOException {
    assertThat(schema().validate(json(run))).isEmpty();
  }

  @Test
  void schema_damagedReports_areRefused() throws IOException {
    ObjectNode withoutSeed = json(SampleRun.everyVerdict());
    withoutSeed.remove("seed");
    ObjectNode unknownVerdict = json(SampleRun.everyVerdict());
    ((ObjectNode) unknownVerdict.at("/cases/0")).put("verdict", "GREEN");
    ObjectNode negative = json(SampleRun.everyVerdict());
    ((ObjectNode) negative.get("counts")).put("FAIL", -1);

    assertThat(List.of(withoutSeed, unknownVerdict, negative))
        .allSatisfy(report -> assertThat(schema().validate(report)).hasSize(1));
  }

  @Test
  void schema_enumerations_nameAllValuesOfTheCode() throws IOException {
    try (InputStream in = schemaStream()) {
      JsonNode schema = JSON.readTree(in);
      assertThat(texts(schema.at("/$defs/verdict/enum"))).isEqualTo(names(Verdict.values()));
      assertThat(texts(schema.at("/$defs/level/enum"))).isEqualTo(names(Level.values()));
      assertThat(texts(schema.at("/$defs/case/properties/kind/enum")))
          .isEqualTo(Arrays.stream(FailureKind.values()).map(FailureKind::label).toList());
    }
  }

  @Test
  void render_everyVerdict_matchesGolden() throws IOException {
    Goldens.assertMatches(
        "report.json", new JsonReport(SampleRun.REQUIREMENTS).render(SampleRun.everyVerdict()));
  }

  @Test
  void render_hostileText_comesBackUnchanged() throws IOException {
    JsonNode report = json(SampleRun.hostile());

    // A lone surrogate is no text and cannot be written in UTF-8.
    String expected = SampleRun.HOSTILE.replace("\ud800", "?");
    assertThat(report.at("/cases/0/message").asText()).isEqualTo(expected);
    assertThat(report.at("/subject/name").asText()).isEqualTo(expected);
  }

  private static ObjectNode json(RunResult run) throws IOException {
    byte[] file =
        new JsonReport(SampleRun.REQUIREMENTS).render(run).getBytes(StandardCharsets.UTF_8);
    return (ObjectNode) JSON.readTree(file);
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream in = schemaStream()) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
    }
  }

  private static InputStream schemaStream() {
    return JsonReport.class.getResourceAsStream("/schemas/report-1.schema.json");
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
