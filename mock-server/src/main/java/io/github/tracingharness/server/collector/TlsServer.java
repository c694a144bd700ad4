package io.github.tracingharness.server.collector;

import java.io.IOException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The server's side of TLS handshakes. */
final class TlsServer {

  private final SSLContext context;
  private final boolean demandsClientCertificate;

  TlsServer(TlsSetup setup) {
    this.context = setup.context();
    this.demandsClientCertificate = setup.demandsClientCertificate();
  }

  TlsSession handshake(Wire wire) throws IOException {
    SSLSocket socket = wire.startTls(context.getSocketFactory());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setNeedClientAuth(demandsClientCertificate);
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    SSLSession session = socket.getSession();
    return new TlsSession(session.getProtocol(), client(session));
  }

  private static @Nullable String client(SSLSession session) {
    try {
      X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
      return certificate.getSubjectX500Principal().getName();
    } catch (SSLPeerUnverifiedException noneShown) {
      return null;
    }
  }
}
