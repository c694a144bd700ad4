package io.github.tracingharness.core.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What CPython's json module wrote; {@code src/test/python/python_json.py} made the resource. */
class PythonJsonGoldenTest {

  private static JsonNode rows(String name, int count) throws IOException {
    try (InputStream in =
        PythonJsonGoldenTest.class.getResourceAsStream("/golden/python-json.json")) {
      JsonNode rows = new ObjectMapper().readTree(Objects.requireNonNull(in)).path(name);
      assertThat(rows).hasSize(count);
      return rows;
    }
  }

  @Test
  void dumps_numbersOfCPython_writesTheirRepr() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (JsonNode row : rows("numbers", 619)) {
      long bits = Long.parseUnsignedLong(row.path(0).asText(), 16);
      String written = PythonJson.dumps(Double.longBitsToDouble(bits));
      if (!written.equals(row.path(1).asText())) {
        wrong.add(written + " instead of " + row.path(1).asText());
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void dumps_valuesOfCPython_writesTheSameText() throws IOException {
    for (JsonNode row : rows("values", 300)) {
      Object value = PythonJson.loads(row.path(0).asText());

      assertThat(PythonJson.dumps(value)).isEqualTo(row.path(0).asText());
      assertThat(PythonJson.dumpsAscii(value)).isEqualTo(row.path(1).asText());
      assertThat(PythonJson.loads(row.path(1).asText())).isEqualTo(value);
    }
  }
}
