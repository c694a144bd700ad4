package io.github.tracingharness.conformance.equality;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A request without what differs from run to run.
 *
 * @param target method and path, such as {@code POST /v1/traces}
 * @param spans names of the spans that it carries, so that it is compared with its like; empty for
 *     other requests
 * @param content query, headers and body
 */
record SentRequest(String target, String spans, ObjectNode content) {

  /** What requests of both clients are paired by. */
  String kind() {
    return spans.isEmpty() ? target : target + " " + spans;
  }
}
