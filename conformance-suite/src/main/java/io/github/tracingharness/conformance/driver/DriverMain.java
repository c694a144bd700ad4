package io.github.tracingharness.conformance.driver;

import io.github.tracingharness.conformance.subject.ExporterSubject;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Serves an {@link ExporterSubject}, so that an exporter on the JVM needs no driver of its own:
 * {@code java … DriverMain --subject com.example.MySubject} over stdin and stdout, with
 * {@code --listen PORT} over TCP, where {@code ./harness run --attach} finds it, and with
 * {@code --one-shot} as a program that is started for each case.
 */
public final class DriverMain {

  private DriverMain() {}

  /**
   * Runs until stdin ends, or with {@code --listen} until the process is ended.
   *
   * @param args {@code --subject} and the name of a class with a public constructor without
   *     parameters, then perhaps {@code --one-shot}, or {@code --listen} and a port; 0 takes a free
   *     one
   */
  public static void main(String[] args) throws IOException {
    SessionLogProvider.install();
    OutputStream protocol = new FileOutputStream(FileDescriptor.out);
    // What a library prints must not stand between the lines of the protocol.
    System.setOut(System.err);
    boolean oneShot = args.length == 3 && args[2].equals("--one-shot");
    ExporterSubject subject;
    int port;
    try {
      subject = subject(args, oneShot);
      port = port(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    if (port >= 0) {
      ListeningDriver listening = new ListeningDriver(subject, port);
      System.err.println("listening on 127.0.0.1:" + listening.port());
      listening.serve();
      return;
    }
    if (oneShot) {
      OneShotMain.End done = new OneShotMain(subject).run(System.getenv());
      if (done.code() != 0 || done.how().isEmpty()) {
        Runtime.getRuntime().halt(done.code());
      }
      end(done.how().get());
      return;
    }
    Optional<String> how =
        new DriverLoop(subject, true, protocol).serve(new FileInputStream(FileDescriptor.in));
    if (how.isEmpty()) {
      Runtime.getRuntime().halt(0);
    } else {
      end(how.get());
    }
  }

  private static int port(String[] args) {
    if (args.length < 4) {
      return -1;
    }
    try {
      int port = Integer.parseInt(args[3]);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Answered as any other number that is no port.
    }
    throw new IllegalArgumentException("--listen needs a port from 0 to 65535, not " + args[3]);
  }

  private static ExporterSubject subject(String[] args, boolean oneShot) {
    boolean listen = args.length == 4 && args[2].equals("--listen");
    if (!(args.length == 2 || oneShot || listen) || !args[0].equals("--subject")) {
      throw new IllegalArgumentException(
          "usage: --subject CLASS [--listen PORT | --one-shot], where CLASS implements "
              + ExporterSubject.class.getName());
    }
    try {
      return Class.forName(args[1])
          .asSubclass(ExporterSubject.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          "cannot make a subject of %s: it must implement %s and have a public constructor without parameters (%s)"
              .formatted(args[1], ExporterSubject.class.getName(), e),
          e);
    }
  }

  /**
   * Ends as an application would: by returning from main, by exiting, or by an uncaught exception.
   */
  private static void end(String how) {
    switch (how) {
      case "exit0" -> System.exit(0);
      case "throw" -> throw new IllegalStateException("the application ends with an exception");
      default -> {}
    }
  }
}
