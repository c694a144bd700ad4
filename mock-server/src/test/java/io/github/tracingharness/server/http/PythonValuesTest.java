package io.github.tracingharness.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonValuesTest {

  @ParameterizedTest
  @CsvSource({
    "5,5",
    "' 5 ',5",
    "1_000,1000",
    "+7,7",
    "-0,0",
    "99999999999999999999,99999999999999999999"
  })
  void integer_thatPythonReads_isRead(String text, String number) {
    assertThat(PythonValues.integer(text)).get().hasToString(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1.0", "1e3", "_1", "1__0", "0x1", "1 0", "x"})
  void integer_thatPythonDoesNotRead_isNone(String text) {
    assertThat(PythonValues.integer(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "5,5",
    "1_0.5,10.5",
    ".5,0.5",
    "5.,5",
    "1E-2,0.01",
    "Infinity,Infinity",
    "-inf,-Infinity",
    "nAn,NaN"
  })
  void decimal_thatPythonReads_isRead(String text, double number) {
    assertThat(PythonValues.decimal(text)).contains(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "1d", "0x1p3", "1e", "infinite", "1 .0"})
  void decimal_thatPythonDoesNotRead_isNone(String text) {
    assertThat(PythonValues.decimal(text)).isEmpty();
  }

  @Test
  void text_withHalfASurrogatePair_isNotSound() {
    assertThat(PythonValues.isSound("\ud83d\ude00")).isTrue();
    assertThat(PythonValues.isSound("\ud83d")).isFalse();
  }
}
