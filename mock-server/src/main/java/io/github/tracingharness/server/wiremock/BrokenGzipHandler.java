package io.github.tracingharness.server.wiremock;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import wiremock.jakarta.servlet.ReadListener;
import wiremock.jakarta.servlet.ServletException;
import wiremock.jakarta.servlet.ServletInputStream;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.jakarta.servlet.http.HttpServletRequestWrapper;
import wiremock.jakarta.servlet.http.HttpServletResponse;
import wiremock.org.eclipse.jetty.server.Request;
import wiremock.org.eclipse.jetty.server.handler.HandlerWrapper;

/**
 * WireMock decompresses gzip bodies for its matchers and fails on a body that only pretends to be
 * gzip. Such a body is hidden from it; the stateful answers work on what the
 * {@link ExchangeListener} saw anyway.
 */
final class BrokenGzipHandler extends HandlerWrapper {

  @Override
  public void handle(
      String target, Request base, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    super.handle(target, base, pretendsGzip(request) ? readable(request) : request, response);
  }

  private static boolean pretendsGzip(HttpServletRequest request) {
    String coding = request.getHeader("Content-Encoding");
    return coding != null && coding.toLowerCase(Locale.ROOT).contains("gzip");
  }

  private static HttpServletRequest readable(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readAllBytes();
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      gzip.readAllBytes();
      return new BufferedRequest(request, body);
    } catch (IOException notGzip) {
      return new BufferedRequest(request, new byte[0]);
    }
  }

  /** A request whose body was read already. */
  private static final class BufferedRequest extends HttpServletRequestWrapper {

    private final byte[] body;

    BufferedRequest(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
      return new BufferedStream(new ByteArrayInputStream(body));
    }
  }

  private static final class BufferedStream extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    BufferedStream(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("the body is read already");
    }
  }
}
