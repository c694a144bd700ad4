package io.github.tracingharness.conformance.selftest.otlp;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A connection all of whose reads end with the deadline. */
final class HttpConnection {

  private final Socket plain = new Socket();
  private Socket socket = plain;
  private InputStream in;
  private OutputStream out;
  private Deadline deadline = Deadline.NONE;

  void open(Address address, SSLContext tls, boolean checksHostName, Deadline limit)
      throws IOException {
    deadline = limit;
    plain.setTcpNoDelay(true);
    plain.connect(new InetSocketAddress(address.host(), address.port()), limit.leftMillis());
    if (address.secure()) {
      plain.setSoTimeout(limit.leftMillis());
      SSLSocket secure = (SSLSocket)
          tls.getSocketFactory().createSocket(plain, address.host(), address.port(), true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm(checksHostName ? "HTTPS" : null);
      secure.setSSLParameters(parameters);
      socket = secure;
      secure.startHandshake();
    }
    in = new BufferedInputStream(new TimedInput(socket.getInputStream()));
    out = socket.getOutputStream();
  }

  /** Says whether the server has closed an idle connection or sent what nobody asked for. */
  boolean isStale() {
    try {
      deadline = Deadline.NONE;
      socket.setSoTimeout(1);
      socket.getInputStream().read();
      return true;
    } catch (SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  void begin(Deadline limit) {
    deadline = limit;
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  /** Closes from any thread. */
  void close() {
    try {
      plain.close();
    } catch (IOException e) {
      // It is gone already.
    }
  }

  /** Gives each read what is left of the time. */
  private final class TimedInput extends InputStream {

    private final InputStream source;

    TimedInput(InputStream source) {
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      if (read(one, 0, 1) < 0) {
        throw new EOFException("the connection ended");
      }
      return one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      socket.setSoTimeout(deadline.leftMillis());
      return source.read(to, offset, length);
    }
  }
}
