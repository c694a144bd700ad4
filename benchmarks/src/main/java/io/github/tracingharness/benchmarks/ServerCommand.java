package io.github.tracingharness.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The fake tracking server beside a bare WireMock stub and, if an interpreter has it, a real MLflow
 * server: {@code bench server [--python PYTHON] [--seconds N] [--calls N]}. All in one run, in
 * turn. The fake is started as {@code ./harness serve} does it, from an archive of its classes, and
 * so is the stub.
 */
final class ServerCommand {

  private static final double MOST_OF_THE_START = 0.1;
  private static final double LEAST_OF_THE_STUB = 0.8;
  private static final double LEAST_OF_THE_REAL = 20;
  private static final long HEAP_MINUTES = 10;

  private final PrintStream out;
  private final Path home;

  ServerCommand(PrintStream out, Path home) {
    this.out = out;
    this.home = home;
  }

  /** Returns 0 if all targets are reached, else 1. */
  int run(Arguments arguments) throws IOException, InterruptedException {
    Optional<String> python = arguments.option("--python");
    int seconds = arguments.integer("--seconds", 4, 1);
    int calls = arguments.integer("--calls", 200_000, 1_000);
    arguments.requireNoMore();
    Path directory = Files.createTempDirectory("bench-server");
    ServerContender fake = new ServerContender("fake", trained("fake", fake(), directory));
    ServerContender stub =
        new ServerContender("bare WireMock stub", trained("bare WireMock stub", stub(), directory));
    List<ServerContender> all = new ArrayList<>(List.of(fake, stub));
    python.ifPresentOrElse(
        name -> all.add(new ServerContender("real MLflow", real(name, directory))),
        () -> out.println("no real MLflow server: --python names an interpreter that has mlflow"));
    ServerContender.measure(all, directory, Duration.ofSeconds(seconds), out);
    all.forEach(out::println);
    boolean reached = reachesTargets(fake, stub, all.subList(2, all.size()));
    return heap(calls) == 0 && reached ? 0 : 1;
  }

  private boolean reachesTargets(
      ServerContender fake, ServerContender stub, List<ServerContender> realOrNone) {
    double ofStub = fake.rateOf(stub);
    boolean reached = target(
        "start-traces/s, of the stub's",
        ofStub,
        ofStub >= LEAST_OF_THE_STUB,
        ">= " + LEAST_OF_THE_STUB);
    for (ServerContender real : realOrNone) {
      double ready = fake.readySeconds() / real.readySeconds();
      reached &= target(
          "ready, of the real server's time",
          ready,
          ready < MOST_OF_THE_START,
          "< " + MOST_OF_THE_START);
      double ofReal = fake.rateOf(real);
      reached &= target(
          "start-traces/s, of the real server's",
          ofReal,
          ofReal >= LEAST_OF_THE_REAL,
          ">= " + LEAST_OF_THE_REAL);
    }
    return reached;
  }

  private boolean target(String what, double ratio, boolean reached, String wanted) {
    out.printf(
        Locale.ROOT,
        "  %-38s %8.3f   target %s: %s%n",
        what,
        ratio,
        wanted,
        reached ? "reached" : "MISSED");
    return reached;
  }

  private List<String> trained(String name, JavaServer server, Path directory)
      throws IOException, InterruptedException {
    String archive = name.replace(' ', '-') + ".jsa";
    directory.resolve(archive).toFile().deleteOnExit();
    List<String> command = server.trained(directory, archive);
    out.printf(
        Locale.ROOT,
        "%-20s starts from an archive of its classes, made by a start that is not counted"
            + " (%.1f MiB)%n",
        name,
        Files.size(directory.resolve(archive)) / 1048576.0);
    return command;
  }

  private int heap(int calls) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            JournalHeap.class.getName(),
            Integer.toString(calls))
        .inheritIO()
        .start();
    if (!process.waitFor(HEAP_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      out.println("the calls did not end within " + HEAP_MINUTES + " minutes");
      return 1;
    }
    return process.exitValue();
  }

  private JavaServer fake() throws IOException {
    return JavaServer.ofModule(
        home.resolve("conformance-suite/target"),
        "tracing-harness-conformance-*.jar",
        "io.github.tracingharness.conformance.cli.HarnessCommand",
        "serve",
        "--port",
        "%d");
  }

  private static JavaServer stub() {
    return JavaServer.ofThisCommand(BareStub.class.getName(), "%d");
  }

  private static List<String> real(String python, Path directory) {
    return List.of(
        python,
        "-m",
        "mlflow",
        "server",
        "--backend-store-uri",
        "sqlite:///" + directory.resolve("mlflow.db"),
        "--artifacts-destination",
        directory.resolve("artifacts").toString(),
        "--workers",
        "1",
        "--host",
        "127.0.0.1",
        "--port",
        "%d");
  }
}
