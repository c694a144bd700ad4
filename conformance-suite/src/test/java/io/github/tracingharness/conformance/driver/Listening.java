package io.github.tracingharness.conformance.driver;

import io.github.tracingharness.conformance.subject.ExporterSubject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Drivers that listen for the suite, as tests need them. */
public final class Listening implements AutoCloseable {

  private final ProcessGroup group;
  private final int port;

  private Listening(ProcessGroup group, int port) {
    this.group = group;
    this.port = port;
  }

  /** Starts a driver that writes {@code listening on …PORT} to stderr. */
  public static Listening start(List<String> command) throws IOException {
    Process process = new ProcessBuilder(ProcessGroup.command(command)).start();
    ProcessGroup group = new ProcessGroup(process);
    BufferedReader err =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      if (line.startsWith("listening on ")) {
        String port = line.replaceFirst(".*[ :]", "");
        return new Listening(group, Integer.parseInt(port));
      }
    }
    group.close();
    throw new IOException("it ended before it listened: " + command);
  }

  /** Starts the misbehaving driver. */
  public static Listening badDriver(String... mode) throws IOException {
    List<String> command = new ArrayList<>(Python.badDriver(mode));
    command.add("--listen");
    return start(command);
  }

  /** Serves a subject from this JVM until it ends; returns the port. */
  public static int serve(ExporterSubject subject) throws IOException {
    ListeningDriver listening = new ListeningDriver(subject, 0);
    Thread thread = new Thread(
        () -> {
          try {
            listening.serve();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        "listening-driver");
    thread.setDaemon(true);
    thread.start();
    return listening.port();
  }

  /** Returns where it listens. */
  public InetSocketAddress address() {
    return InetSocketAddress.createUnresolved("127.0.0.1", port);
  }

  /** Returns the address as it is given on a command line. */
  public String hostAndPort() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    group.close();
  }
}
