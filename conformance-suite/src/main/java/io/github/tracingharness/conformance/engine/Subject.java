package io.github.tracingharness.conformance.engine;

import io.github.tracingharness.conformance.driver.Driver;
import io.github.tracingharness.conformance.driver.InJvmDriver;
import io.github.tracingharness.conformance.driver.ProcessDriver;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A subject that can be started, any number of times.
 *
 * @param arguments the words after {@code ./harness run} that name it
 * @param isProcess whether a command, and not a class in this JVM, is started
 * @param starter starts it
 */
public record Subject(String arguments, boolean isProcess, Starter starter) {

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
    return new Subject(arguments, false, () -> new InJvmDriver(subject));
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
    return new Subject(arguments, true, () -> ProcessDriver.start(command, environment, directory));
  }
}
