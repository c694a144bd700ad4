package io.github.tracingharness.conformance.engine;

import io.github.tracingharness.conformance.driver.Container;
import io.github.tracingharness.conformance.driver.Driver;
import io.github.tracingharness.conformance.driver.InJvmDriver;
import io.github.tracingharness.conformance.driver.OneShotDriver;
import io.github.tracingharness.conformance.driver.OneShotProgram;
import io.github.tracingharness.conformance.driver.ProcessDriver;
import io.github.tracingharness.conformance.driver.SocketDriver;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A subject that can be started, any number of times.
 *
 * @param arguments the words after {@code ./harness run} that name it
 * @param kind what is started
 * @param starter starts it
 */
public record Subject(String arguments, Kind kind, Starter starter) {

  /**
   * How long a driver that others started may take to listen again after a connection has ended.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What a subject is. */
  public enum Kind {
    /** A class in this JVM. */
    IN_JVM,
    /** A command that is started for each driver. */
    PROCESS,
    /** A command that is started for each case and knows no protocol. */
    ONE_SHOT,
    /** Something that listens, and that the suite neither starts nor ends. */
    ATTACHED
  }

  /** Starts a driver. */
  @FunctionalInterface
  public interface Starter {

    /**
     * Starts it.
     *
     * @throws IOException if it cannot be started
     */
    Driver start() throws IOException;
  }

  /** Returns a subject inside this JVM. */
  public static Subject inJvm(String arguments, ExporterSubject subject) {
    return new Subject(arguments, Kind.IN_JVM, () -> new InJvmDriver(subject));
  }

  /**
   * Returns a subject in a process of its own.
   *
   * @param command program and arguments
   * @param environment variables set in addition to the suite's own
   * @param directory where it is started
   */
  public static Subject process(
      String arguments, List<String> command, Map<String, String> environment, Path directory) {
    return new Subject(
        arguments, Kind.PROCESS, () -> ProcessDriver.start(command, environment, directory));
  }

  /**
   * Returns a subject that is started in a container for each driver.
   *
   * @param command program and arguments inside of the container; none: the image's own
   * @param environment variables set in the container
   * @param directory where Docker's client is started
   */
  public static Subject container(
      String arguments,
      Container container,
      List<String> command,
      Map<String, String> environment,
      Path directory) {
    return new Subject(
        arguments,
        Kind.PROCESS,
        () -> ProcessDriver.start(container, command, environment, directory));
  }

  /** Returns a subject that is a program of its own for each case. */
  public static Subject oneShot(String arguments, OneShotProgram program) {
    ConcurrentHashMap<OneShotProgram, Integer> probed = new ConcurrentHashMap<>();
    return new Subject(arguments, Kind.ONE_SHOT, () -> new OneShotDriver(program, probed));
  }

  /** Returns a subject that listens for the suite; each driver is a connection to it. */
  public static Subject attached(String arguments, InetSocketAddress address) {
    return new Subject(arguments, Kind.ATTACHED, () -> SocketDriver.connect(address, PATIENCE));
  }
}
