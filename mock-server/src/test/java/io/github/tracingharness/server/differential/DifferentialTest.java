package io.github.tracingharness.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.TrackingSpace;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real server and the fake get the same random requests and have to answer the same. Profile
 * {@code real} runs it. System properties: {@code harness.differential.seed} for another seed than
 * the three of each run, {@code harness.differential.requests} for how many requests there are of
 * each seed, {@code harness.mlflow.python}, {@code harness.mlflow.uri} for a server that runs
 * already and has the experiment 70000001.
 */
@Tag("real")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class DifferentialTest {

  private static final long[] SEEDS = {1, 2, 3};
  private static final int REQUESTS = 900;
  private static final int LENGTH = 25;
  private static final int MAX_DIFFERENCES = 60;
  private static final long FIRST_EXPERIMENT = 70_000_001;

  private final KnownDifferences known = new KnownDifferences();

  @TempDir
  private static Path directory;

  @Test
  void randomRequests_toTheRealServerAndTheFake_areAnsweredTheSame() throws Exception {
    Long given = Long.getLong("harness.differential.seed");
    int requests = Integer.getInteger("harness.differential.requests", REQUESTS);
    String running = System.getProperty("harness.mlflow.uri", "");
    try (RealMlflow real = running.isEmpty()
            ? RealMlflow.start(RealMlflow.assumePython(), directory, FIRST_EXPERIMENT)
            : null;
        FakeTrackingServer server = FakeTrackingServer.start();
        TrackingSpace space = server.newSpace()) {
      space.importState(space
          .exportState()
          .replace("\"next_experiment_id\": 1", "\"next_experiment_id\": 80000001"));
      URI uri = real == null ? URI.create(running) : real.uri();
      Map<String, Difference> found = new LinkedHashMap<>();
      for (long seed : given == null ? SEEDS : new long[] {given}) {
        System.out.printf("differential test, seed %d, %d requests%n", seed, requests);
        compare(uri, space.trackingUri(), seed, requests, found);
      }

      assertThat(found.values()).as("answers other than the real server's").isEmpty();
      assertThat(space.failures()).isEmpty();
      if (given == null && requests >= REQUESTS) {
        assertThat(known.notMet()).as("known differences that are none").isEmpty();
      }
    }
  }

  private void compare(URI real, URI fake, long seed, int requests, Map<String, Difference> found)
      throws Exception {
    Conversation conversation = new Conversation(new Party(real), new Party(fake), known::isKnown);
    RandomSteps source = new RandomSteps(seed);
    int shown = 0;
    while (conversation.requests() < requests && found.size() < MAX_DIFFERENCES) {
      Optional<Difference> difference = conversation.run(source.conversation(LENGTH));
      if (difference.isPresent() && !found.containsKey(difference.get().signature())) {
        Difference smallest = Shrinker.shrink(
            new Conversation(new Party(real), new Party(fake), known::isKnown), difference.get());
        found.put(smallest.signature(), smallest);
        System.out.println(smallest);
      }
      if (conversation.requests() >= shown + 250) {
        shown = conversation.requests();
        System.out.printf("%d requests, %d difference(s)%n", shown, found.size());
      }
    }
  }
}
