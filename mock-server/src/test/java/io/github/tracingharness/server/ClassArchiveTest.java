package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

  @TempDir
  private Path directory;

  /** A JVM that may not do without the archive, with another order of the files than it had. */
  @Test
  void jvm_withTheArguments_startsFromTheArchive() throws Exception {
    Path lib = Files.createDirectory(directory.resolve("lib"));
    Jars.ofThisClassPath(lib);
    Path archive = directory.resolve("classes.jsa");
    Path arguments = directory.resolve("java.args");

    ClassArchive.make(archive, arguments, classPath(lib, Comparator.reverseOrder()));

    assertThat(Files.readAllLines(arguments))
        .startsWith("\"-XX:SharedArchiveFile=" + archive + "\"")
        .endsWith("\"-cp\"", "\"" + classPath(lib, Comparator.naturalOrder()) + "\"");
    assertThat(java(
            "-Xshare:on",
            "@" + arguments,
            "-Xlog:class+load",
            ServeCommand.class.getName(),
            "--help"))
        .contains(ServeCommand.class.getName() + " source: shared objects file (top)")
        .contains("Runs the fake MLflow tracking server");
  }

  @Test
  void jvm_thatWritesNoArchive_startsWithoutOne() throws Exception {
    Path arguments = directory.resolve("java.args");

    // A JVM archives no classes of directories, such as those of this build.
    ClassArchive.make(
        directory.resolve("classes.jsa"), arguments, System.getProperty("java.class.path"));

    assertThat(Files.readString(arguments)).doesNotContain("SharedArchiveFile").contains("-cp");
    assertThat(java("@" + arguments, ServeCommand.class.getName(), "--help"))
        .contains("Runs the fake MLflow tracking server");
  }

  @Test
  void server_thatDoesNotStart_isAnError() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ClassArchive.make(
            directory.resolve("classes.jsa"), directory.resolve("java.args"), directory.toString()))
        .withMessage("The server ended before it was ready.");
  }

  private static String classPath(Path lib, Comparator<String> order) throws IOException {
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.map(Path::toString).sorted(order).collect(Collectors.joining(File.pathSeparator));
    }
  }

  private static String java(String... arguments) throws IOException {
    Process process = new ProcessBuilder(Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                List.of(arguments).stream())
            .toList())
        .redirectErrorStream(true)
        .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
