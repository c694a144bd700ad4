package io.github.tracingharness.server.wiremock;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import wiremock.jakarta.servlet.ServletException;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.jakarta.servlet.http.HttpServletResponse;
import wiremock.org.eclipse.jetty.server.Request;
import wiremock.org.eclipse.jetty.server.handler.HandlerWrapper;

/** Resets connections whose request is to be cut off, before anybody else asks for its body. */
final class EarlyReset extends HandlerWrapper {

  private static final int PIECE = 8192;

  @Override
  public void handle(
      String target, Request base, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    WireExchange exchange = ExchangeListener.of(base);
    OptionalLong after = exchange == null ? OptionalLong.empty() : exchange.resetAfterBodyBytes();
    if (exchange == null || after.isEmpty()) {
      super.handle(target, base, request, response);
      return;
    }
    base.setHandled(true);
    read(after.getAsLong(), request);
    reset(base, exchange);
  }

  static void reset(Request request, WireExchange exchange) {
    // The client notices the end of the connection before Jetty tells of it.
    exchange.answering(0, List.of());
    Ending.reset(request.getHttpChannel());
  }

  private static void read(long bytes, HttpServletRequest request) throws IOException {
    InputStream body = request.getInputStream();
    byte[] piece = new byte[PIECE];
    long left = bytes;
    while (left > 0) {
      int read = body.read(piece, 0, (int) Math.min(left, PIECE));
      if (read < 0) {
        return;
      }
      left -= read;
    }
  }
}
