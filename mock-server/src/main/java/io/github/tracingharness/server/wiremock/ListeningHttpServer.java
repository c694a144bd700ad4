package io.github.tracingharness.server.wiremock;

import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.http.AdminRequestHandler;
import com.github.tomakehurst.wiremock.http.StubRequestHandler;
import com.github.tomakehurst.wiremock.jetty11.Jetty11HttpServer;
import wiremock.org.eclipse.jetty.server.Handler;

/** WireMock's Jetty with a listener to every exchange. */
final class ListeningHttpServer extends Jetty11HttpServer {

  ListeningHttpServer(
      Options options,
      AdminRequestHandler adminRequests,
      StubRequestHandler stubRequests,
      ExchangeListener listener) {
    super(options, adminRequests, stubRequests);
    if (httpConnector != null) {
      httpConnector.addBean(listener);
    }
    if (httpsConnector != null) {
      httpsConnector.addBean(listener);
    }
  }

  @Override
  protected Handler createHandler(
      Options options, AdminRequestHandler adminRequests, StubRequestHandler stubRequests) {
    BodyGuard handler = new BodyGuard(WireMockFront.MAX_BODY_BYTES);
    handler.setHandler(super.createHandler(options, adminRequests, stubRequests));
    return handler;
  }
}
