package io.github.tracingharness.server.wiremock;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import wiremock.org.eclipse.jetty.io.EndPoint;
import wiremock.org.eclipse.jetty.io.EofException;
import wiremock.org.eclipse.jetty.server.HttpChannel;
import wiremock.org.eclipse.jetty.util.FutureCallback;

/** Ways in which a connection ends before its answer does. */
final class Ending {

  private static final String HALF_HEAD = "HTTP/1.1 200 OK\r\nContent-Ty";

  private Ending() {}

  /** Ends the connection in order, whatever of the answer is still missing. */
  static void close(HttpChannel channel) {
    channel.abort(new EofException("closed by a fault"));
  }

  static void afterHalfHead(HttpChannel channel) throws IOException {
    FutureCallback written = new FutureCallback();
    channel
        .getEndPoint()
        .write(written, ByteBuffer.wrap(HALF_HEAD.getBytes(StandardCharsets.US_ASCII)));
    written.block();
    close(channel);
  }

  /** Ends the connection with a TCP reset. */
  static void reset(HttpChannel channel) {
    Object transport = channel.getEndPoint().getTransport();
    while (transport instanceof EndPoint below) {
      transport = below.getTransport();
    }
    if (transport instanceof SocketChannel socket) {
      try {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        socket.close();
      } catch (IOException goneAlready) {
        // The client was faster.
      }
    }
    channel.abort(new EofException("reset by a fault"));
  }
}
