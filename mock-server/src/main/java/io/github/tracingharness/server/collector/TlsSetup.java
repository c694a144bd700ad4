package io.github.tracingharness.server.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates and keys for tests with TLS, made anew in a directory, and what a server does with
 * them. They are good for a day.
 *
 * <p>The server's certificate is signed by the right authority and names localhost, 127.0.0.1 and
 * ::1. All files are PEM.
 *
 * @since 0.1.0
 */
public final class TlsSetup {

  private static final char[] NO_PASSWORD = {};

  private final PemFiles files;
  private final Identities identities;
  private final boolean wrongHost;
  private final boolean clientCertificate;

  private record PemFiles(
      Path ca,
      Path wrongCa,
      Path clientCertificate,
      Path clientKey,
      Path clientKeyPkcs1,
      Path ecClientCertificate,
      Path ecClientKeySec1) {}

  private record Identities(Identity authority, Identity server, Identity otherServer) {}

  private TlsSetup(
      PemFiles files, Identities identities, boolean wrongHost, boolean clientCertificate) {
    this.files = files;
    this.identities = identities;
    this.wrongHost = wrongHost;
    this.clientCertificate = clientCertificate;
  }

  /**
   * Makes certificates and keys.
   *
   * @param directory where the files go; it is made if it is missing
   * @return a server that shows the right certificate and asks for none
   * @throws IOException if a file cannot be written
   */
  public static TlsSetup generate(Path directory) throws IOException {
    Files.createDirectories(directory);
    PemWriter pem = new PemWriter(directory);
    try {
      Identity authority = Identity.authority("Test authority");
      Identity wrongAuthority = Identity.authority("Another authority");
      KeyPair rsa = Identity.rsaKeys();
      KeyPair elliptic = Identity.ellipticKeys();
      PemFiles files = new PemFiles(
          pem.certificate("ca.pem", authority),
          pem.certificate("wrong-ca.pem", wrongAuthority),
          pem.certificate("client.pem", authority.client("Test client", rsa)),
          pem.pkcs8("client-key.pem", rsa),
          pem.pkcs1("client-key-pkcs1.pem", rsa),
          pem.certificate("client-ec.pem", authority.client("Test client EC", elliptic)),
          pem.sec1("client-ec-key-sec1.pem", elliptic));
      Identities identities = new Identities(
          authority,
          authority.server("Test server", List.of("localhost"), List.of("127.0.0.1", "::1")),
          authority.server("Other server", List.of("other.example"), List.of()));
      return new TlsSetup(files, identities, false, false);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no usual cryptography: " + e.getMessage(), e);
    }
  }

  /**
   * Changes the server to show a certificate for another host, {@code other.example}.
   *
   * @return the server
   */
  public TlsSetup forAnotherHost() {
    return new TlsSetup(files, identities, true, clientCertificate);
  }

  /**
   * Changes the server to demand a client certificate of the right authority.
   *
   * @return the server
   */
  public TlsSetup demandingClientCertificate() {
    return new TlsSetup(files, identities, wrongHost, true);
  }

  /**
   * Returns the certificate of the authority that signed all others.
   *
   * @return the file
   */
  public Path caFile() {
    return files.ca();
  }

  /**
   * Returns the certificate of an authority that signed nothing.
   *
   * @return the file
   */
  public Path wrongCaFile() {
    return files.wrongCa();
  }

  /**
   * Returns the client's certificate, for an RSA key.
   *
   * @return the file
   */
  public Path clientCertificateFile() {
    return files.clientCertificate();
  }

  /**
   * Returns the client's RSA key as PKCS#8 (BEGIN PRIVATE KEY).
   *
   * @return the file
   */
  public Path clientKeyFile() {
    return files.clientKey();
  }

  /**
   * Returns the same RSA key as PKCS#1 (BEGIN RSA PRIVATE KEY).
   *
   * @return the file
   */
  public Path clientKeyPkcs1File() {
    return files.clientKeyPkcs1();
  }

  /**
   * Returns another client certificate, for a key on the curve P-256.
   *
   * @return the file
   */
  public Path ecClientCertificateFile() {
    return files.ecClientCertificate();
  }

  /**
   * Returns the key of that certificate as SEC1 (BEGIN EC PRIVATE KEY).
   *
   * @return the file
   */
  public Path ecClientKeySec1File() {
    return files.ecClientKeySec1();
  }

  boolean demandsClientCertificate() {
    return clientCertificate;
  }

  SSLContext context() {
    Identity shown = wrongHost ? identities.otherServer() : identities.server();
    try {
      KeyStore own = emptyStore();
      own.setKeyEntry(
          "server", shown.keys().getPrivate(), NO_PASSWORD, new Certificate[] {shown.certificate()
          });
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, NO_PASSWORD);
      KeyStore trusted = emptyStore();
      trusted.setCertificateEntry("authority", identities.authority().certificate());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java has no usual TLS: " + e.getMessage(), e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
