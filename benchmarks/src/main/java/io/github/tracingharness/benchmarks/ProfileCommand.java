package io.github.tracingharness.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.JavaFlightRecorderProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs benchmarks with the Flight Recorder and says where time, bytes and waits of each kind of
 * threads went: {@code bench profile REGEX [--threads N]}. The recordings are kept.
 */
final class ProfileCommand {

  private final PrintStream out;

  ProfileCommand(PrintStream out) {
    this.out = out;
  }

  /** Returns 0. */
  int run(Arguments arguments) throws IOException {
    List<String> selected = new ArrayList<>();
    arguments
        .option("--threads")
        .ifPresent(number -> selected.addAll(List.of("--threads", number)));
    Path directory = Path.of(arguments.option("--output").orElse("target/benchmarks/profile"))
        .toAbsolutePath();
    selected.addAll(List.of("--include", arguments.word("REGEX, the benchmarks to profile,")));
    arguments.requireNoMore();
    Selection selection = Selection.parse(selected);
    for (BenchPlan.Step step : selection.steps()) {
      Path own = directory.resolve(step.name() + "-" + step.threads());
      record(step, own);
      for (Path recording : recordings(own)) {
        String title = directory.relativize(recording.getParent()).toString();
        String text = title + "\n" + Profile.read(recording).format();
        Files.writeString(recording.resolveSibling("profile.txt"), text);
        out.println();
        out.print(text);
      }
    }
    out.println("The recordings are in " + directory + "; JDK Mission Control opens them.");
    return 0;
  }

  private void record(BenchPlan.Step step, Path directory) throws IOException {
    Progress progress = new Progress(out, step.contenders());
    try {
      new Runner(
              BenchPlan.PROFILE
                  .options(step)
                  .addProfiler(
                      JavaFlightRecorderProfiler.class, "dir=" + directory + ";configName=profile")
                  .build(),
              progress)
          .run();
    } catch (RunnerException e) {
      throw new IOException(step.name() + " failed. " + progress.forkOutput(), e);
    }
  }

  private static List<Path> recordings(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".jfr")).sorted().toList();
    }
  }
}
