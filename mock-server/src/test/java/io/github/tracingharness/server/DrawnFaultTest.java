package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DrawnFaultTest {

  private static FakeTrackingServer server;

  @BeforeAll
  static void startServer() {
    server = FakeTrackingServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void draws_ofTheSameSeedInTwoSpaces_areTheSame() throws Exception {
    List<Integer> first = statuses(Fault.drawn(7, 0.5, Fault.status(429), Fault.status(503)));
    List<Integer> again = statuses(Fault.drawn(7, 0.5, Fault.status(429), Fault.status(503)));
    List<Integer> other = statuses(Fault.drawn(8, 0.5, Fault.status(429), Fault.status(503)));

    assertThat(again).isEqualTo(first).isNotEqualTo(other);
    assertThat(first).contains(200, 429, 503);
  }

  @Test
  void probability_thatIsLower_givesFewerOfTheSameFaults() {
    Fault[] faults = {Fault.emptyBody(), Fault.shortBody()};
    DrawnFault often = Fault.drawn(3, 0.8, faults);
    DrawnFault seldom = Fault.drawn(3, 0.2, faults);
    int met = 0;

    for (int i = 0; i < 1_000; i++) {
      Fault of = often.draw();
      Fault rarer = seldom.draw();
      if (!rarer.equals(Fault.real())) {
        met++;
        assertThat(rarer).isSameAs(of);
      }
    }

    assertThat(met).isBetween(150, 250);
  }

  @Test
  void draws_amongThemResetsOfBodies_arePlayedForAsManyCallsAsStated() throws Exception {
    try (TrackingSpace space = server.newSpace()) {
      TestClient client = new TestClient(space);
      FaultScript script = space
          .on(Endpoint.START_TRACE)
          .answer(20, Fault.drawn(1, 1, Fault.resetWhileBodyArrives(5), Fault.status(503)))
          .thenReal();
      int resets = 0;
      int refusals = 0;
      while (script.remaining() > 0) {
        try {
          assertThat(client.startTrace("tr-" + "a".repeat(32)).statusCode()).isEqualTo(503);
          refusals++;
        } catch (IOException reset) {
          resets++;
        }
      }

      assertThat(resets).isPositive();
      assertThat(refusals).isPositive();
      assertThat(resets + refusals).isLessThanOrEqualTo(20);
      assertThat(space.traces()).isEmpty();
      assertThat(client.startTrace("tr-" + "a".repeat(32)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void description_namesTheSeed() {
    DrawnFault drawn = Fault.drawn(42, 0.25, Fault.status(503), Fault.resetBeforeAnswer());

    assertThat(drawn).hasToString("with probability 0.25 one of 2 faults, drawn from seed 42");
    assertThat(drawn.seed()).isEqualTo(42);
  }

  @Test
  void wrongSettings_atOnce_areRefused() {
    for (double wrong : new double[] {0, -0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> Fault.drawn(1, wrong, Fault.status(500)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("probability must be more than 0 and at most 1, not " + wrong);
    }
    assertThatThrownBy(() -> Fault.drawn(1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be at least one fault to draw");
  }

  private static List<Integer> statuses(DrawnFault drawn) throws Exception {
    try (TrackingSpace space = server.newSpace()) {
      space.on(Endpoint.VERSION).thenForever(drawn);
      TestClient client = new TestClient(space);
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        statuses.add(client.get("/version").statusCode());
      }
      return statuses;
    }
  }
}
