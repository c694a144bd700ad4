package io.github.tracingharness.server.wiremock;

import io.github.tracingharness.server.Header;
import io.github.tracingharness.server.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wiremock.jakarta.servlet.ServletException;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.jakarta.servlet.http.HttpServletResponse;
import wiremock.org.eclipse.jetty.server.Request;
import wiremock.org.eclipse.jetty.server.handler.HandlerWrapper;

/**
 * Sends the stateful answer itself as long as WireMock has nothing to add: no stub but ours and no
 * delay for all. Choosing our stub, copying the request four times and rendering the answer would
 * cost more than deciding it. WireMock's journal gets the call nevertheless.
 *
 * <p>What WireMock understands better, goes its way as well: faults, packed bodies, forms of
 * several parts, cookies and odd paths.
 */
final class DirectHandler extends HandlerWrapper {

  private static final int PIECE = 8192;
  private static final String ADMIN = "/__admin";

  private final BoundedStores stores;

  DirectHandler(BoundedStores stores) {
    this.stores = stores;
  }

  @Override
  public void handle(
      String target, Request base, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    WireExchange exchange = ExchangeListener.of(base);
    if (exchange == null) {
      super.handle(target, base, request, response);
      return;
    }
    boolean direct = isPlain(target, base) && stores.haveOnlyTheTrackingStub();
    if (!direct && isDecodable(base)) {
      super.handle(target, base, request, new OddResponse(base, exchange, response));
      return;
    }
    readBody(request);
    Reply reply = exchange.reply();
    if (reply.wire() != Reply.Wire.SEND) {
      super.handle(
          target,
          base,
          new BufferedRequest(request, exchange.receivedBody()),
          new OddResponse(base, exchange, response));
      return;
    }
    base.setHandled(true);
    stores.journal().add(DirectCall.of(base, exchange, reply));
    send(reply, response);
  }

  /** As WireMock does it. */
  private static void send(Reply reply, HttpServletResponse response) throws IOException {
    response.setStatus(reply.status());
    for (Header header : reply.headers()) {
      response.addHeader(header.name(), header.value());
    }
    if (response.getHeader("Content-Length") == null) {
      response.setContentLength(reply.body().length);
    }
    response.getOutputStream().write(reply.body());
    response.getOutputStream().close();
  }

  /** The listener keeps it. */
  private static void readBody(HttpServletRequest request) throws IOException {
    long length = request.getContentLengthLong();
    if (length == 0) {
      return;
    }
    InputStream body = request.getInputStream();
    byte[] piece = new byte[length < 0 || length > PIECE ? PIECE : (int) length];
    while (body.read(piece) >= 0) {
      // Until its end.
    }
  }

  private static boolean isPlain(String target, Request request) {
    String path = request.getHttpURI().getPath();
    return path != null
        && path.startsWith("/")
        && path.indexOf('%') < 0
        && path.indexOf(';') < 0
        && !path.contains("//")
        && !path.contains("/.")
        && !target.startsWith(ADMIN)
        && request.getHeader("Content-Encoding") == null
        && request.getHeader("Cookie") == null
        && !isMultipart(request.getContentType());
  }

  /** WireMock fails on a percent sign that begins no escape; MLflow's server takes it as it is. */
  private static boolean isDecodable(Request request) {
    String target = request.getHttpURI().getPathQuery();
    if (target == null || target.indexOf('%') < 0) {
      return true;
    }
    try {
      String unused = URLDecoder.decode(target, StandardCharsets.UTF_8);
      return true;
    } catch (IllegalArgumentException brokenEscape) {
      return false;
    }
  }

  private static boolean isMultipart(@Nullable String type) {
    return type != null && type.toLowerCase(Locale.ROOT).contains("multipart/");
  }
}
