package io.github.tracingharness.server.collector;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a reply is sent.
 *
 * @param gzip whether its body is compressed
 * @param interval the pause before each byte of the body, or null to send all at once
 * @param chunked whether the body comes in chunks, one for each byte when there are pauses
 * @param end what happens to the connection after it
 */
record Manner(boolean gzip, @Nullable Duration interval, boolean chunked, End end) {

  static final Manner PLAIN = new Manner(false, null, false, End.KEPT);

  enum End {
    KEPT,
    CLOSED,
    CLOSED_AS_ANNOUNCED
  }

  Manner withGzip(boolean compressed) {
    return new Manner(compressed, interval, chunked, end);
  }

  Manner dripping(Duration pause, boolean inChunks) {
    return new Manner(gzip, pause, inChunks, end);
  }

  Manner ending(End newEnd) {
    return new Manner(gzip, interval, chunked, newEnd);
  }
}
