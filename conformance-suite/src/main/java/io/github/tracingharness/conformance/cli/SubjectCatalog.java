package io.github.tracingharness.conformance.cli;

import io.github.tracingharness.conformance.driver.Container;
import io.github.tracingharness.conformance.driver.DriverMain;
import io.github.tracingharness.conformance.engine.Subject;
import io.github.tracingharness.conformance.subject.ReferenceSubject;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds subjects by name, and makes them ready. */
final class SubjectCatalog {

  static final String REFERENCE = "reference";

  private static final Pattern ADDRESS = Pattern.compile("\\[?([^\\[\\]]+?)]?:([0-9]{1,5})");

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
   * @param launch how it is started; empty for what the suite does not start
   * @param folder name of the folder for its reports
   * @param expectations file of its known failures
   */
  record Chosen(
      Subject subject, Optional<Launch> launch, String folder, Optional<Path> expectations) {

    /**
     * Returns a line for a shell that starts the driver.
     *
     * @throws UsageException if the suite starts none
     */
    String shellCommand() {
      return launch
          .map(Launch::shellCommand)
          .orElseThrow(() ->
              new UsageException("no command is started for %s".formatted(subject.arguments())));
    }
  }

  /** Returns the reference, in this JVM or in one of its own. */
  static Chosen reference(boolean forked) {
    if (forked) {
      Launch launch = new Launch(javaCommand(ReferenceSubject.class), Map.of(), here());
      return spawned("reference --forked", launch, "reference-forked", Optional.empty());
    }
    Subject subject = Subject.inJvm(REFERENCE, new ReferenceSubject());
    return new Chosen(subject, Optional.empty(), REFERENCE, Optional.empty());
  }

  private static Chosen spawned(
      String arguments, Launch launch, String folder, Optional<Path> expectations) {
    Subject subject =
        Subject.process(arguments, launch.command(), launch.environment(), launch.directory());
    return new Chosen(subject, Optional.of(launch), folder, expectations);
  }

  private static Path here() {
    return Path.of("").toAbsolutePath();
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
    return spawned(
        "--driver '%s'".formatted(commandLine.replace("'", "'\\''")),
        new Launch(words, Map.of(), here()),
        "driver",
        Optional.empty());
  }

  /** Returns a subject that is started by these words. */
  static Chosen command(List<String> words) {
    return command(String.join(" ", words.stream().map(Launch::quote).toList()));
  }

  /**
   * Returns a subject that listens at an address.
   *
   * @throws UsageException if it is none
   */
  static Chosen attached(String address) {
    Matcher matcher = ADDRESS.matcher(address);
    int port = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
    if (port < 1 || port > 65_535) {
      throw new UsageException(
          "--attach needs HOST:PORT, such as 127.0.0.1:4711, not '%s'".formatted(address));
    }
    InetSocketAddress where = InetSocketAddress.createUnresolved(matcher.group(1), port);
    return new Chosen(
        Subject.attached("--attach " + address, where),
        Optional.empty(),
        "attached",
        Optional.empty());
  }

  /** Returns a subject by name, the reference too, as a process of its own. */
  Chosen spawned(String name) {
    return name.equals(REFERENCE) ? reference(true) : named(name);
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
    Optional<Path> expected = expectations == null
        ? Optional.empty()
        : Optional.of(folder.resolve(expectations)).filter(Files::exists);
    Launch launch = new Launch(command, environment, folder);
    OneShotPart oneShot = file.oneShot();
    if (oneShot != null && file.container() != null) {
      throw new UsageException(
          "%s/subject.yaml: a container holds a driver, not a one-shot program".formatted(name));
    }
    if (oneShot != null) {
      Subject subject = Subject.oneShot(name, oneShot.program(file, launch));
      return new Chosen(subject, Optional.of(launch), name, expected);
    }
    ContainerPart boxed = file.container();
    if (boxed != null) {
      Container container = boxed.prepare(name, folder, fill, progress);
      Launch docker =
          new Launch(container.run("edp-by-hand", environment, command), Map.of(), folder);
      Subject subject = Subject.container(name, container, command, environment, folder);
      return new Chosen(subject, Optional.of(docker), name, expected);
    }
    return spawned(name, launch, name, expected);
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

  /**
   * Returns the file of known failures of a subject, without making the subject ready; empty where
   * the name is none of a folder, or the folder has no such file.
   */
  static Optional<Path> expectationsOf(String name) {
    SubjectCatalog catalog = new SubjectCatalog(Home.subjects(), Home.target(), System.out);
    if (!catalog.names().contains(name)) {
      return Optional.empty();
    }
    Path folder = Home.subjects().resolve(name);
    return Optional.ofNullable(SubjectFile.read(folder).expectations())
        .map(folder::resolve)
        .filter(Files::exists);
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
