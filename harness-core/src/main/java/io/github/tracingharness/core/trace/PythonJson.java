package io.github.tracingharness.core.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads JSON as Python's {@code json} module does.
 *
 * <p>Separators are {@code ", "} and {@code ": "}; NaN and the infinities are the bare tokens
 * {@code NaN}, {@code Infinity} and {@code -Infinity}; integers have any length; floating-point
 * numbers have the shortest text that reads back as the same value. Writing never fails: what has
 * no JSON form becomes its {@code toString()}, and a reference that leads back into itself becomes
 * the text <code>{...}</code> or {@code [...]}.
 */
public final class PythonJson {

  private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder()
              .maxStringLength(Integer.MAX_VALUE)
              .maxNumberLength(100_000)
              .build())
          .build())
      .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private PythonJson() {}

  /**
   * Writes a value as {@code json.dumps(value, ensure_ascii=False)} does.
   *
   * <p>Maps, collections, arrays, records and optionals are written by their parts, everything that
   * is no JSON value by its {@code toString()}. Keys of maps become text as in Python:
   * {@code null}, {@code true}, {@code 5}.
   */
  public static String dumps(@Nullable Object value) {
    return dumps(value, Attachment::toString);
  }

  /**
   * Writes a value as {@link #dumps(Object)} does.
   *
   * @param attachments gives the text that stands for an attachment, wherever in the value it is
   */
  public static String dumps(@Nullable Object value, Function<Attachment, String> attachments) {
    return value instanceof String text && JsonWriter.isPlain(text)
        ? "\"" + text + "\""
        : JsonWriter.write(value, false, attachments);
  }

  /** Writes a value as {@code json.dumps(value)} does: every character outside ASCII is escaped. */
  public static String dumpsAscii(@Nullable Object value) {
    return JsonWriter.write(value, true, Attachment::toString);
  }

  /**
   * Reads JSON text: objects become maps in the order of their members, arrays lists, integers
   * {@code Integer}, {@code Long} or {@code BigInteger}, other numbers {@code Double}.
   *
   * @throws IllegalArgumentException if the text is not one JSON value
   */
  public static @Nullable Object loads(String text) {
    if (isPlainText(text)) {
      return text.substring(1, text.length() - 1);
    }
    try {
      return MAPPER.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Tells whether the JSON is a text that stands there as it is: the usual case. */
  private static boolean isPlainText(String json) {
    int last = json.length() - 1;
    if (last < 1 || json.charAt(0) != '"' || json.charAt(last) != '"') {
      return false;
    }
    for (int i = 1; i < last; i++) {
      char c = json.charAt(i);
      if (c == '"' || c == '\\' || c < ' ') {
        return false;
      }
    }
    return true;
  }

  /** Returns how many characters {@link #dumpsAscii} writes, without writing them. */
  public static long asciiLength(@Nullable Object value) {
    return JsonWriter.asciiLength(value);
  }

  /**
   * Returns what {@code str(value)} gives in Python for simple values: {@code True}, {@code None},
   * {@code 1.5}.
   */
  public static String str(@Nullable Object value) {
    if (value == null) {
      return "None";
    }
    if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    if (value instanceof Double || value instanceof Float) {
      return PythonFloat.repr(((Number) value).doubleValue());
    }
    return Texts.wellFormed(Texts.toStringOf(value));
  }
}
