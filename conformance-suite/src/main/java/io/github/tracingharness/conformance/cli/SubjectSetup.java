package io.github.tracingharness.conformance.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Makes what a subject needs, once for each content of the files that decide it. */
final class SubjectSetup {

  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final Map<String, String> environment;
  private final PrintStream progress;

  SubjectSetup(Map<String, String> environment, PrintStream progress) {
    this.environment = environment;
    this.progress = progress;
  }

  /**
   * Makes a subject ready, where it is not or what it is made of has changed.
   *
   * @param subject name for messages
   * @param tool how its language does it
   * @param range lowest version of the tool's program, {@code >=X.Y}
   * @param folder where the subject's files lie
   * @param sources further files and folders, relative to the folder, that decide what is made
   * @param directory where everything is made
   * @return what stands for <code>{tool}</code> in the command of the driver
   * @throws UsageException if a program is missing or fails
   */
  String prepare(
      String subject,
      SetupTool tool,
      String range,
      Path folder,
      List<String> sources,
      Path directory) {
    Path stamp = directory.resolve("made-of.txt");
    try {
      String program = tool.program().find(subject, range, environment);
      String wanted = fingerprint(tool, folder, sources);
      Path result = Path.of(tool.tool(program, directory));
      boolean isGone = result.startsWith(directory) && !Files.exists(result);
      if (isGone || !Files.exists(stamp) || !Files.readString(stamp).equals(wanted)) {
        progress.printf("Setting up %s (once): %s …%n", subject, tool.work());
        make(subject, tool, program, folder, directory);
        Files.writeString(stamp, wanted);
      }
      return result.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot set up " + subject, e);
    }
  }

  private void make(String subject, SetupTool tool, String program, Path folder, Path directory)
      throws IOException {
    if (tool.isIncremental()) {
      Files.deleteIfExists(directory.resolve("made-of.txt"));
    } else {
      delete(directory);
    }
    Files.createDirectories(directory);
    tool.begin(folder, directory);
    for (List<String> step : tool.steps(program, folder, directory)) {
      run(subject, step, directory);
    }
  }

  private static String fingerprint(SetupTool tool, Path folder, List<String> sources)
      throws IOException {
    List<String> names = new ArrayList<>(tool.inputs());
    names.addAll(sources);
    MessageDigest digest = sha256();
    for (String name : names) {
      try (Stream<Path> files = Files.walk(folder.resolve(name))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          digest.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
          digest.update((byte) 0);
          digest.update(Files.readAllBytes(file));
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void run(String subject, List<String> command, Path directory) throws IOException {
    // Beside the directory, which a step may clear.
    Path log = directory.resolveSibling(directory.getFileName() + "-setup.log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UsageException(
          "%s could not be set up: %s cannot be started; install it, or put it on the PATH"
              .formatted(subject, command.get(0)),
          e);
    }
    try {
      if (process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    List<String> lines =
        Files.readAllLines(log).stream().filter(l -> !l.isBlank()).toList();
    throw new UsageException(
        "%s could not be set up: '%s' failed with '%s'; the whole output is in %s"
            .formatted(
                subject,
                String.join(" ", command),
                lines.isEmpty() ? "no output" : lines.get(lines.size() - 1),
                log));
  }
}
