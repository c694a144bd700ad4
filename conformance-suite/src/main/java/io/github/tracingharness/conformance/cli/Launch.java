package io.github.tracingharness.conformance.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How a driver is started.
 *
 * @param command program and arguments
 * @param environment variables set in addition to those of the suite
 * @param directory where it is started
 */
record Launch(List<String> command, Map<String, String> environment, Path directory) {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  /** Returns a line for a shell that does the same. */
  String shellCommand() {
    StringJoiner line = new StringJoiner(" ");
    line.add("cd").add(quote(directory.toString())).add("&&");
    new TreeMap<>(environment).forEach((name, value) -> line.add(name + "=" + quote(value)));
    command.forEach(word -> line.add(quote(word)));
    return line.toString();
  }

  static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
