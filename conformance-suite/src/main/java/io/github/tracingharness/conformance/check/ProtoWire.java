package io.github.tracingharness.conformance.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Walks the wire form of protobuf without knowing a message: what a decoder would merge stays. */
final class ProtoWire {

  private final byte[] bytes;
  private int at;

  private ProtoWire(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Returns the contents of each field of that number whose content has a length.
   *
   * @throws IllegalArgumentException if the bytes are not the wire form of a message
   */
  static List<byte[]> fields(byte[] message, int number) {
    ProtoWire wire = new ProtoWire(message);
    List<byte[]> found = new ArrayList<>();
    while (wire.at < message.length) {
      long tag = wire.varint();
      byte[] content = wire.content((int) (tag & 7));
      if (tag >>> 3 == number && (tag & 7) == 2) {
        found.add(content);
      }
    }
    return found;
  }

  private byte[] content(int type) {
    return switch (type) {
      case 0 -> {
        varint();
        yield new byte[0];
      }
      case 1 -> take(8);
      case 2 -> take((int) varint());
      case 5 -> take(4);
      default -> throw new IllegalArgumentException("wire type " + type);
    };
  }

  private byte[] take(int length) {
    if (length < 0 || length > bytes.length - at) {
      throw new IllegalArgumentException("a field is longer than its message");
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == bytes.length) {
        break;
      }
      byte b = bytes[at++];
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number is cut off or too long");
  }
}
