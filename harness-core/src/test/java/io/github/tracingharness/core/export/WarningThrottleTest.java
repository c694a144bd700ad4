package io.github.tracingharness.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WarningThrottleTest {

  private final AtomicLong time = new AtomicLong();
  private final WarningThrottle throttle = new WarningThrottle(time::get);

  @Test
  void take_withinTheInterval_isSilentAndCounted() {
    assertThat(throttle.take(3)).isEqualTo(3);
    time.addAndGet(WarningThrottle.INTERVAL.toNanos() - 1);
    assertThat(throttle.take(4)).isZero();
    time.incrementAndGet();
    assertThat(throttle.take(5)).isEqualTo(9);
  }

  @Test
  void take_fromManyThreads_reportsEveryHappeningOnce() throws Exception {
    int threads = 8;
    int each = 2_000;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<Long>> reports = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      reports.add(pool.submit(() -> {
        start.await();
        long reported = 0;
        for (int i = 0; i < each; i++) {
          reported += throttle.take(1);
          // About one in ten is beyond the interval.
          time.addAndGet(WarningThrottle.INTERVAL.toNanos() / 10);
        }
        return reported;
      }));
    }
    long reported = 0;
    for (Future<Long> report : reports) {
      reported += report.get(60, TimeUnit.SECONDS);
    }
    pool.shutdown();
    time.addAndGet(WarningThrottle.INTERVAL.toNanos());

    assertThat(reported + throttle.take(1)).isEqualTo((long) threads * each + 1);
  }
}
