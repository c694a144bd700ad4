package io.github.tracingharness.conformance.driver;

import java.util.List;

/** A process of a test that ends with everything that it started. */
public final class ProcessGroup implements AutoCloseable {

  private final Process process;
  private final Thread atExit;

  /** Takes a process that was started by a command of {@link #command}. */
  public ProcessGroup(Process process) {
    this.process = process;
    this.atExit = new Thread(this::kill, "kill-" + process.pid());
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Returns the command that starts the given one so that all its processes can be ended. */
  public static List<String> command(List<String> command) {
    return ProcessTree.inOwnGroup(command);
  }

  /** Ends the process and all that it started. */
  @Override
  public void close() {
    kill();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private void kill() {
    new ProcessTree(process).kill();
  }
}
