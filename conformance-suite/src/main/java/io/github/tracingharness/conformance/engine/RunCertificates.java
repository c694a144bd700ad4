package io.github.tracingharness.conformance.engine;

import io.github.tracingharness.server.collector.TlsSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Certificates and keys of one run, made when the first case asks, and removed at its end. */
final class RunCertificates implements AutoCloseable {

  private @Nullable Path directory;
  private @Nullable TlsSetup setup;

  /**
   * Returns the certificates.
   *
   * @throws IOException if they cannot be written
   */
  synchronized TlsSetup get() throws IOException {
    @Nullable TlsSetup made = setup;
    if (made == null) {
      directory = Files.createTempDirectory("conformance-tls");
      made = TlsSetup.generate(directory);
      setup = made;
    }
    return made;
  }

  /** Returns what the names of PEM files in a configuration stand for. */
  static Map<String, Path> placeholders(TlsSetup setup) {
    return Map.of(
        "${ca_file}", setup.caFile(),
        "${wrong_ca_file}", setup.wrongCaFile(),
        "${client_cert_file}", setup.clientCertificateFile(),
        "${client_key_file}", setup.clientKeyFile(),
        "${client_key_pkcs1_file}", setup.clientKeyPkcs1File());
  }

  @Override
  public synchronized void close() {
    @Nullable Path made = directory;
    if (made == null) {
      return;
    }
    try (Stream<Path> files = Files.list(made)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(made);
    } catch (IOException e) {
      // Files for tests in the folder for temporary files; the next run makes its own.
    }
  }
}
