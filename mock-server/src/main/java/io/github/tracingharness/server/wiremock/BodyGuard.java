package io.github.tracingharness.server.wiremock;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import wiremock.jakarta.servlet.ServletException;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.jakarta.servlet.http.HttpServletResponse;
import wiremock.org.eclipse.jetty.server.Request;
import wiremock.org.eclipse.jetty.server.handler.HandlerWrapper;

/**
 * Refuses bodies that are too large, and hides those from WireMock that it could not unpack.
 *
 * <p>WireMock decompresses gzip bodies for its matchers and fails on a body that only pretends to
 * be gzip. Such a body, and one that would unpack to more than the limit, is hidden from it; the
 * stateful answers work on what the {@link ExchangeListener} saw anyway.
 */
final class BodyGuard extends HandlerWrapper {

  private final long maxBytes;

  BodyGuard(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public void handle(
      String target, Request base, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (request.getContentLengthLong() > maxBytes) {
      base.setHandled(true);
      response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
      response.setContentType("text/plain");
      response.setHeader("Connection", "close");
      response
          .getOutputStream()
          .print("Tracing Harness: the body has " + request.getContentLengthLong()
              + " bytes; the fake server takes at most " + maxBytes + ".");
      return;
    }
    super.handle(target, base, pretendsGzip(request) ? readable(request) : request, response);
  }

  private static boolean pretendsGzip(HttpServletRequest request) {
    String coding = request.getHeader("Content-Encoding");
    return coding != null && coding.toLowerCase(Locale.ROOT).contains("gzip");
  }

  private HttpServletRequest readable(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readAllBytes();
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] piece = new byte[8192];
      long unpacked = 0;
      for (int read = gzip.read(piece); read >= 0; read = gzip.read(piece)) {
        unpacked += read;
        if (unpacked > maxBytes) {
          throw new IOException("too large");
        }
      }
      return new BufferedRequest(request, body);
    } catch (IOException notGzipOrTooLarge) {
      return new BufferedRequest(request, new byte[0]);
    }
  }
}
