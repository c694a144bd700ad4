package io.github.tracingharness.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * What a recording of the Flight Recorder says of each kind of threads: where their time went, what
 * they allocated and what they waited for. Threads whose names differ in digits only are of one
 * kind.
 */
final class Profile {

  private static final int MOST_LINES = 8;

  private final Map<String, Kind> kinds = new TreeMap<>();

  private Profile() {}

  /** Threads of one kind. */
  private static final class Kind {

    private final Map<String, Long> samples = new HashMap<>();
    private final Map<String, Long> bytes = new HashMap<>();
    private final Map<String, Long> waitNanos = new HashMap<>();
  }

  /** Reads a recording. */
  static Profile read(Path recording) throws IOException {
    Profile profile = new Profile();
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        profile.add(file.readEvent());
      }
    }
    return profile;
  }

  private void add(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case "jdk.ExecutionSample" ->
        count(kind(event.getThread("sampledThread")).samples, top(event.getStackTrace()), 1);
      case "jdk.ObjectAllocationSample" ->
        count(
            kind(event.getThread()).bytes,
            event.getClass("objectClass").getName(),
            event.getLong("weight"));
      case "jdk.JavaMonitorEnter" ->
        count(
            kind(event.getThread()).waitNanos,
            "enters the monitor of " + event.getClass("monitorClass").getName(),
            nanos(event.getDuration()));
      case "jdk.ThreadPark" ->
        count(
            kind(event.getThread()).waitNanos,
            "parks in " + top(event.getStackTrace()),
            nanos(event.getDuration()));
      default -> {
        // Says nothing of one thread.
      }
    }
  }

  private static long nanos(Duration duration) {
    return duration.toNanos();
  }

  private static void count(Map<String, Long> counts, String what, long number) {
    counts.merge(what, number, Long::sum);
  }

  private Kind kind(RecordedThread thread) {
    String name = thread == null || thread.getJavaName() == null ? "(JVM)" : thread.getJavaName();
    return kinds.computeIfAbsent(name.replaceAll("[0-9]+", "#"), key -> new Kind());
  }

  /** Names the first method that is no part of the JDK's own machinery for parking. */
  private static String top(RecordedStackTrace trace) {
    if (trace == null) {
      return "(unknown)";
    }
    return trace.getFrames().stream()
        .map(frame ->
            frame.getMethod().getType().getName() + "." + frame.getMethod().getName())
        .filter(name -> !name.startsWith("jdk.internal.misc.Unsafe.park")
            && !name.startsWith("java.util.concurrent.locks."))
        .findFirst()
        .orElse("(unknown)");
  }

  /** Lays the profile out as text, threads with most samples first. */
  String format() {
    long samples = kinds.values().stream().mapToLong(kind -> sum(kind.samples)).sum();
    long bytes = kinds.values().stream().mapToLong(kind -> sum(kind.bytes)).sum();
    StringBuilder text = new StringBuilder();
    kinds.entrySet().stream()
        .sorted(Comparator.comparingLong(kind -> -sum(kind.getValue().samples)))
        .filter(kind -> sum(kind.getValue().samples) > 0)
        .forEach(kind -> {
          Kind one = kind.getValue();
          text.append(String.format(
              Locale.ROOT,
              "%s: %s of the samples, %s of the bytes%n",
              kind.getKey(),
              share(sum(one.samples), samples),
              share(sum(one.bytes), bytes)));
          lines(text, "runs", one.samples);
          lines(text, "allocates", one.bytes);
          one.waitNanos.entrySet().stream()
              .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
              .limit(MOST_LINES)
              .forEach(wait -> text.append(String.format(
                  Locale.ROOT,
                  "  waits      %,8d ms  %s%n",
                  wait.getValue() / 1_000_000,
                  wait.getKey())));
        });
    return text.toString();
  }

  private static void lines(StringBuilder text, String title, Map<String, Long> counts) {
    long all = sum(counts);
    List<Map.Entry<String, Long>> most = counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(MOST_LINES)
        .toList();
    most.forEach(entry -> text.append(String.format(
        Locale.ROOT, "  %-9s  %8s     %s%n", title, share(entry.getValue(), all), entry.getKey())));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String share(long part, long all) {
    return String.format(Locale.ROOT, "%.1f %%", all == 0 ? 0.0 : 100.0 * part / all);
  }
}
