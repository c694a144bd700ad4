package io.github.tracingharness.server;

import java.nio.file.Path;
import java.util.Objects;

/**
 * The certificate that a server shows, with its key.
 *
 * @param keyStore a PKCS12 file
 * @param password the password of the file and of the key in it
 * @since 0.1.0
 */
public record TlsKeys(Path keyStore, String password) {

  /** Refuses null. */
  public TlsKeys {
    Objects.requireNonNull(keyStore, "keyStore");
    Objects.requireNonNull(password, "password");
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "TlsKeys[keyStore=" + keyStore + "]";
  }
}
