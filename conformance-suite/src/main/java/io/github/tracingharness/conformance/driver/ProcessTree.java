package io.github.tracingharness.conformance.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A process with everything that it started.
 *
 * <p>Java knows no process groups, and a child whose parent is dead is no descendant any more. On
 * Linux the process is therefore started through {@code setsid}, so that its group can be killed as
 * a whole.
 */
final class ProcessTree {

  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /** What only waits for others; asked itself, it would end and leave no time for them. */
  private static final Set<String> WRAPPERS =
      Set.of("sh", "bash", "dash", "zsh", "busybox", "env", "setsid", "docker", "npm");

  private static final boolean HAS_GROUPS = Files.isExecutable(SETSID);

  private final Process process;

  ProcessTree(Process process) {
    this.process = process;
  }

  /** Returns the command that starts the given one as leader of a group, where that is possible. */
  static List<String> inOwnGroup(List<String> command) {
    if (!HAS_GROUPS) {
      return command;
    }
    List<String> wrapped = new ArrayList<>();
    wrapped.add(SETSID.toString());
    wrapped.addAll(command);
    return wrapped;
  }

  long pid() {
    return process.pid();
  }

  /**
   * Asks the process itself to end, and not what it started. Its pipes stay open, unlike with
   * {@link Process#destroy()}, whose closed standard input would end a driver by another way.
   */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Waits for the process; empty when it still runs after that time. */
  OptionalInt awaitExit(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
          ? OptionalInt.of(process.exitValue())
          : OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  /**
   * Makes JVMs, programs in Go and Pythons print their stacks, and gives them a second for that.
   * Others end by the signal, which is what comes next anyway.
   */
  void askForStacks() {
    if (!HAS_GROUPS || !process.isAlive()) {
      return;
    }
    List<CompletableFuture<ProcessHandle>> asked = new ArrayList<>();
    Stream.concat(Stream.of(process.toHandle()), process.descendants()).forEach(each -> {
      String program = each.info().command().orElse("");
      String name = program.substring(program.lastIndexOf('/') + 1);
      if (!WRAPPERS.contains(name)) {
        signal(name.startsWith("python") ? "-ABRT" : "-QUIT", Long.toString(each.pid()));
        asked.add(each.onExit());
      }
    });
    try {
      CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).get(1, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // A JVM lives on; it has had its second.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills the process, its descendants and its group. */
  void kill() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    if (HAS_GROUPS) {
      signal("-KILL", "-" + process.pid());
    }
    awaitExit(Duration.ofSeconds(5));
  }

  private static void signal(String signal, String target) {
    try {
      new ProcessBuilder("kill", signal, "--", target)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(2, TimeUnit.SECONDS);
    } catch (IOException e) {
      // Without kill(1) the descendants that are still known have been killed already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
