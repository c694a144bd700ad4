package io.github.tracingharness.conformance.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** A subject inside this JVM, behind the same protocol as a process: fast, and easy to debug. */
public final class InJvmDriver implements Driver {

  private final DriverService service;
  private final ExecutorService application;
  private volatile Thread thread;
  private volatile DriverListener listener = DriverListener.NONE;

  /** Drives the subject. */
  public InJvmDriver(ExporterSubject subject) {
    this.service = new DriverService(subject, false, event -> listener.event(event));
    this.thread = Thread.currentThread();
    this.application = Executors.newSingleThreadExecutor(task -> {
      thread = new Thread(task, "application");
      thread.setDaemon(true);
      return thread;
    });
  }

  @Override
  public ObjectNode call(ObjectNode command, Duration deadline) throws DriverException {
    ObjectNode copy = command.deepCopy();
    Future<ObjectNode> answer = application.submit(() -> service.answer(copy));
    try {
      return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      String stack = Arrays.stream(thread.getStackTrace())
          .map(frame -> "\n  at " + frame)
          .collect(Collectors.joining());
      answer.cancel(true);
      throw new DriverException(
          DriverException.Kind.DEADLINE,
          "%s was not answered within %d ms; the application's thread stood here:%s"
              .formatted(command.path("op").asText(), deadline.toMillis(), stack));
    } catch (ExecutionException e) {
      throw new DriverException(
          DriverException.Kind.CRASHED,
          command.path("op").asText() + " broke the driver: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DriverException(DriverException.Kind.CRASHED, "the run was interrupted");
    }
  }

  @Override
  public OptionalInt callForExit(ObjectNode command, Duration deadline) throws DriverException {
    throw new DriverException(
        DriverException.Kind.PROTOCOL, "a subject inside this JVM cannot end its process");
  }

  @Override
  public void listen(DriverListener listener) {
    this.listener = listener;
  }

  @Override
  public void close() {
    listener = DriverListener.NONE;
    application.shutdownNow();
    service.closeAll();
  }
}
