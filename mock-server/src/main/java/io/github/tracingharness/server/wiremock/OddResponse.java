package io.github.tracingharness.server.wiremock;

import io.github.tracingharness.server.http.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import wiremock.jakarta.servlet.ServletOutputStream;
import wiremock.jakarta.servlet.WriteListener;
import wiremock.jakarta.servlet.http.HttpServletResponse;
import wiremock.jakarta.servlet.http.HttpServletResponseWrapper;
import wiremock.org.eclipse.jetty.server.Request;

/**
 * A response whose body goes out in the way that the decided reply asks for, whoever writes it.
 * Without a decided reply, as when a stub of somebody answers, it is sent as it is.
 */
final class OddResponse extends HttpServletResponseWrapper {

  private final Request base;
  private final WireExchange exchange;

  OddResponse(Request base, WireExchange exchange, HttpServletResponse response) {
    super(response);
    this.base = base;
    this.exchange = exchange;
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    Reply reply = exchange.decided();
    return reply == null || reply.wire() == Reply.Wire.SEND
        ? super.getOutputStream()
        : new WholeBody(reply);
  }

  private void send(Reply how, byte[] body) throws IOException {
    switch (how.wire()) {
      case HALF_HEAD -> {
        // The client notices the end of the connection before Jetty tells of it.
        exchange.answering(0, List.of());
        Ending.afterHalfHead(base.getHttpChannel());
      }
      case SHORT_BODY -> {
        setContentLength(body.length);
        write(Arrays.copyOf(body, body.length / 2));
        Ending.close(base.getHttpChannel());
      }
      case CHUNKED -> {
        sendHeadOfChunks();
        write(body);
        super.getOutputStream().close();
      }
      case DRIP -> {
        setContentLength(body.length);
        drip(how, body);
      }
      case DRIP_CHUNKED -> {
        sendHeadOfChunks();
        drip(how, body);
      }
      default -> {
        write(body);
        super.getOutputStream().close();
      }
    }
  }

  /** Jetty would say the length of a body that it gets before the head has gone. */
  private void sendHeadOfChunks() throws IOException {
    setHeader("Content-Length", null);
    flushBuffer();
  }

  private void drip(Reply how, byte[] body) throws IOException {
    flushBuffer();
    for (byte next : body) {
      how.beforeEachByte().run();
      write(new byte[] {next});
    }
    super.getOutputStream().close();
  }

  private void write(byte[] bytes) throws IOException {
    super.getOutputStream().write(bytes);
    super.getOutputStream().flush();
  }

  /** Keeps the body until its end. */
  private final class WholeBody extends ServletOutputStream {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Reply how;
    private boolean sent;

    WholeBody(Reply how) {
      this.how = how;
    }

    @Override
    public void write(int next) {
      body.write(next);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      body.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (!sent) {
        sent = true;
        send(how, body.toByteArray());
      }
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException("the body is written in one thread");
    }
  }
}
