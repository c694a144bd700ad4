package io.github.tracingharness.server;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a server in the same container for its health: exit status 0 if it is well, otherwise 1. */
final class HealthCheck {

  private static final String DEFAULT = "http://127.0.0.1:5000/health";
  private static final int LIMIT_MILLIS = 4_000;

  private HealthCheck() {}

  /**
   * Asks.
   *
   * @param args the address, or nothing for {@value #DEFAULT}
   */
  public static void main(String... args) {
    System.exit(isWell(args.length == 0 ? DEFAULT : args[0]) ? 0 : 1);
  }

  static boolean isWell(String address) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(address).toURL().openConnection();
      connection.setConnectTimeout(LIMIT_MILLIS);
      connection.setReadTimeout(LIMIT_MILLIS);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException unwell) {
      return false;
    }
  }
}
