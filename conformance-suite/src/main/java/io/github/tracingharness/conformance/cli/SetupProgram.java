package io.github.tracingharness.conformance.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A program that a setup needs.
 *
 * @param title name for a reader
 * @param variable variable of the environment that can name another one
 * @param names names on the PATH, the best first
 * @param versionArguments arguments that make it print its version
 * @param version finds major and minor version in what it prints, as groups 1 and 2
 */
record SetupProgram(
    String title,
    String variable,
    List<String> names,
    List<String> versionArguments,
    Pattern version) {

  private static final Pattern RANGE = Pattern.compile(">=(\\d+)\\.(\\d+)");

  /**
   * Returns how it is called.
   *
   * @param range lowest version, {@code >=X.Y}
   * @throws UsageException if there is none of that version
   */
  String find(String subject, String range, Map<String, String> environment) {
    @Nullable String chosen = environment.get(variable);
    List<String> candidates = chosen != null ? List.of(chosen) : names;
    for (String candidate : candidates) {
      if (fits(candidate, range, environment)) {
        return candidate;
      }
    }
    String found = chosen != null
        ? variable + "=" + chosen + " is none"
        : names.size() == 1
            ? names.get(0) + " on the PATH is none"
            : "neither " + String.join(" nor ", names) + " on the PATH is one";
    throw new UsageException("%s needs %s %s, but %s: install it, or set %s to the path of one"
        .formatted(subject, title, range, found, variable));
  }

  private boolean fits(String candidate, String range, Map<String, String> environment) {
    Matcher wanted = RANGE.matcher(range);
    if (!wanted.matches()) {
      throw new UsageException(
          "a range of %s versions looks like >=3.10, not %s".formatted(title, range));
    }
    List<String> command = new ArrayList<>(List.of(candidate));
    command.addAll(versionArguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher found = version.matcher(output);
      return process.waitFor() == 0 && found.find() && isAtLeast(found, wanted);
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isAtLeast(Matcher found, Matcher wanted) {
    int major = number(found, 1);
    int wantedMajor = number(wanted, 1);
    return major > wantedMajor || (major == wantedMajor && number(found, 2) >= number(wanted, 2));
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
