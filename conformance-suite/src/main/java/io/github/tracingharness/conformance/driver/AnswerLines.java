package io.github.tracingharness.conformance.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a driver writes, line by line, read by a thread of its own: answers wait here until they are
 * asked for, the rest goes to the listener at once.
 */
final class AnswerLines {

  /** Longest line that a driver may write: 1 MiB. */
  static final int MAX_BYTES = 1 << 20;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final BlockingQueue<Received> answers = new LinkedBlockingQueue<>();
  private final Thread reader;
  private volatile DriverListener listener = DriverListener.NONE;
  private volatile String lastNoise = "";
  private volatile boolean stacksExpected;

  /**
   * A line that claims to be an answer, or the end of the stream.
   *
   * @param answer a JSON object with an {@code id}, or null
   * @param problem what is wrong with the line, as the end of a sentence; empty when nothing is
   */
  record Received(@Nullable ObjectNode answer, String problem) {

    boolean isEnd() {
      return answer == null && problem.isEmpty();
    }
  }

  /** Takes a line without its end. */
  interface LineSink {
    void take(byte[] line);
  }

  AnswerLines(String thread, InputStream in) {
    reader = read(thread, in, this::take, () -> answers.add(new Received(null, "")));
  }

  /** Starts a thread that hands on each line, and then says that there are no more. */
  static Thread read(String name, InputStream in, LineSink sink, Runnable atEnd) {
    Thread thread = new Thread(
        () -> {
          try (InputStream lines = new BufferedInputStream(in)) {
            readLines(lines, sink);
          } catch (IOException e) {
            // The stream of a process that was killed may break instead of ending.
          } finally {
            atEnd.run();
          }
        },
        name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void readLines(InputStream in, LineSink sink) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean tooLong = false;
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        if (!tooLong) {
          sink.take(line.toByteArray());
        }
        line.reset();
        tooLong = false;
      } else if (!tooLong) {
        line.write(b);
        if (line.size() > MAX_BYTES) {
          // Its beginning says enough; its rest is not kept.
          sink.take(line.toByteArray());
          tooLong = true;
        }
      }
    }
    if (line.size() > 0 && !tooLong) {
      sink.take(line.toByteArray());
    }
  }

  private void take(byte[] bytes) {
    String line = new String(bytes, StandardCharsets.UTF_8);
    if (line.isBlank()) {
      return;
    }
    if (bytes.length > MAX_BYTES) {
      answers.add(new Received(null, "is longer than the limit of 1 MiB: " + shorten(line)));
      return;
    }
    if (!Arrays.equals(line.getBytes(StandardCharsets.UTF_8), bytes)) {
      answers.add(new Received(null, "is not UTF-8: " + shorten(line)));
      return;
    }
    JsonNode json;
    try {
      json = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      if (line.stripLeading().startsWith("{")) {
        answers.add(new Received(null, "is not valid JSON: " + shorten(line)));
      } else {
        takeNoise(line);
      }
      return;
    }
    if (!(json instanceof ObjectNode object)) {
      takeNoise(line);
    } else if (object.has("id")) {
      answers.add(new Received(object, ""));
    } else if (object.has("event")) {
      listener.event(object);
    } else {
      answers.add(new Received(null, "has neither id nor event: " + shorten(line)));
    }
  }

  private void takeNoise(String line) {
    if (stacksExpected) {
      listener.stderr(line);
      return;
    }
    lastNoise = line;
    listener.noise(line);
  }

  /** Returns the next answer, or null when none has come within that time. */
  @Nullable
  Received next(Duration limit) throws InterruptedException {
    return answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Takes text on stdout as text from now on: a JVM prints its stacks there. */
  void expectStacks() {
    stacksExpected = true;
  }

  /** Returns the last line that was not a JSON object, empty when there was none. */
  String lastNoise() {
    return lastNoise;
  }

  void listen(DriverListener listener) {
    this.listener = listener;
  }

  DriverListener listener() {
    return listener;
  }

  /** Waits until all that was written has been read; returns whether the stream has ended. */
  boolean awaitEnd(Duration limit) {
    return join(reader, limit);
  }

  static boolean join(Thread thread, Duration limit) {
    try {
      thread.join(Math.max(1, limit.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  static String shorten(String line) {
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }
}
