package io.github.tracingharness.core.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tracingharness.core.testing.JsonValues;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PythonJsonPropertyTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Provide
  Arbitrary<Object> values() {
    return JsonValues.values();
  }

  @Provide
  Arbitrary<String> units() {
    return JsonValues.units();
  }

  @Property
  void dumps_anyValue_isReadByJacksonAsThatValue(@ForAll("values") Object value)
      throws JsonProcessingException {
    Object expected = JsonValues.canonical(value);

    assertThat(JsonValues.canonical(MAPPER.readValue(PythonJson.dumps(value), Object.class)))
        .isEqualTo(expected);
    assertThat(JsonValues.canonical(MAPPER.readValue(PythonJson.dumpsAscii(value), Object.class)))
        .isEqualTo(expected);
  }

  @Property
  void loads_whatDumpsWrote_isThatValue(@ForAll("values") Object value) {
    assertThat(JsonValues.canonical(PythonJson.loads(PythonJson.dumps(value))))
        .isEqualTo(JsonValues.canonical(value));
  }

  @Property
  void dumps_whatLoadsRead_isTheSameText(@ForAll("values") Object value) {
    String text = PythonJson.dumps(value);

    assertThat(PythonJson.dumps(PythonJson.loads(text))).isEqualTo(text);
  }

  @Property
  void dumpsAscii_anyValue_isOneLineOfPrintableAscii(@ForAll("values") Object value) {
    assertThat(PythonJson.dumpsAscii(value)).matches("[ -~]*");
  }

  @Property
  void dumps_anyUnits_isReadAsTheWellFormedText(@ForAll("units") String units)
      throws JsonProcessingException {
    String text = PythonJson.dumps(units);

    assertThat(new String(text.getBytes(UTF_8), UTF_8)).isEqualTo(text);
    assertThat(MAPPER.readValue(text, String.class)).isEqualTo(Texts.wellFormed(units));
    assertThat(MAPPER.readValue(PythonJson.dumpsAscii(units), String.class))
        .isEqualTo(Texts.wellFormed(units));
  }

  @Property
  void dumps_anyDouble_isReadAsThatDoubleAndNoLongerThanJavasText(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) {
      String text = PythonJson.dumps(value);

      assertThat(Double.parseDouble(text)).isEqualTo(value);
      assertThat(digits(text))
          .hasSizeLessThanOrEqualTo(digits(Double.toString(value)).length());
    }
  }

  private static String digits(String number) {
    return number.replaceAll("[eE].*", "").replaceAll("[-.]", "").replaceAll("^0+|0+$", "");
  }
}
