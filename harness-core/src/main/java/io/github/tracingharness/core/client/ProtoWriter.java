package io.github.tracingharness.core.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes protobuf messages inside of each other into one buffer, without generated classes. The
 * length of a message stands before it and is known after it: one byte is kept free, and a message
 * that needs more is moved.
 */
final class ProtoWriter {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int WIRE_TYPE_BITS = 3;
  private static final int LOW_BITS = 0x7F;
  private static final int MORE = 0x80;
  private static final int GROUP_BITS = 7;
  private static final int LARGEST_VARINT = 10;
  private static final int FIRST_SIZE = 1024;

  private byte[] buffer = new byte[FIRST_SIZE];
  private int size;

  /** Returns what was written. */
  byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  /** Begins a message and returns what {@link #end} needs to know. */
  int begin(int field) {
    tag(field, LENGTH_DELIMITED);
    reserve(1);
    size++;
    return size;
  }

  /** Ends the message that began last. */
  void end(int start) {
    int length = size - start;
    int more = varintLength(length) - 1;
    if (more > 0) {
      reserve(more);
      System.arraycopy(buffer, start, buffer, start + more, length);
    }
    size = start - 1;
    varint(length);
    size += length;
  }

  void string(int field, String text) {
    tag(field, LENGTH_DELIMITED);
    if (!ascii(text)) {
      raw(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Writes the bytes that hex digits stand for. */
  void hex(int field, String digits) {
    tag(field, LENGTH_DELIMITED);
    int length = digits.length() / 2;
    varint(length);
    reserve(length);
    for (int i = 0; i < length; i++) {
      buffer[size++] = (byte) ((digit(digits, 2 * i) << 4) | digit(digits, 2 * i + 1));
    }
  }

  void bool(int field, boolean value) {
    int64(field, value ? 1 : 0);
  }

  void int64(int field, long value) {
    tag(field, VARINT);
    varint(value);
  }

  void fixed64(int field, long value) {
    tag(field, FIXED64);
    reserve(Long.BYTES);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      buffer[size++] = (byte) (value >>> shift);
    }
  }

  void float64(int field, double value) {
    fixed64(field, Double.doubleToRawLongBits(value));
  }

  private static int digit(String digits, int index) {
    int digit = Character.digit(digits.charAt(index), 16);
    if (digit < 0) {
      throw new IllegalArgumentException("\"" + digits + "\" is not hex");
    }
    return digit;
  }

  /** Writes the text if all of it is ASCII; otherwise it writes nothing and returns false. */
  private boolean ascii(String text) {
    int length = text.length();
    reserve(LARGEST_VARINT + length);
    int before = size;
    varint(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c > LOW_BITS) {
        size = before;
        return false;
      }
      buffer[size++] = (byte) c;
    }
    return true;
  }

  private void raw(byte[] bytes) {
    varint(bytes.length);
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  private void tag(int field, int wireType) {
    varint(((long) field << WIRE_TYPE_BITS) | wireType);
  }

  private void varint(long value) {
    reserve(LARGEST_VARINT);
    long left = value;
    while ((left & ~LOW_BITS) != 0) {
      buffer[size++] = (byte) ((left & LOW_BITS) | MORE);
      left >>>= GROUP_BITS;
    }
    buffer[size++] = (byte) left;
  }

  private static int varintLength(int value) {
    int length = 1;
    for (int left = value >>> GROUP_BITS; left != 0; left >>>= GROUP_BITS) {
      length++;
    }
    return length;
  }

  private void reserve(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(size, more), buffer.length * 2));
    }
  }
}
