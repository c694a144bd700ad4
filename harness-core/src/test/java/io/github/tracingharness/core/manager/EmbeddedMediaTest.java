package io.github.tracingharness.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tracingharness.core.trace.Attachment;
import io.github.tracingharness.core.trace.PythonJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EmbeddedMediaTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What mlflow 3.17.2 made of the same values, with its ids replaced. */
  static Stream<Arguments> recorded() throws IOException {
    try (InputStream file = EmbeddedMediaTest.class.getResourceAsStream("/golden/media.json")) {
      List<Arguments> all = new ArrayList<>();
      for (JsonNode item : MAPPER.readTree(Objects.requireNonNull(file))) {
        all.add(Arguments.of(
            item.get("name").asText(),
            MAPPER.convertValue(item.get("value"), Object.class),
            item.get("extracted")));
      }
      return all.stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recorded")
  void extract_recordedValue_isWhatPythonMakesOfIt(String name, Object value, JsonNode expected)
      throws IOException {
    String json = PythonJson.dumps(EmbeddedMedia.extract(value), EmbeddedMediaTest::stand);

    assertThat(MAPPER.readTree(json)).as(name).isEqualTo(expected);
  }

  private static String stand(Attachment attachment) {
    return attachment.reference("tr-1").replace(attachment.id(), "ID");
  }

  @Test
  void extract_nothingToExtract_givesTheValueItself() {
    Map<String, Object> value = Map.of("a", List.of(Map.of("b", "c")), "d", new Object[] {1});

    assertThat(EmbeddedMedia.extract(value)).isSameAs(value);
  }

  @Test
  void extract_valueThatLeadsBackIntoItself_ends() {
    List<Object> circle = new ArrayList<>();
    circle.add(circle);

    assertThat(EmbeddedMedia.extract(circle)).isSameAs(circle);
  }
}
