package io.github.tracingharness.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tracingharness.core.trace.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Previews of the recording of MLflow's Python client. */
class PreviewsTest {

  static Stream<Named<JsonNode>> recorded() throws IOException {
    try (InputStream in = PreviewsTest.class.getResourceAsStream("/golden/previews.json")) {
      JsonNode rows = new ObjectMapper().readTree(Objects.requireNonNull(in));
      assertThat(rows).hasSize(17);
      return StreamSupport.stream(rows.spliterator(), false)
          // Its previews were given by the application.
          .filter(row -> !row.path("name").asText().equals("custom"))
          .map(row -> Named.of(row.path("name").asText(), row));
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void of_recordedInputsAndOutputs_equalsRecording(JsonNode row) {
    assertPreview(row, "inputs", "user", "request_preview");
    assertPreview(row, "outputs", "assistant", "response_preview");
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void metadata_recordedInputs_equalsRecording(JsonNode row) {
    String inputs = row.path("inputs").isNull() ? "" : row.path("inputs").asText();

    assertThat(Texts.ellipsize(inputs, 250)).isEqualTo(row.path("trace_inputs").asText());
  }

  private static void assertPreview(JsonNode row, String attribute, String role, String preview) {
    if (row.path(attribute).isNull()) {
      assertThat(row.path(preview).isNull()).isTrue();
    } else {
      assertThat(Previews.of(row.path(attribute).asText(), role, 1000))
          .isEqualTo(row.path(preview).asText());
    }
  }

  @Test
  void of_textThatIsNoJson_isCut() {
    assertThat(Previews.of("{broken", "user", 1000)).isEqualTo("{broken");
    assertThat(Previews.of("{\"messages\": [null, 5]}", "user", 1000))
        .isEqualTo("{\"messages\": [null, 5]}");
    assertThat(Previews.of("{\"messages\": [{\"role\": \"user\", \"content\": []}]}", "user", 1000))
        .isEqualTo("{\"messages\": [{\"role\": \"user\", \"content\": []}]}");
  }
}
