package io.github.tracingharness.server.otlp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Base64 as the real server reads it: both alphabets are digits, whatever is no digit is skipped,
 * and padding is added by the length of the text.
 */
final class PythonBase64 {

  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private PythonBase64() {}

  /** @throws IllegalArgumentException if digits or padding are missing at the end */
  static byte[] decode(String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    String padded = text.replace('-', '+').replace('_', '/') + "=".repeat(4 - length % 4);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int bits = 0;
    int count = 0;
    int pads = 0;
    for (int i = 0; i < padded.length(); i++) {
      char c = padded.charAt(i);
      int digit = DIGITS.indexOf(c);
      if (c == '=' && count >= 2 && count + ++pads >= 4) {
        return bytes.toByteArray();
      }
      if (digit >= 0) {
        pads = 0;
        bits = bits << 6 | digit;
        count = (count + 1) % 4;
        if (count != 1) {
          bytes.write(bits >> (8 - 2 * count) % 8);
        }
      }
    }
    if (count != 0) {
      throw new IllegalArgumentException("no base64: " + text.length() + " characters");
    }
    return bytes.toByteArray();
  }
}
