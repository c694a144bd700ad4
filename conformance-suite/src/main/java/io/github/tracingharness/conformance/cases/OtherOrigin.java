package io.github.tracingharness.conformance.cases;

import io.github.tracingharness.conformance.check.Requests;

/** Requests that were sent to the server under its other name. */
final class OtherOrigin {

  private OtherOrigin() {}

  static Requests requests() {
    return Requests.allRequests().where("to the other origin", e -> {
      String host = e.header("Host");
      return host != null && host.startsWith("localhost");
    });
  }
}
