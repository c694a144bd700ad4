package io.github.tracingharness.server.http;

/** Whoever answers the requests of an HTTP front. */
@FunctionalInterface
public interface Exchanges {

  /**
   * Takes a request whose headers were read.
   *
   * @param head the request's head
   * @return the exchange that follows it
   */
  Exchange arrived(RequestHead head);
}
