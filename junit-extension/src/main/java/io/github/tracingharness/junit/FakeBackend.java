package io.github.tracingharness.junit;

import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.HandlerFailure;
import io.github.tracingharness.server.RecordedCall;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.ServerProfile.SpanStorage;
import io.github.tracingharness.server.StoredTrace;
import io.github.tracingharness.server.TrackingSpace;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A space of the fake server. */
record FakeBackend(TrackingSpace space, String experimentId, HttpTransport transport)
    implements Backend {

  /** Makes a space that behaves as the settings say. */
  static FakeBackend open(SharedServer shared, HarnessSettings settings, String testName) {
    TrackingSpace space = shared.server().newSpace();
    ServerProfile profile = settings.unityCatalogSchema().isEmpty()
        ? ServerProfile.standard()
        : ServerProfile.databricksWorkspace();
    space.profile(
        settings.serverStoresSpans()
            ? profile
            : profile.withSpanStorage(SpanStorage.NOT_IMPLEMENTED));
    ScriptedFault.write(settings.faults(), settings.latency(), space);
    return new FakeBackend(space, space.createExperiment(testName), shared.transport());
  }

  @Override
  public String trackingUri() {
    return space.trackingUri().toString();
  }

  @Override
  public List<StoredTrace> traces() {
    return space.traces();
  }

  @Override
  public List<StoredTrace> awaitTraces(int atLeast, Duration limit) {
    try {
      return space.awaitTraces(atLeast, limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return traces();
    } catch (AssertionError tooFew) {
      return traces();
    }
  }

  @Override
  public List<RecordedCall> calls() {
    return space.calls();
  }

  @Override
  public List<RecordedCall> surprises() {
    Set<Endpoint> scripted = space.unplayedFaults().keySet();
    return space.calls().stream()
        .filter(Backend::isRefused)
        .filter(call -> !scripted.contains(call.endpoint()) && !scripted.contains(Endpoint.ANY))
        .toList();
  }

  @Override
  public List<String> unplayed() {
    return space.unplayedFaults().entrySet().stream()
        .filter(script -> script.getValue() > 0)
        .map(script ->
            script.getValue() + " scripted " + (script.getValue() == 1 ? "answer" : "answers")
                + " of " + script.getKey() + " never played")
        .toList();
  }

  @Override
  public List<HandlerFailure> failures() {
    return space.failures();
  }

  @Override
  public void close() {
    space.close();
  }
}
