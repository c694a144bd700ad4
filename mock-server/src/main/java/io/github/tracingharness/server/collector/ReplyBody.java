package io.github.tracingharness.server.collector;

/**
 * The body of an answer.
 *
 * @since 0.1.0
 */
public sealed interface ReplyBody {

  /** No body; a Content-Length of 0 is sent. */
  ReplyBody EMPTY = new Bytes(new byte[0]);

  /**
   * These bytes.
   *
   * @param bytes the body
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes are bytes; nobody compares these values
  record Bytes(byte[] bytes) implements ReplyBody {}

  /**
   * One body for requests in protobuf and another for requests in JSON, each with its Content-Type.
   *
   * @param protobuf the body for requests in protobuf, and for those in no known encoding
   * @param json the body for requests in JSON
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes are bytes; nobody compares these values
  record InRequestEncoding(byte[] protobuf, String json) implements ReplyBody {}

  /**
   * A valid ExportTraceServiceResponse in the encoding of the request that says nothing and has a
   * given size. It is made while it is sent.
   *
   * @param size the size in bytes, from {@value #SMALLEST} to 2 GiB
   */
  record Padded(long size) implements ReplyBody {

    /** The smallest size in bytes. */
    public static final int SMALLEST = 8;

    /** Refuses sizes out of range. */
    public Padded {
      if (size < SMALLEST || size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("the size of a padded body must be from " + SMALLEST
            + " to " + Integer.MAX_VALUE + " bytes, not " + size);
      }
    }
  }
}
