package io.github.tracingharness.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts the server once in a JVM of its own, asks for its health and ends it, so that this JVM
 * archives the classes that a start needs; with the archive, a start takes about half the time. Run
 * while the image is built.
 *
 * <p>The class path is written down sorted, because an archive fits that one class path only and
 * the order of <code>lib/*</code> may differ where the image runs.
 */
final class ClassArchive {

  private static final Pattern ANNOUNCED = Pattern.compile("^Fake .* at (http.*)$");
  private static final long END_LIMIT_MINUTES = 5;

  private ClassArchive() {}

  /**
   * Makes an archive of the classes on its own class path.
   *
   * @param args the archive, and the file that gets the arguments for {@code java} to start from it
   */
  public static void main(String... args) throws IOException, InterruptedException {
    make(
        Path.of(args[0]).toAbsolutePath(), Path.of(args[1]), System.getProperty("java.class.path"));
  }

  /** A JVM that writes no archive, such as one without its own, gets arguments without it. */
  static void make(Path archive, Path argumentsFile, String classPath)
      throws IOException, InterruptedException {
    String sorted = Stream.of(classPath.split(File.pathSeparator, -1))
        .sorted()
        .collect(Collectors.joining(File.pathSeparator));
    train(archive, sorted);
    List<String> arguments = new ArrayList<>();
    if (Files.exists(archive)) {
      arguments.add("-XX:SharedArchiveFile=" + archive);
      System.out.printf(
          Locale.ROOT, "Archive of classes: %.1f MiB%n", Files.size(archive) / 1048576.0);
    } else {
      System.out.println("No archive of classes: this JVM writes none. Starts take longer.");
    }
    arguments.addAll(flags(sorted));
    Files.write(argumentsFile, arguments.stream().map(ClassArchive::quoted).toList());
  }

  private static List<String> flags(String classPath) {
    return List.of("-XX:+UseSerialGC", "-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-cp", classPath);
  }

  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static void train(Path archive, String classPath)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:ArchiveClassesAtExit=" + archive);
    command.addAll(flags(classPath));
    command.addAll(List.of(ServeCommand.class.getName(), "--port", "0"));
    Process server = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (BufferedReader output = server.inputReader()) {
      String url = url(output);
      if (!HealthCheck.isWell(url + "/health")) {
        throw new IOException("The server at " + url + " is not well.");
      }
      server.toHandle().destroy(); // unlike destroy() of the process, leaves its output open
      if (!server.waitFor(END_LIMIT_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("The server did not end.");
      }
    } finally {
      server.destroyForcibly();
    }
  }

  private static String url(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher announced = ANNOUNCED.matcher(line);
      if (announced.matches()) {
        return announced.group(1);
      }
    }
    throw new IOException("The server ended before it was ready.");
  }
}
