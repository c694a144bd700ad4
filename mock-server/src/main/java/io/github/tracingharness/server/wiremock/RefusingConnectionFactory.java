package io.github.tracingharness.server.wiremock;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import wiremock.org.eclipse.jetty.http.BadMessageException;
import wiremock.org.eclipse.jetty.http.HttpFields;
import wiremock.org.eclipse.jetty.http.HttpHeader;
import wiremock.org.eclipse.jetty.http.HttpStatus;
import wiremock.org.eclipse.jetty.io.Connection;
import wiremock.org.eclipse.jetty.io.EndPoint;
import wiremock.org.eclipse.jetty.server.Connector;
import wiremock.org.eclipse.jetty.server.HttpChannelOverHttp;
import wiremock.org.eclipse.jetty.server.HttpConfiguration;
import wiremock.org.eclipse.jetty.server.HttpConnection;
import wiremock.org.eclipse.jetty.server.HttpConnectionFactory;
import wiremock.org.eclipse.jetty.server.handler.ErrorHandler;

/** Refuses what is no HTTP with the answer of MLflow's server, which is uvicorn's: always 400. */
final class RefusingConnectionFactory extends HttpConnectionFactory {

  RefusingConnectionFactory(HttpConfiguration configuration) {
    super(configuration);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    HttpConnection connection =
        new HttpConnection(
            getHttpConfiguration(), connector, endPoint, isRecordHttpComplianceViolations()) {
          @Override
          protected HttpChannelOverHttp newHttpChannel() {
            return new RefusingChannel(this, getConnector(), getHttpConfiguration(), getEndPoint());
          }
        };
    connection.setUseInputDirectByteBuffers(isUseInputDirectByteBuffers());
    connection.setUseOutputDirectByteBuffers(isUseOutputDirectByteBuffers());
    return configure(connection, connector, endPoint);
  }

  private static final class RefusingChannel extends HttpChannelOverHttp {

    RefusingChannel(
        HttpConnection connection,
        Connector connector,
        HttpConfiguration configuration,
        EndPoint endPoint) {
      super(connection, connector, configuration, endPoint, connection);
    }

    @Override
    public void badMessage(BadMessageException failure) {
      super.badMessage(
          failure.getCode() < HttpStatus.INTERNAL_SERVER_ERROR_500
              ? failure
              : new BadMessageException(HttpStatus.BAD_REQUEST_400, failure.getReason(), failure));
    }
  }

  /** The text of such an answer. */
  static final class Text extends ErrorHandler {

    @Override
    public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
      fields.put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
      return ByteBuffer.wrap("Invalid HTTP request received.".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
