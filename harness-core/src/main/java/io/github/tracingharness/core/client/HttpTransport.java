package io.github.tracingharness.core.client;

import java.io.IOException;

/**
 * Sends one HTTP request and waits for its answer. Retries, credentials and redirects are above
 * this interface, so an implementation sees every attempt as it goes to the network.
 * Implementations are used by many threads at once.
 */
@FunctionalInterface
public interface HttpTransport extends AutoCloseable {

  /**
   * Sends a request.
   *
   * @throws IOException if there is no complete answer within {@link HttpCall#timeout()}; the call
   *     may be retried
   * @throws InterruptedException if the thread is interrupted while waiting
   */
  HttpAnswer send(HttpCall call) throws IOException, InterruptedException;

  /** Frees what the transport holds; by default nothing. */
  @Override
  default void close() {}
}
