package io.github.tracingharness.core.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PythonJsonTest {

  private enum Colour {
    RED
  }

  private record Point(int x, List<Integer> rest) {}

  static Stream<Arguments> values() {
    return Stream.of(
        arguments(null, "null"),
        arguments(true, "true"),
        arguments(42, "42"),
        arguments((short) 3, "3"),
        arguments(Long.MAX_VALUE, "9223372036854775807"),
        arguments(BigInteger.TWO.pow(70), "1180591620717411303424"),
        arguments(2.5, "2.5"),
        arguments(0.1f, "0.1"),
        arguments(Double.NaN, "NaN"),
        arguments(Double.NEGATIVE_INFINITY, "-Infinity"),
        arguments(new BigDecimal("1.10"), "\"1.10\""),
        arguments('c', "\"c\""),
        arguments("a\"b\\c\n\t\b\f\r\u0001\u007f", "\"a\\\"b\\\\c\\n\\t\\b\\f\\r\\u0001\u007f\""),
        arguments("é😀", "\"é😀\""),
        arguments("x\ud800y", "\"x?y\""),
        arguments("x\udc00\ud800", "\"x??\""),
        arguments(Colour.RED, "\"RED\""),
        arguments(new Point(1, List.of(2)), "{\"x\": 1, \"rest\": [2]}"),
        arguments(Optional.of("x"), "\"x\""),
        arguments(Optional.empty(), "null"),
        arguments(new int[] {1, 2}, "[1, 2]"),
        arguments(new byte[] {0, -1}, "\"AP8=\""),
        arguments(Arrays.asList(1, 2.5, null, true), "[1, 2.5, null, true]"),
        arguments(List.of(), "[]"),
        arguments(Map.of(), "{}"),
        arguments(Map.of("a", List.of(Map.of())), "{\"a\": [{}]}"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void dumps_value_writesAsPython(Object value, String expected) {
    assertThat(PythonJson.dumps(value)).isEqualTo(expected);
  }

  @Test
  void dumps_keysThatAreNoText_writesAsPython() {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(5, "int");
    map.put(null, "none");
    map.put(true, "flag");
    map.put(1.0, "float");

    assertThat(PythonJson.dumps(map))
        .isEqualTo("{\"5\": \"int\", \"null\": \"none\", \"true\": \"flag\", \"1.0\": \"float\"}");
  }

  @Test
  void dumpsAscii_charactersOutsideAscii_escapesCodeUnits() {
    assertThat(PythonJson.dumpsAscii("é€😀\u007f"))
        .isEqualTo("\"\\u00e9\\u20ac\\ud83d\\ude00\\u007f\"");
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0",
    "-0.0, -0.0",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "1.5e-7, 1.5e-07",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "4.9e-324, 5e-324",
    "2.0e-3, 0.002",
    "2.2250738585072014E-308, 2.2250738585072014e-308",
    "9007199254740993, 9007199254740992.0",
    "2e23, 2e+23",
    "123456789.125, 123456789.125"
  })
  void dumps_double_writesShortestTextAsPython(double value, String expected) {
    assertThat(PythonJson.dumps(value)).isEqualTo(expected);
  }

  @Test
  void dumps_cyclicStructure_keepsTheRest() {
    Map<String, Object> map = new LinkedHashMap<>();
    List<Object> list = new ArrayList<>();
    map.put("list", list);
    list.add(map);
    list.add(list);
    list.add("kept");

    assertThat(PythonJson.dumps(map)).isEqualTo("{\"list\": [\"{...}\", \"[...]\", \"kept\"]}");
  }

  @Test
  void dumps_sameObjectTwiceWithoutCycle_writesItTwice() {
    List<Integer> shared = List.of(1);

    assertThat(PythonJson.dumps(List.of(shared, shared))).isEqualTo("[[1], [1]]");
  }

  @Test
  void dumps_veryDeepStructure_ends() {
    List<Object> deep = new ArrayList<>();
    List<Object> current = deep;
    for (int i = 0; i < 100_000; i++) {
      List<Object> next = new ArrayList<>();
      current.add(next);
      current = next;
    }

    assertThat(PythonJson.dumps(deep)).startsWith("[[[").contains("\"[...]\"");
  }

  @Test
  void dumps_objectWhoseTextFails_namesItsType() {
    Object hostile = new Object() {
      @Override
      public String toString() {
        throw new IllegalStateException("no text");
      }
    };

    assertThat(PythonJson.dumps(hostile)).contains("without text: IllegalStateException");
  }

  @Test
  void dumps_collectionThatChanges_fallsBackToItsText() {
    List<Integer> changing = new AbstractList<>() {
      @Override
      public Integer get(int index) {
        return index;
      }

      @Override
      public int size() {
        return 1;
      }

      @Override
      public Iterator<Integer> iterator() {
        throw new ConcurrentModificationException();
      }

      @Override
      public String toString() {
        return "changing";
      }
    };

    assertThat(PythonJson.dumps(changing)).isEqualTo("\"changing\"");
  }

  @Test
  void loads_whatDumpsWrote_givesEqualValues() {
    Map<String, Object> value = new HashMap<>();
    value.put("big", BigInteger.TWO.pow(70));
    value.put("long", Long.MAX_VALUE);
    value.put("int", 7);
    value.put("double", 1e-05);
    value.put("nan", Double.NaN);
    value.put("text", "é😀\n");
    value.put("none", null);

    assertThat(PythonJson.loads(PythonJson.dumps(value))).isEqualTo(value);
  }

  @Test
  void loads_textThatIsNoJson_throws() {
    assertThatThrownBy(() -> PythonJson.loads("{")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PythonJson.loads("1 2")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void str_simpleValues_writesAsPython() {
    assertThat(PythonJson.str(true)).isEqualTo("True");
    assertThat(PythonJson.str(null)).isEqualTo("None");
    assertThat(PythonJson.str(1.5)).isEqualTo("1.5");
    assertThat(PythonJson.str("x\ud800")).isEqualTo("x?");
  }
}
