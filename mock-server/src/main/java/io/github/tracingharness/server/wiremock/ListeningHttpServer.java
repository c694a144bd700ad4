package io.github.tracingharness.server.wiremock;

import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.http.AdminRequestHandler;
import com.github.tomakehurst.wiremock.http.StubRequestHandler;
import com.github.tomakehurst.wiremock.jetty11.Jetty11HttpServer;
import wiremock.org.eclipse.jetty.server.ConnectionFactory;
import wiremock.org.eclipse.jetty.server.Handler;
import wiremock.org.eclipse.jetty.server.HttpConfiguration;
import wiremock.org.eclipse.jetty.server.HttpConnectionFactory;
import wiremock.org.eclipse.jetty.server.Server;
import wiremock.org.eclipse.jetty.server.ServerConnector;

/** WireMock's Jetty with a listener to every exchange. */
final class ListeningHttpServer extends Jetty11HttpServer {

  ListeningHttpServer(
      Options options,
      AdminRequestHandler adminRequests,
      StubRequestHandler stubRequests,
      ExchangeListener listener) {
    super(options, adminRequests, stubRequests);
    for (ServerConnector connector : new ServerConnector[] {httpConnector, httpsConnector}) {
      if (connector != null) {
        connector.addBean(listener);
        keepCase(connector);
        connector.setConnectionFactories(connector.getConnectionFactories().stream()
            .map(ListeningHttpServer::refusing)
            .toList());
      }
    }
  }

  /** Jetty hands out well-known values of headers in lower case otherwise. */
  private static void keepCase(ServerConnector connector) {
    for (ConnectionFactory factory : connector.getConnectionFactories()) {
      if (factory instanceof HttpConfiguration.ConnectionFactory http) {
        http.getHttpConfiguration().setHeaderCacheCaseSensitive(true);
      }
    }
  }

  private static ConnectionFactory refusing(ConnectionFactory factory) {
    return factory.getClass() == HttpConnectionFactory.class
        ? new RefusingConnectionFactory(((HttpConnectionFactory) factory).getHttpConfiguration())
        : factory;
  }

  @Override
  protected void applyAdditionalServerConfiguration(Server server, Options options) {
    super.applyAdditionalServerConfiguration(server, options);
    server.setErrorHandler(new RefusingConnectionFactory.Text());
  }

  @Override
  protected Handler createHandler(
      Options options, AdminRequestHandler adminRequests, StubRequestHandler stubRequests) {
    BodyGuard handler = new BodyGuard(WireMockFront.MAX_BODY_BYTES);
    DirectHandler direct = new DirectHandler((BoundedStores) options.getStores());
    direct.setHandler(super.createHandler(options, adminRequests, stubRequests));
    handler.setHandler(direct);
    EarlyReset first = new EarlyReset();
    first.setHandler(handler);
    BrokenOffRequests all = new BrokenOffRequests();
    all.setHandler(first);
    return all;
  }
}
