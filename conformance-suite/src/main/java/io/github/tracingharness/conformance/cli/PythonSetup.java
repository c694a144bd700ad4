package io.github.tracingharness.conformance.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the virtual environment of a subject in Python, once for each content of its requirements
 * file.
 */
final class PythonSetup {

  private static final Pattern VERSION = Pattern.compile("Python (\\d+)\\.(\\d+)");
  private static final Pattern RANGE = Pattern.compile(">=(\\d+)\\.(\\d+)");
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(15);

  private final Map<String, String> environment;
  private final PrintStream progress;

  PythonSetup(Map<String, String> environment, PrintStream progress) {
    this.environment = environment;
    this.progress = progress;
  }

  /**
   * Returns the interpreter of the virtual environment, made where it is missing or older than the
   * requirements.
   *
   * @param subject name for messages
   * @param range lowest version, {@code >=X.Y}
   * @param directory where the environment lies or is made
   * @throws UsageException if there is no such Python, or the packages cannot be installed
   */
  Path prepare(String subject, String range, Path requirements, Path directory) {
    Path interpreter = directory.resolve("bin").resolve("python");
    Path stamp = directory.resolve("installed-requirements.txt");
    try {
      String wanted = Files.readString(requirements);
      if (Files.exists(interpreter)
          && Files.exists(stamp)
          && Files.readString(stamp).equals(wanted)) {
        return interpreter;
      }
      String python = find(subject, range);
      progress.printf("Setting up %s (once): virtual environment and packages …%n", subject);
      Files.createDirectories(directory);
      run(subject, List.of(python, "-m", "venv", "--clear", directory.toString()), directory);
      run(
          subject,
          List.of(
              interpreter.toString(),
              "-m",
              "pip",
              "install",
              "--quiet",
              "--disable-pip-version-check",
              "-r",
              requirements.toString()),
          directory);
      Files.writeString(stamp, wanted);
      return interpreter;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot set up " + subject, e);
    }
  }

  private String find(String subject, String range) {
    List<String> candidates = new ArrayList<>();
    @Nullable String chosen = environment.get("PYTHON");
    if (chosen != null) {
      candidates.add(chosen);
    } else {
      candidates.addAll(List.of("python3", "python"));
    }
    for (String candidate : candidates) {
      if (fits(candidate, range)) {
        return candidate;
      }
    }
    throw new UsageException(
        "%s needs Python %s, but %s: install it, or set PYTHON to the path of one"
            .formatted(
                subject,
                range,
                chosen != null
                    ? "PYTHON=" + chosen + " is none"
                    : "neither python3 nor python on the PATH is one"));
  }

  private boolean fits(String candidate, String range) {
    try {
      Process process = builder(List.of(candidate, "--version")).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher found = VERSION.matcher(output);
      Matcher wanted = RANGE.matcher(range);
      if (!wanted.matches()) {
        throw new UsageException("a range of Python versions looks like >=3.10, not " + range);
      }
      return process.waitFor() == 0
          && found.find()
          && atLeast(number(found, 1), number(found, 2), number(wanted, 1), number(wanted, 2));
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static boolean atLeast(int major, int minor, int wantedMajor, int wantedMinor) {
    return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  private void run(String subject, List<String> command, Path directory) throws IOException {
    // Beside the environment, which is cleared while it is made.
    Path log = directory.resolveSibling(directory.getFileName() + "-setup.log");
    Process process = builder(command).redirectOutput(log.toFile()).start();
    try {
      if (process.waitFor(INSTALL_LIMIT.toSeconds(), TimeUnit.SECONDS)
          && process.exitValue() == 0) {
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
