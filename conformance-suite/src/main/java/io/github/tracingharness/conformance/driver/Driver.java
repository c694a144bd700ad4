package io.github.tracingharness.conformance.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A running subject, one command at a time. After a {@link DriverException} it is dead and must be
 * closed; a late answer is never read.
 */
public interface Driver extends AutoCloseable {

  /**
   * Sends a command and waits for its answer.
   *
   * @param command a command with its {@code id}
   * @return the whole answer, with exactly one of {@code ok}, {@code unsupported} and {@code error}
   * @throws DriverException if no valid answer came in time; all child processes are dead then
   */
  ObjectNode call(ObjectNode command, Duration deadline) throws DriverException;

  /**
   * Sends a command that has no answer ({@code exit}) and waits for the end of the subject.
   *
   * @return the exit code
   * @throws DriverException if it did not end in time
   */
  OptionalInt callForExit(ObjectNode command, Duration deadline) throws DriverException;

  /**
   * Ends the stream of commands and waits for the end of the subject, which must leave at once.
   *
   * @return the exit code; empty where the subject is no process of ours
   * @throws DriverException if it did not end in time
   */
  default OptionalInt endInput(Duration deadline) throws DriverException {
    throw new DriverException(
        DriverException.Kind.PROTOCOL, "a subject inside this JVM reads no stream of commands");
  }

  /**
   * Sends SIGTERM to the subject and waits for its end.
   *
   * @return the exit code
   * @throws DriverException if it is no process of ours, or did not end in time
   */
  default OptionalInt terminate(Duration deadline) throws DriverException {
    throw new DriverException(
        DriverException.Kind.PROTOCOL, "a subject that is no process of ours gets no signal");
  }

  /** Returns what the subject's process uses; empty where that cannot be seen. */
  default Optional<ProcessUsage> usage() {
    return Optional.empty();
  }

  /**
   * Hands events, noise and stderr to the listener from now on; the one before gets nothing more.
   */
  void listen(DriverListener listener);

  /** Ends the subject and everything that it started. */
  @Override
  void close();
}
