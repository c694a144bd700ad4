package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/** {@link ServeCommand} on a free port, in a thread of its own, ready once it is started. */
public final class RunningServe implements AutoCloseable {

  private static final long DEADLINE_SECONDS = 60;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final CountDownLatch announced = new CountDownLatch(1);
  private final StringWriter out = new StringWriter() {
    @Override
    public void flush() {
      announced.countDown();
    }
  };
  private final Future<Integer> exit;

  private RunningServe(String... options) {
    exit = thread.submit(() -> new CommandLine(new ServeCommand())
        .setOut(new PrintWriter(out))
        .execute(onAFreePort(Arrays.asList(options))));
  }

  public static RunningServe start(String... options) throws InterruptedException {
    RunningServe started = new RunningServe(options);
    assertThat(started.announced.await(DEADLINE_SECONDS, TimeUnit.SECONDS))
        .as("ready")
        .isTrue();
    return started;
  }

  /** What the command says to somebody whose options are wrong; it must exit with 2. */
  static String refusal(Collection<String> options) {
    StringWriter errors = new StringWriter();
    int exit = new CommandLine(new ServeCommand())
        .setErr(new PrintWriter(errors, true))
        .execute(onAFreePort(options));
    assertThat(exit).as(errors.toString()).isEqualTo(2);
    return errors.toString();
  }

  private static String[] onAFreePort(Collection<String> options) {
    return Stream.concat(Stream.of("--port", "0"), options.stream()).toArray(String[]::new);
  }

  /** Where clients of MLflow's own server find it. */
  public URI url() {
    return announced("MLFLOW_TRACKING_URI=(http://127.0.0.1:[0-9]+)");
  }

  /** What was printed. */
  String printed() {
    return out.toString();
  }

  /** The address in what was printed, the group of a pattern. */
  URI announced(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(printed());
    assertThat(matcher.find()).as(printed()).isTrue();
    return URI.create(matcher.group(1));
  }

  /** Interrupts it, as Ctrl-C would; it must exit with 0. */
  public void stop() throws Exception {
    thread.shutdownNow();
    assertThat(exit.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isZero();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
