package io.github.tracingharness.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitingSizeTest {

  private static final long LIMIT = 10_000;

  private final WaitingSize size = new WaitingSize(LIMIT);

  @Test
  void offer_upToTheLimit_isCounted() {
    assertThat(size.offer(LIMIT - WaitingSize.LARGE)).isTrue();
    assertThat(size.offer(WaitingSize.LARGE + 1)).isFalse();
    assertThat(size.offer(WaitingSize.LARGE)).isTrue();

    assertThat(size.chars()).isEqualTo(LIMIT);
  }

  @Test
  void offer_smallOne_alwaysFitsAndIsNotCounted() {
    assertThat(size.offer(LIMIT)).isTrue();
    assertThat(size.offer(WaitingSize.LARGE - 1)).isTrue();
    size.remove(WaitingSize.LARGE - 1);

    assertThat(size.chars()).isEqualTo(LIMIT);
  }

  @Test
  void offer_beyondTheLimitBesideNothing_fits() {
    assertThat(size.offer(Long.MAX_VALUE)).isTrue();
    assertThat(size.offer(WaitingSize.LARGE)).isFalse();
    size.remove(Long.MAX_VALUE);

    assertThat(size.chars()).isZero();
  }

  /** Of several that are too large for each other exactly one gets in. */
  @Test
  void offer_atOnce_letsExactlyOneIn() throws Exception {
    int threads = 8;
    int rounds = 500;
    CyclicBarrier turn = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<Integer>> done = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      done.add(pool.submit(() -> {
        int entered = 0;
        for (int round = 0; round < rounds; round++) {
          turn.await(60, TimeUnit.SECONDS);
          boolean in = size.offer(LIMIT);
          turn.await(60, TimeUnit.SECONDS);
          if (in) {
            entered++;
            size.remove(LIMIT);
          }
        }
        return entered;
      }));
    }
    int entered = 0;
    for (Future<Integer> each : done) {
      entered += each.get(60, TimeUnit.SECONDS);
    }
    pool.shutdown();

    assertThat(entered).isEqualTo(rounds);
    assertThat(size.chars()).isZero();
  }
}
