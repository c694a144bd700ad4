package io.github.tracingharness.junit.golden;

import io.github.tracingharness.server.StoredTrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Compares a trace with the file of its normalised form, or writes that file.
 *
 * @since 0.1.0
 */
public final class GoldenTrace {

  /** System property with the folder of the files. */
  public static final String FOLDER_PROPERTY = "tracingharness.golden.folder";

  /**
   * System property that says what is written: {@code update} all, {@code new} only what is
   * missing, {@code check} nothing. Default: {@code check} if the environment variable {@code CI}
   * is set, else {@code new}.
   */
  public static final String MODE_PROPERTY = "tracingharness.golden";

  private static final Path DEFAULT_FOLDER = Path.of("src", "test", "resources", "golden-traces");
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*");
  private static final System.Logger logger = System.getLogger(GoldenTrace.class.getName());

  private GoldenTrace() {}

  /** Says how a trace differs from the golden one of that name; empty if it does not. */
  public static Optional<String> complaint(String name, StoredTrace trace) {
    return complaint(name, trace, folder(), mode());
  }

  static Optional<String> complaint(String name, StoredTrace trace, Path folder, Mode mode) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("The name of a golden trace has letters, digits, _ - . and"
          + " / for folders, but is \"" + name + "\".");
    }
    Path file = folder.resolve(name + ".txt");
    String found = GoldenText.of(trace);
    try {
      if (Files.exists(file) && mode != Mode.UPDATE) {
        return difference(name, file, Files.readString(file).replace("\r\n", "\n"), found);
      }
      if (mode == Mode.CHECK) {
        return Optional.of("to match the golden trace \"" + name + "\" but there is no file " + file
            + "; run the test with -D" + MODE_PROPERTY + "=new to write it");
      }
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, found);
      logger.log(System.Logger.Level.INFO, "Golden trace written: {0}", file);
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("The golden trace " + file + " cannot be used", e);
    }
  }

  private static Optional<String> difference(
      String name, Path file, String expected, String found) {
    return LineDiff.of(expected, found)
        .map(diff -> "to match the golden trace \"" + name + "\" but it differs (- " + file
            + ", + this trace; -D" + MODE_PROPERTY + "=update accepts it):\n" + diff);
  }

  private static Path folder() {
    String folder = System.getProperty(FOLDER_PROPERTY, "");
    return folder.isBlank() ? DEFAULT_FOLDER : Path.of(folder);
  }

  private static Mode mode() {
    return Mode.of(System.getProperty(MODE_PROPERTY, ""), System.getenv().getOrDefault("CI", ""));
  }

  /** What is written. */
  enum Mode {
    UPDATE,
    NEW,
    CHECK;

    static Mode of(String property, String ci) {
      return switch (property.strip()) {
        case "update" -> UPDATE;
        case "new" -> NEW;
        case "check" -> CHECK;
        case "" -> ci.isBlank() || ci.equalsIgnoreCase("false") ? NEW : CHECK;
        default ->
          throw new IllegalArgumentException(
              MODE_PROPERTY + " must be update, new or check, but is \"" + property + "\".");
      };
    }
  }
}
