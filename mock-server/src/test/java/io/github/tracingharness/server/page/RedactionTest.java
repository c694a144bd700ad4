package io.github.tracingharness.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.server.Header;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sent with Bearer abcdef123456 to it|sent with (redacted) to it",
        "key sk-0123456789abcdef here|key (redacted) here",
        "{\"api_key\": \"tiny\", \"n\": 1}|{\"api_key\": \"(redacted)\", \"n\": 1}",
        "{\\\"password\\\": \\\"tiny\\\"}|{\\\"password\\\": \\\"(redacted)\\\"}",
        "{\"input_tokens\": 5}|{\"input_tokens\": 5}",
        "the basic idea|the basic idea"
      })
  void text_withCredentials_isShownWithoutThem(String text, String shown) {
    assertThat(Redaction.text(text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http.request.header.authorization", "openai.api_key", "db.password", "auth-token"
      })
  void value_underATellingName_isNotShown(String name) {
    assertThat(Redaction.value(name, "tiny")).isEqualTo(Redaction.REPLACEMENT);
    assertThat(Redaction.header(new Header("Cookie", "a=b"))).isEqualTo(Redaction.REPLACEMENT);
  }

  @ParameterizedTest
  @Timeout(60)
  @ValueSource(strings = {"\"", "eyJ-", "bearer ", "\"secret", "x", "sk-", "\\\"", "\"api_key\": "})
  void text_thatIsLongAndStrange_takesNoTime(String piece) {
    String text = piece.repeat(300_000 / piece.length());

    assertThat(Redaction.text("\"" + text)).isNotEmpty();
  }
}
