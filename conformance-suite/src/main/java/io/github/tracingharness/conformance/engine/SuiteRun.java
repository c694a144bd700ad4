package io.github.tracingharness.conformance.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.driver.Versions;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.ProcessEvent;
import io.github.tracingharness.conformance.history.HistoryFile;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.FailureKind;
import io.github.tracingharness.conformance.judge.Judge;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.CaseNeeds;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.RunListener;
import io.github.tracingharness.conformance.report.RunRemarks;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.report.SubjectIdentity;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import io.github.tracingharness.server.FakeTrackingServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of the suite against one subject, from the plan to the result. Used once. */
public final class SuiteRun {

  /** After so many deaths in a row the rest of a family is not run. */
  private static final int MAX_DEATHS = 3;

  /** What costs a driver its life, as process events of a history name it. */
  private static final Set<String> DEATHS = Set.of("deadline", "crashed", "protocol");

  private final Subject subject;
  private final RunOptions options;
  private final Judge judge;
  private final RequirementRegistry requirements;
  private final RunListener listener;

  private final Map<String, Integer> deaths = new HashMap<>();
  private final Map<String, CaseResult> results = new LinkedHashMap<>();
  private final Supplier<Heartbeat> heart;
  private final List<CaseRun> runs = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /** Prepares a run. */
  public SuiteRun(
      Subject subject, RunOptions options, RequirementRegistry requirements, RunListener listener) {
    this(subject, options, requirements, listener, Heartbeat::start);
  }

  /** Prepares a run with a heartbeat of a test's own. */
  SuiteRun(
      Subject subject,
      RunOptions options,
      RequirementRegistry requirements,
      RunListener listener,
      Supplier<Heartbeat> heart) {
    this.heart = heart;
    this.subject = subject;
    this.options = options;
    this.requirements = requirements;
    this.judge = new Judge(requirements);
    this.listener = listener;
  }

  /**
   * Runs all cases and returns when each has its verdict.
   *
   * @throws SubjectUnavailableException if the subject cannot be started or does not speak the
   *     protocol at all
   * @throws IOException if the history cannot be written
   */
  public RunResult run() throws SubjectUnavailableException, IOException, InterruptedException {
    Instant startedAt = Instant.now();
    long start = System.nanoTime();
    ReadyDriver first = firstDriver();
    SubjectIdentity identity = first.identity();
    ObjectNode head = head(identity, startedAt);
    try (FakeTrackingServer server = FakeTrackingServer.start();
        Heartbeat heartbeat = heart.get();
        HistoryFile.Appender history = new HistoryFile.Appender(options.historyFile(), head)) {
      ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
      try (Stages stages = new Stages(server, timer)) {
        stages.warmUp();
        CaseRunner runner = new CaseRunner(stages, heartbeat, options.seed());
        listener.runStarted(options.cases(), identity);
        drive(first, identity, runner, history);
        judgeLateTraffic(identity, history);
      } finally {
        timer.shutdownNow();
      }
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      RunResult result = result(identity, startedAt, duration);
      history.end(tail(result));
      return result;
    }
  }

  private ReadyDriver firstDriver() throws SubjectUnavailableException {
    try {
      return ReadyDriver.start(subject);
    } catch (IOException e) {
      throw new SubjectUnavailableException(
          "%s: %s".formatted(subject.arguments(), e.getMessage()), e);
    }
  }

  private void drive(
      ReadyDriver first, SubjectIdentity identity, CaseRunner runner, HistoryFile.Appender history)
      throws InterruptedException {
    Queue<ConformanceCase> together = new ConcurrentLinkedQueue<>();
    Queue<ConformanceCase> alone = new ConcurrentLinkedQueue<>();
    for (ConformanceCase c : options.cases()) {
      @Nullable CaseVerdict pruned = prune(c, first);
      if (pruned != null) {
        finish(new CaseResult(c, pruned, List.of()), history);
      } else {
        (c.alone() ? alone : together).add(c);
      }
    }
    Queue<CaseRun> suspects = new ConcurrentLinkedQueue<>();
    int wanted = together.size() + alone.size();
    try (DriverPool pool = new DriverPool(subject, first, options.jobs() + 1, wanted)) {
      Work work = new Work(pool, runner, identity, history, suspects);
      inParallel(together, work);
      for (ConformanceCase c : alone) {
        work.runOnce(c);
      }
      for (CaseRun suspect : suspects) {
        work.repeat(suspect);
      }
    }
  }

  private void inParallel(Queue<ConformanceCase> cases, Work work) throws InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(options.jobs());
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < Math.min(options.jobs(), cases.size()); i++) {
        all.add(workers.submit(() -> {
          for (ConformanceCase c = cases.poll(); c != null; c = cases.poll()) {
            work.runOnce(c);
          }
        }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a worker of the run failed", e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }

  /** Returns the verdict of a case that is not run, or null when it is to be run. */
  private @Nullable CaseVerdict prune(ConformanceCase c, ReadyDriver driver) {
    if (!driver.isHonest()) {
      return notRun(
          c,
          Verdict.FAIL,
          FailureKind.DRIVER_DISHONEST,
          "the driver claims to support an operation that does not exist, so nothing it says is believed");
    }
    Optional<String> obstacle = driver.isOneShot() ? OneShotPlay.obstacle(c) : Optional.empty();
    if (obstacle.isPresent()) {
      return notRun(c, Verdict.UNSUPPORTED, null, obstacle.get());
    }
    List<String> missing = driver.capabilities().missing(CaseNeeds.of(c));
    String destination = "destination:" + c.destination().type();
    return missing.isEmpty()
        ? null
        : notRun(
            c,
            missing.contains(destination) ? Verdict.NOT_APPLICABLE : Verdict.UNSUPPORTED,
            null,
            "the driver does not declare " + String.join(", ", missing));
  }

  private CaseVerdict notRun(
      ConformanceCase c, Verdict verdict, @Nullable FailureKind kind, String message) {
    return new CaseVerdict(
        c.id(),
        verdict,
        kind,
        requirements.get(c.requirement()).level(),
        c.requirement(),
        message,
        List.of(),
        0);
  }

  /** Gives out a driver for one run of a case. */
  private interface DriverSource {
    ReadyDriver take() throws IOException, InterruptedException;
  }

  /** Runs cases on drivers of the pool. */
  private final class Work {

    private final DriverPool pool;
    private final CaseRunner runner;
    private final SubjectIdentity identity;
    private final HistoryFile.Appender history;
    private final Queue<CaseRun> suspects;

    Work(
        DriverPool pool,
        CaseRunner runner,
        SubjectIdentity identity,
        HistoryFile.Appender history,
        Queue<CaseRun> suspects) {
      this.pool = pool;
      this.runner = runner;
      this.identity = identity;
      this.history = history;
      this.suspects = suspects;
    }

    void runOnce(ConformanceCase c) {
      if (isFamilyDead(c)) {
        String why = "not run: the subject died %d times in a row".formatted(MAX_DEATHS);
        finish(new CaseResult(c, notRun(c, Verdict.INCONCLUSIVE, null, why), List.of()), history);
        return;
      }
      CaseRun run = drive(c, 1, pool::take);
      noteDeath(run);
      CaseVerdict verdict = judged(run);
      boolean doubtful =
          verdict.verdict() == Verdict.FAIL || verdict.verdict() == Verdict.INCONCLUSIVE;
      if (doubtful && options.reruns() > 0) {
        suspects.add(run);
      } else {
        finish(new CaseResult(c, verdict, List.of(run.history())), history);
      }
    }

    /** Repeats a failed case alone: only what fails every time is a failure. */
    void repeat(CaseRun suspect) {
      ConformanceCase c = suspect.conformanceCase();
      List<CaseHistory> histories = new ArrayList<>(List.of(suspect.history()));
      List<CaseVerdict> verdicts = new ArrayList<>(List.of(judged(suspect)));
      for (int i = 0; i < repetitions(verdicts.get(0)); i++) {
        CaseRun run = drive(c, i + 2, pool::takeNew);
        histories.add(run.history());
        verdicts.add(judged(run));
      }
      finish(new CaseResult(c, Reruns.fold(verdicts), histories), history);
    }

    /** What died or could not be judged is run once more; the rest as often as was asked for. */
    private int repetitions(CaseVerdict first) {
      boolean once = first.kind() == FailureKind.CRASH
          || first.kind() == FailureKind.PROTOCOL
          || first.verdict() == Verdict.INCONCLUSIVE;
      return once ? 1 : options.reruns();
    }

    private CaseVerdict judged(CaseRun run) {
      CaseVerdict verdict = judge.judge(run.conformanceCase(), run.history());
      return options.expectations().apply(verdict, identity.version());
    }

    private CaseRun drive(ConformanceCase c, int attempt, DriverSource source) {
      CaseRun run;
      try {
        ReadyDriver driver = source.take();
        run = runner.run(c, driver, attempt);
        if (run.isDriverUsable() && !driver.capabilities().oneSession()) {
          pool.giveBack(driver);
        } else {
          driver.close();
        }
      } catch (IOException e) {
        run = runner.stillborn(c, attempt, "the driver could not be started: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        run = runner.stillborn(c, attempt, "the run was interrupted");
      }
      synchronized (SuiteRun.this) {
        runs.add(run);
      }
      return run;
    }
  }

  private synchronized boolean isFamilyDead(ConformanceCase c) {
    return deaths.getOrDefault(c.family(), 0) >= MAX_DEATHS;
  }

  private synchronized void noteDeath(CaseRun run) {
    boolean died =
        run.history().all(ProcessEvent.class).stream().anyMatch(e -> DEATHS.contains(e.what()));
    String family = run.conformanceCase().family();
    deaths.put(family, died ? deaths.getOrDefault(family, 0) + 1 : 0);
  }

  private synchronized void finish(CaseResult result, HistoryFile.Appender history) {
    try {
      for (CaseHistory each : result.histories()) {
        history.add(each);
      }
      if (result.histories().isEmpty()) {
        CaseVerdict verdict = result.verdict();
        history.notRun(verdict.caseId(), verdict.verdict().name(), verdict.message());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + options.historyFile(), e);
    }
    results.put(result.conformanceCase().id(), result);
    listener.caseFinished(result, results.size(), options.cases().size());
  }

  /**
   * Requests that came after the end of their case belong to its history and may change its
   * verdict.
   */
  private void judgeLateTraffic(SubjectIdentity identity, HistoryFile.Appender history)
      throws IOException {
    for (CaseRun run : runs) {
      if (!run.hasLateTraffic()) {
        continue;
      }
      String id = run.conformanceCase().id();
      CaseHistory whole = run.history();
      history.add(whole);
      CaseVerdict verdict = options
          .expectations()
          .apply(judge.judge(run.conformanceCase(), whole), identity.version());
      warnings.add(RunRemarks.late(id));
      CaseResult before = results.get(id);
      if (before != null && before.verdict().verdict() == Verdict.PASS) {
        results.put(id, new CaseResult(run.conformanceCase(), verdict, List.of(whole)));
      }
    }
  }

  private RunResult result(SubjectIdentity identity, Instant startedAt, Duration duration) {
    List<CaseResult> ordered = options.cases().stream()
        .map(c -> results.get(c.id()))
        .filter(Objects::nonNull)
        .toList();
    warnings.addAll(RunRemarks.noise(ordered));
    return new RunResult(
        Versions.suite(),
        identity,
        options.seed(),
        startedAt,
        duration,
        "./harness run %s --case %%s --seed %d".formatted(subject.arguments(), options.seed()),
        ordered,
        warnings);
  }

  private ObjectNode head(SubjectIdentity identity, Instant startedAt) {
    ObjectNode head = JsonNodeFactory.instance.objectNode().put("suite", Versions.suite());
    head.putObject("subject")
        .put("name", identity.name())
        .put("version", identity.version())
        .put("language", identity.language())
        .put("runtime", identity.runtime())
        .put("driver", identity.driver());
    head.put("arguments", subject.arguments());
    head.set("plan", options.shard().json());
    return head.put("seed", options.seed()).put("startedAt", startedAt.toString());
  }

  private static ObjectNode tail(RunResult result) {
    ObjectNode tail =
        JsonNodeFactory.instance.objectNode().put("cases", result.cases().size());
    ObjectNode counts = tail.putObject("counts");
    result.counts().forEach((verdict, n) -> counts.put(verdict.name(), n));
    return tail.put("durationMs", result.duration().toMillis());
  }
}
