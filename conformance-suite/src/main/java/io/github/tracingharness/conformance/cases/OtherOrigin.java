package io.github.tracingharness.conformance.cases;

import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;

/** Requests that were sent to the server under its other name. */
final class OtherOrigin {

  private OtherOrigin() {}

  static Requests requests() {
    return Requests.allRequests().where("to the other origin", OtherOrigin::isOther);
  }

  /** Those to the server under its own name. */
  static Requests others() {
    return Requests.allRequests().where("to the server itself", e -> !isOther(e));
  }

  private static boolean isOther(Exchange e) {
    String host = e.header("Host");
    return host != null && host.startsWith("localhost");
  }
}
