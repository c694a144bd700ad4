package io.github.tracingharness.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Builds two revisions and measures them in turn: {@code bench compare BASE HEAD}. A directory of a
 * built project may stand in place of a revision.
 */
final class CompareCommand {

  private static final int DEFAULT_ROUNDS = 5;
  private static final long BUILD_MINUTES = 30;

  /** What is measured unless told otherwise: one thread, little noise, the whole path of a span. */
  static final String DEFAULT_INCLUDE =
      "QueueOffer.*offerAndDrain|SpanEnd.*span|SpanCost.*tracedCall|Encoding";

  private final PrintStream out;
  private final Path home;

  CompareCommand(PrintStream out, Path home) {
    this.out = out;
    this.home = home;
  }

  /** Returns 0 if nothing is worse, else 1. */
  int run(Arguments arguments) throws IOException, InterruptedException {
    int rounds = arguments.integer("--rounds", DEFAULT_ROUNDS, 3);
    double limit = arguments.number("--limit", Gate.DEFAULT_LIMIT);
    String include = arguments.option("--include").orElse(DEFAULT_INCLUDE);
    Path results = Path.of(arguments.option("--output").orElse("target/benchmarks/compare"));
    List<String> baseOptions = jvmOptions(arguments.option("--base-jvm").orElse(""));
    List<String> headOptions = jvmOptions(arguments.option("--head-jvm").orElse(""));
    boolean all = arguments.flag("--all-threads");
    String base = arguments.word("BASE, a revision of git or a directory,");
    String head = arguments.word("HEAD, a revision of git or a directory,");
    arguments.requireNoMore();
    Gate gate = new Gate(limit);
    Files.createDirectories(results);

    Path baseHome = project(base);
    Path headHome = project(head);
    List<Scores> ofBase = new ArrayList<>();
    List<Scores> ofHead = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      out.printf("Round %d of %d: base, then head%n", round, rounds);
      ofBase.add(
          measure(baseHome, include, all, baseOptions, results.resolve("base-" + round + ".json")));
      ofHead.add(
          measure(headHome, include, all, headOptions, results.resolve("head-" + round + ".json")));
    }
    return new JudgeCommand(out).report(gate.judge(ofBase, ofHead));
  }

  private static List<String> jvmOptions(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  /** Returns the directory of a built project. */
  private Path project(String name) throws IOException, InterruptedException {
    Path directory = Path.of(name).toAbsolutePath();
    if (Files.isDirectory(directory.resolve("benchmarks"))) {
      if (!Files.isDirectory(directory.resolve("benchmarks/target/lib"))) {
        throw new IllegalArgumentException(
            directory + " is not built; build it by ./mvnw package -pl benchmarks -am.");
      }
      return directory;
    }
    String commit = output(List.of(
            "git", "-C", home.toString(), "rev-parse", "--verify", "--quiet", name + "^{commit}"))
        .strip();
    if (commit.isEmpty()) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is neither a revision of git nor a directory of the project.");
    }
    Path tree = home.resolve("target").resolve("benchmarks").resolve("trees").resolve(commit);
    if (!Files.isDirectory(tree)) {
      Files.createDirectories(tree.getParent());
      run(
          List.of(
              "git", "-C", home.toString(), "worktree", "add", "--detach", tree.toString(), commit),
          home,
          BUILD_MINUTES);
    }
    build(tree);
    return tree;
  }

  private void build(Path tree) throws IOException, InterruptedException {
    Path built = tree.resolve("benchmarks/target/.built-for-compare");
    if (Files.exists(built)) {
      return;
    }
    out.println("Building " + tree.getFileName() + " …");
    run(
        List.of(
            tree.resolve("mvnw").toString(),
            "-B",
            "-q",
            "-pl",
            "benchmarks",
            "-am",
            "package",
            "-Dmaven.test.skip=true",
            "-Dspotless.skip",
            "-Djacoco.skip"),
        tree,
        BUILD_MINUTES);
    Files.writeString(built, "");
  }

  private Scores measure(Path tree, String include, boolean all, List<String> jvm, Path file)
      throws IOException, InterruptedException {
    Path target = tree.resolve("benchmarks/target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Forks inherit the options of the JVM that starts them.
    command.addAll(jvm);
    command.addAll(List.of(
        "-cp",
        target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*",
        BenchCommand.class.getName(),
        "--quick",
        "--include",
        include,
        "--output",
        file.toAbsolutePath().toString()));
    if (!all) {
      command.addAll(List.of("--threads", "1"));
    }
    run(command, tree, BUILD_MINUTES);
    return Scores.read(file);
  }

  private void run(List<String> command, Path directory, long minutes)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("bench-compare", ".log");
    Process process = new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    if (!ended || process.exitValue() != 0) {
      String text = Files.readString(log);
      throw new IOException(String.join(" ", command)
          + (ended ? " ended with code " + process.exitValue() : " took too long")
          + ":\n" + text.substring(Math.max(0, text.length() - 2000)));
    }
    Files.delete(log);
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    String text = new String(
        process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }
}
