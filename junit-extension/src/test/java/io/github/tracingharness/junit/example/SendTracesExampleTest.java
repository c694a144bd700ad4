package io.github.tracingharness.junit.example;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.TrackingSpace;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SendTracesExampleTest {

  @Test
  void service_tracesACall_whichArrives() throws Exception {
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      TrackingSpace space = server.newSpace();
      send(space.trackingUri().toString(), space.createExperiment("service"));

      assertThat(space.awaitTraces(1, Duration.ofSeconds(10)).get(0)).hasRoot("answer");
    }
  }

  private static String ask(String question) {
    return question + "!";
  }

  private static void send(String uri, String experiment) throws Exception {
    // begin-readme
    try (MlflowTracing tracing =
        MlflowTracing.builder().trackingUri(uri).experimentId(experiment).build()) {
      String answer = tracing.tracer().trace("answer", () -> ask("What is a span?"));
      System.out.println(answer);
    }
    // end-readme
  }
}
