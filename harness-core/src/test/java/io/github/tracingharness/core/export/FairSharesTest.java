package io.github.tracingharness.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairSharesTest {

  private static final int ROOM = 24;

  private final FairShares<String> shares = new FairShares<>();
  private int inside;

  @Test
  void enter_oneAfterTheOther_eachFindsHalfOfWhatIsLeft() {
    assertThat(fill("a")).isEqualTo(12);
    assertThat(fill("b")).isEqualTo(6);
    assertThat(fill("c")).isEqualTo(3);
    assertThat(fill("a")).isZero();
  }

  @Test
  void enter_allAtOnce_haveEqualShares() {
    List<String> names = List.of("a", "b", "c");
    List<Integer> held = new ArrayList<>(List.of(0, 0, 0));
    for (int round = 0; round < ROOM; round++) {
      for (int i = 0; i < names.size(); i++) {
        if (enter(names.get(i))) {
          held.set(i, held.get(i) + 1);
        }
      }
    }

    assertThat(held).containsExactly(6, 6, 6);
  }

  @Test
  void leave_all_forgetsTheDestination() {
    int count = fill("a");
    leave("a", count - 1);
    assertThat(shares.isEmpty()).isFalse();
    leave("a", 1);

    assertThat(shares.isEmpty()).isTrue();
    assertThat(fill("b")).isEqualTo(12);
  }

  @Test
  void enter_noRoomAtAll_leavesNothingBehind() {
    assertThat(shares.enter("a", 0)).isFalse();
    assertThat(shares.enter("a", -1)).isFalse();

    assertThat(shares.isEmpty()).isTrue();
  }

  /** Destinations come and go all the time, so they are forgotten while others enter. */
  @Test
  void stress_enterAndLeave_countsExactly() throws Exception {
    int threads = 8;
    int most = 4;
    AtomicInteger[] held = {new AtomicInteger(), new AtomicInteger()};
    AtomicInteger tooMany = new AtomicInteger();
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<Integer>> done = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int own = thread % 2;
      done.add(pool.submit(() -> {
        start.await();
        int entered = 0;
        for (int i = 0; i < 20_000; i++) {
          if (shares.enter("d" + own, most)) {
            entered++;
            if (held[own].incrementAndGet() > most) {
              tooMany.incrementAndGet();
            }
            held[own].decrementAndGet();
            shares.leave("d" + own, 1);
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

    assertThat(entered).isPositive();
    assertThat(tooMany).hasValue(0);
    assertThat(shares.isEmpty()).isTrue();
  }

  private int fill(String destination) {
    IntSupplier one = () -> enter(destination) ? 1 : 0;
    return IntStream.range(0, ROOM).map(i -> one.getAsInt()).sum();
  }

  private boolean enter(String destination) {
    boolean entered = shares.enter(destination, ROOM - inside);
    inside += entered ? 1 : 0;
    return entered;
  }

  private void leave(String destination, int count) {
    inside -= count;
    shares.leave(destination, count);
  }
}
