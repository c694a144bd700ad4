package io.github.tracingharness.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {

  private static final long SAMPLES_NANOS = Duration.ofMillis(600).toNanos();
  private static final AtomicLong kept = new AtomicLong();

  @TempDir
  Path directory;

  @Test
  void read_recordingOfABusyThread_namesWhatItRunsAllocatesAndWaitsFor() throws Exception {
    Path file = directory.resolve("busy.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
      recording.enable("jdk.ObjectAllocationSample").with("throttle", "1000/s");
      recording.enable("jdk.ThreadPark").withoutThreshold();
      recording.start();
      Thread busy = new Thread(ProfileTest::work, "busy-1");
      busy.start();
      busy.join();
      recording.dump(file);
    }

    assertThat(Profile.read(file).format())
        .containsPattern("busy-#: [0-9.]+ % of the samples, [0-9.]+ % of the bytes")
        .containsPattern("runs +[0-9.]+ % +\\S+")
        .containsPattern("allocates +[0-9.]+ % +\\[B")
        .containsPattern("waits +[0-9,]+ ms +parks in .*ProfileTest.work");
  }

  private static void work() {
    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    long end = System.nanoTime() + SAMPLES_NANOS;
    while (System.nanoTime() < end) {
      kept.addAndGet(new byte[1024].length);
    }
  }
}
