package io.github.tracingharness.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server on the JVM, started with the flags of {@code ./harness serve}.
 *
 * @param classPath jars alone, as an archive of classes takes no directories
 * @param main its main class and arguments
 */
record JavaServer(List<Path> classPath, List<String> main) {

  private static final List<String> QUIET = List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off");
  private static final long END_LIMIT_MINUTES = 2;

  JavaServer {
    classPath = List.copyOf(classPath);
    main = List.copyOf(main);
    for (Path entry : classPath) {
      if (!Files.isRegularFile(entry)) {
        throw new IllegalArgumentException(
            "bench server runs from jars, as ./harness starts it, but this is none: " + entry);
      }
    }
  }

  /** A server of the command itself. */
  static JavaServer ofThisCommand(String... main) {
    return new JavaServer(
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(Path::of)
            .map(Path::toAbsolutePath)
            .toList(),
        List.of(main));
  }

  /** A server of a packaged module: its jar and the libraries beside it. */
  static JavaServer ofModule(Path target, String jar, String... main) throws IOException {
    List<Path> classPath = new ArrayList<>(jars(target, jar));
    classPath.addAll(jars(target.resolve("lib"), "*.jar"));
    return new JavaServer(classPath, List.of(main));
  }

  private static List<Path> jars(Path directory, String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(directory, glob)) {
      entries.forEach(found::add);
    }
    if (found.isEmpty()) {
      throw new IOException("There is no " + glob + " in " + directory + ": ./harness builds it.");
    }
    found.sort(null);
    return found;
  }

  /**
   * Starts the server once, asks for its health and ends it, so that the JVM archives the classes
   * that this needs.
   *
   * @param directory where the archive goes
   * @return the command that starts from it
   * @throws IOException if no archive is written, or the JVM refuses it
   */
  List<String> trained(Path directory, String file) throws IOException, InterruptedException {
    Path archive = directory.resolve(file);
    List<String> flags = new ArrayList<>(QUIET);
    flags.add("-XX:ArchiveClassesAtExit=" + archive);
    ServerProcess training = ServerProcess.start(command(flags), directory);
    if (!training.end(END_LIMIT_MINUTES, TimeUnit.MINUTES)) {
      throw new IOException(main.get(0) + " did not end within " + END_LIMIT_MINUTES + " minutes");
    }
    requireFits(archive);
    flags = new ArrayList<>(QUIET);
    flags.add("-XX:SharedArchiveFile=" + archive);
    return command(flags);
  }

  /** A JVM passes over an archive that does not fit, unless it is told not to. */
  private void requireFits(Path archive) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(command(List.of("-Xshare:on", "-XX:SharedArchiveFile=" + archive)));
    command.subList(command.size() - main.size(), command.size()).clear();
    command.add("-version");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("The class archive of " + main.get(0) + " cannot be used: " + output);
    }
  }

  private List<String> command(List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(
        String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    command.addAll(main);
    return command;
  }
}
