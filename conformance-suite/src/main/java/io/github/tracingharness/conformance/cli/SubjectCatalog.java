package io.github.tracingharness.conformance.cli;

import io.github.tracingharness.conformance.driver.DriverMain;
import io.github.tracingharness.conformance.engine.Subject;
import io.github.tracingharness.conformance.subject.ReferenceSubject;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Finds subjects by name, and makes them ready. */
final class SubjectCatalog {

  static final String REFERENCE = "reference";

  private final Path subjects;
  private final Path target;
  private final PrintStream progress;

  /**
   * Looks in a folder of subjects.
   *
   * @param target where environments of subjects are made
   * @param progress takes a line before anything that takes longer
   */
  SubjectCatalog(Path subjects, Path target, PrintStream progress) {
    this.subjects = subjects;
    this.target = target;
    this.progress = progress;
  }

  /**
   * A subject that can be run.
   *
   * @param folder name of the folder for its reports
   * @param expectations file of its known failures
   */
  record Chosen(Subject subject, String folder, Optional<Path> expectations) {}

  /** Returns the reference, in this JVM or in one of its own. */
  static Chosen reference(boolean forked) {
    Subject subject = forked
        ? Subject.process(
            "reference --forked",
            javaCommand(ReferenceSubject.class),
            Map.of(),
            Path.of("").toAbsolutePath())
        : Subject.inJvm(REFERENCE, new ReferenceSubject());
    return new Chosen(subject, forked ? "reference-forked" : REFERENCE, Optional.empty());
  }

  private static List<String> javaCommand(Class<?> subject) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return List.of(
        java.toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        DriverMain.class.getName(),
        "--subject",
        subject.getName());
  }

  /** Returns a subject that is started by a command line. */
  static Chosen command(String commandLine) {
    List<String> words = CommandWords.split(commandLine);
    if (words.isEmpty()) {
      throw new UsageException("--driver needs a command, such as 'python3 my_driver.py'");
    }
    Subject subject = Subject.process(
        "--driver '%s'".formatted(commandLine.replace("'", "'\\''")),
        words,
        Map.of(),
        Path.of("").toAbsolutePath());
    return new Chosen(subject, "driver", Optional.empty());
  }

  /**
   * Returns a subject by name, made ready.
   *
   * @throws UsageException if there is none, or it cannot be made ready
   */
  Chosen named(String name) {
    Path folder = subjects.resolve(name);
    if (!names().contains(name)) {
      throw new UsageException(
          "there is no subject '%s'; known are %s; any other exporter is judged by --driver 'CMD ARG…'"
              .formatted(name, String.join(", ", all())));
    }
    SubjectFile file = SubjectFile.read(folder);
    Path build = target.resolve("subjects").resolve(name);
    String tool = tool(file, folder, build);
    UnaryOperator<String> fill = word -> word.replace("{tool}", tool)
        .replace("{build}", build.toString())
        .replace("{subject}", folder.toString());
    List<String> command = file.command().stream().map(fill).toList();
    Map<String, String> environment = new HashMap<>();
    if (file.environment() != null) {
      file.environment().forEach((key, value) -> environment.put(key, fill.apply(value)));
    }
    String expectations = file.expectations();
    return new Chosen(
        Subject.process(name, command, environment, folder),
        name,
        expectations == null
            ? Optional.empty()
            : Optional.of(folder.resolve(expectations)).filter(Files::exists));
  }

  private String tool(SubjectFile file, Path folder, Path build) {
    SubjectFile.Setup setup = file.setup();
    if (setup == null) {
      return "";
    }
    List<String> sources = setup.sources();
    return new SubjectSetup(System.getenv(), progress)
        .prepare(
            file.name(),
            SetupTool.named(setup.tool()),
            setup.version(),
            folder,
            sources == null ? List.of() : sources,
            build);
  }

  /** Returns all names that can be given. */
  List<String> all() {
    List<String> all = new ArrayList<>(List.of(REFERENCE));
    all.addAll(names());
    return all;
  }

  private List<String> names() {
    if (!Files.isDirectory(subjects)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(subjects)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("subject.yaml")))
          .map(folder -> String.valueOf(folder.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + subjects + File.separator, e);
    }
  }
}
