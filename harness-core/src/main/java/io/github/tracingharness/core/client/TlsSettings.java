package io.github.tracingharness.core.client;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom to trust in TLS and how to show who one is; made of PEM files, which are read at once. */
public final class TlsSettings {

  /** Trusts whom the JVM trusts and shows nothing. */
  public static final TlsSettings DEFAULT = new TlsSettings("JVM's trust", null);

  private final String description;
  private final @Nullable SSLContext context;

  private TlsSettings(String description, @Nullable SSLContext context) {
    this.description = description;
    this.context = context;
  }

  /**
   * Reads the files and returns settings of their content.
   *
   * @param insecure whether every certificate of a server is taken, whatever its name
   * @param authorities PEM file with the certificates of the authorities to trust instead of the
   *     JVM's, or empty
   * @param client PEM file with a certificate, its chain and its private key in PKCS#8, or empty
   * @throws IllegalArgumentException if a file cannot be read or has something else in it; the
   *     message begins with the file
   */
  public static TlsSettings of(
      boolean insecure, Optional<Path> authorities, Optional<Path> client) {
    Objects.requireNonNull(authorities, "authorities");
    Objects.requireNonNull(client, "client");
    if (!insecure && authorities.isEmpty() && client.isEmpty()) {
      return DEFAULT;
    }
    try {
      KeyManager[] keys =
          client.isPresent() ? PemFile.read(client.get()).keyManagers() : new KeyManager[0];
      TrustManager[] trust = insecure
          ? new TrustManager[] {new TrustEveryone()}
          : authorities.isPresent() ? PemFile.read(authorities.get()).trustManagers() : null;
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust, new SecureRandom());
      String whom = authorities.map(Path::toString).orElse("JVM's trust");
      return new TlsSettings(
          (insecure ? "no check at all" : whom)
              + client.map(file -> ", as " + file).orElse(""),
          context);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + e, e);
    }
  }

  Optional<SSLContext> context() {
    return Optional.ofNullable(context);
  }

  /** Names whom is trusted and whose certificate is shown. */
  @Override
  public String toString() {
    return description;
  }
}
