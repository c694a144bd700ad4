package io.github.tracingharness.conformance.cases;

import io.github.tracingharness.conformance.model.CaseServer;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.ServerProfile.SpanStorage;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** What the server is told in many cases. */
final class Servers {

  private Servers() {}

  /** A server of before MLflow 3.4: no {@code /v1/traces}, so spans have to be uploaded. */
  static void withoutSpanStorage(CaseServer server) {
    server.profile(
        ServerProfile.standard().withVersion("3.3.2").withSpanStorage(SpanStorage.ABSENT));
  }

  /** A recent server with a file store: it answers {@code /v1/traces} with 501. */
  static void withFileStore(CaseServer server) {
    server.profile(ServerProfile.standard().withSpanStorage(SpanStorage.NOT_IMPLEMENTED));
  }

  /** The endpoint always answers so. */
  static Consumer<CaseServer> always(Endpoint endpoint, Fault fault) {
    return server -> server.script(endpoint, List.of(), fault);
  }

  /** The endpoint answers so for the first few times and then for real. */
  static Consumer<CaseServer> first(int times, Endpoint endpoint, Fault fault) {
    return server -> server.script(endpoint, Collections.nCopies(times, fault), Fault.real());
  }
}
