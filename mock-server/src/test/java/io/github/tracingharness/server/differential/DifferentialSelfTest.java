package io.github.tracingharness.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.TrackingSpace;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The comparison itself, with two fakes: equal ones, and one that is spoiled on purpose. */
class DifferentialSelfTest {

  private FakeTrackingServer server;
  private TrackingSpace left;
  private TrackingSpace right;

  @BeforeEach
  void start() {
    server = FakeTrackingServer.start();
    left = server.newSpace();
    right = server.newSpace();
    for (TrackingSpace space : List.of(left, right)) {
      String first = space == left ? "70000002" : "80000001";
      space.importState(space
          .exportState()
          .replace("\"next_experiment_id\": 1", "\"next_experiment_id\": " + first));
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void twoFakes_underRandomRequests_answerTheSame() throws Exception {
    Conversation conversation = conversation();
    RandomSteps source = new RandomSteps(11);
    while (conversation.requests() < 600) {
      assertThat(conversation.run(source.conversation(25))).isEmpty();
    }
    assertThat(left.failures()).isEmpty();
  }

  @Test
  void randomSteps_ofTheSameSeed_areTheSame() {
    assertThat(new RandomSteps(3).conversation(50))
        .isEqualTo(new RandomSteps(3).conversation(50))
        .isNotEqualTo(new RandomSteps(4).conversation(50));
  }

  @Test
  void difference_inALongConversation_shrinksToTheRequestsThatShowIt() throws Exception {
    right.on(Endpoint.CREATE_ASSESSMENT).thenForever(Fault.status(503));
    Conversation conversation = conversation();
    RandomSteps source = new RandomSteps(11);
    Optional<Difference> found = Optional.empty();
    while (found.isEmpty()) {
      found = conversation.run(source.conversation(60));
    }

    Difference smallest = Shrinker.shrink(conversation, found.get());

    assertThat(smallest.last().kind()).isEqualTo("create assessment");
    assertThat(smallest.steps()).hasSizeLessThanOrEqualTo(3);
    assertThat(smallest.steps()).hasSizeLessThanOrEqualTo(found.get().steps().size());
    assertThat(smallest.toString())
        .contains("create assessment, answered in another way than by the real server")
        .contains("status is 503 instead of");
  }

  private Conversation conversation() {
    return new Conversation(
        new Party(left.trackingUri()), new Party(right.trackingUri()), known -> false);
  }
}
