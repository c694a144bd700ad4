package io.github.tracingharness.server.wiremock;

import io.github.tracingharness.server.Header;
import io.github.tracingharness.server.http.Exchanges;
import io.github.tracingharness.server.http.RequestHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wiremock.org.eclipse.jetty.http.HttpField;
import wiremock.org.eclipse.jetty.http.HttpFields;
import wiremock.org.eclipse.jetty.server.HttpChannel;
import wiremock.org.eclipse.jetty.server.Request;

/**
 * Follows every exchange of the connector, WireMock's admin calls excepted, and knows the one that
 * the current thread handles.
 */
final class ExchangeListener implements HttpChannel.Listener {

  private static final String ATTRIBUTE = ExchangeListener.class.getName();
  private static final String ADMIN = "/__admin";

  @SuppressWarnings(
      "ThreadLocalUsage") // one listener for each server, and servers do not share threads
  private final ThreadLocal<@Nullable WireExchange> current = new ThreadLocal<>();

  private final Exchanges exchanges;
  private volatile boolean stopping;

  ExchangeListener(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  /** Is told before the server stops. */
  void stopping() {
    stopping = true;
  }

  WireExchange current() {
    WireExchange exchange = current.get();
    if (exchange == null) {
      throw new IllegalStateException(
          WireMockFront.TRANSFORMER + " answers requests of the server's own connector only");
    }
    return exchange;
  }

  @Override
  public void onRequestBegin(Request request) {
    String target = request.getHttpURI().getPathQuery();
    if (target == null || target.equals(ADMIN) || target.startsWith(ADMIN + "/")) {
      return;
    }
    RequestHead head = new RequestHead(
        request.getMethod(),
        target,
        headers(request.getHttpFields()),
        request.getRemotePort(),
        System.nanoTime());
    WireExchange exchange = new WireExchange(head, exchanges.arrived(head));
    request.setAttribute(ATTRIBUTE, exchange);
    if (exchange.resetAfterBodyBytes().orElse(1) == 0) {
      // Jetty asks no handler before the first byte of a body is there.
      EarlyReset.reset(request, exchange);
    }
  }

  @Override
  public void onBeforeDispatch(Request request) {
    current.set(of(request));
  }

  @Override
  public void onAfterDispatch(Request request) {
    current.remove();
  }

  @Override
  public void onRequestContent(Request request, ByteBuffer content) {
    tell(request, exchange -> {
      if (!exchange.requestContent(content)) {
        // A body without announced length cannot be refused by status: its sender still sends.
        request.getHttpChannel().abort(new IOException("the body is too large"));
      }
    });
  }

  @Override
  public void onResponseBegin(Request request) {
    tell(
        request,
        exchange -> exchange.answering(
            request.getResponse().getStatus(), headers(request.getResponse().getHttpFields())));
  }

  @Override
  public void onResponseCommit(Request request) {
    tell(
        request,
        exchange -> exchange.committed(
            request.getResponse().getStatus(), headers(request.getResponse().getHttpFields())));
  }

  @Override
  public void onResponseContent(Request request, ByteBuffer content) {
    tell(request, exchange -> exchange.responseContent(content));
  }

  @Override
  public void onComplete(Request request) {
    tell(request, exchange -> exchange.finish(stopping));
  }

  private static void tell(Request request, Consumer<WireExchange> news) {
    WireExchange exchange = of(request);
    if (exchange != null) {
      news.accept(exchange);
    }
  }

  /** The exchange of a request; null for WireMock's admin calls. */
  static @Nullable WireExchange of(Request request) {
    return (WireExchange) request.getAttribute(ATTRIBUTE);
  }

  private static List<Header> headers(HttpFields fields) {
    Header[] headers = new Header[fields.size()];
    int i = 0;
    for (HttpField field : fields) {
      headers[i++] = new Header(field.getName(), field.getValue() == null ? "" : field.getValue());
    }
    return List.of(headers);
  }
}
