package io.github.tracingharness.conformance.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.driver.DriverException;
import io.github.tracingharness.conformance.driver.DriverListener;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.Step;
import java.io.IOException;
import java.time.Duration;

/** Runs one case once against a ready driver and writes down what happens. Judges nothing. */
final class CaseRunner {

  private static final String SESSION = "s1";
  private static final Duration OPEN_DEADLINE = Duration.ofSeconds(30);
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

  /** What an answer may take beyond the time that the command itself allows. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final Stages stages;
  private final Heartbeat heartbeat;
  private final long seed;

  CaseRunner(Stages stages, Heartbeat heartbeat, long seed) {
    this.stages = stages;
    this.heartbeat = heartbeat;
    this.seed = seed;
  }

  /** Runs the case; the driver is closed afterwards where it cannot serve another one. */
  CaseRun run(ConformanceCase c, ReadyDriver driver, int attempt) {
    Redactor redactor = new Redactor(seed ^ c.id().hashCode());
    Recorder recorder = new Recorder(redactor);
    try {
      return run(c, driver, attempt, stages.prepare(c, redactor, recorder), recorder);
    } catch (IOException e) {
      recorder.process("unavailable", String.valueOf(e.getMessage()), null);
      CaseRun run = new CaseRun(c, attempt, driver.capabilities(), Traffic.NONE, recorder);
      run.finish(true);
      return run;
    }
  }

  private CaseRun run(
      ConformanceCase c, ReadyDriver driver, int attempt, Stages.Stage stage, Recorder recorder) {
    ScriptedServer scripted = stage.scripted();
    CaseRun run = new CaseRun(c, attempt, driver.capabilities(), stage.traffic(), recorder);
    boolean usable = false;
    driver.listen(recorder);
    try {
      c.given().accept(scripted);
      ObjectNode session = stage.session().get();
      if (driver.isOneShot()) {
        new OneShotPlay(c, driver, recorder).run(session);
        usable = true;
      } else {
        usable = converse(c, driver, session, scripted, recorder);
      }
    } catch (DriverException e) {
      String what = switch (e.kind()) {
        case DEADLINE -> "deadline";
        case CRASHED -> "crashed";
        case PROTOCOL -> "protocol";
      };
      recorder.process(what, String.valueOf(e.getMessage()), null);
    } catch (SessionRefused e) {
      // The answer stands in the history; there is no session to do anything with.
      usable = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      recorder.fault("the run was interrupted");
    } catch (RuntimeException | LinkageError e) {
      recorder.fault("the harness failed: " + e);
    } finally {
      scripted.releaseAll("end");
      driver.listen(DriverListener.NONE);
      if (!usable) {
        driver.close();
      }
      recorder.gaps(heartbeat);
    }
    run.finish(usable);
    stage.caseEnded().run();
    return run;
  }

  /** Does all steps; returns whether the driver can serve another case. */
  private static boolean converse(
      ConformanceCase c,
      ReadyDriver driver,
      ObjectNode session,
      ScriptedServer scripted,
      Recorder recorder)
      throws DriverException, InterruptedException {
    open(c, driver, session, recorder);
    boolean ended = false;
    for (Step step : c.steps()) {
      ended |= perform(c, step, driver, scripted, recorder);
    }
    scripted.releaseAll("end");
    if (!ended) {
      call(driver, recorder, session(driver, "close", CLOSE_DEADLINE), CLOSE_DEADLINE);
    }
    return !ended;
  }

  /** Returns the run of a case for which no driver could be started. */
  CaseRun stillborn(ConformanceCase c, int attempt, String why) {
    Recorder recorder = new Recorder(new Redactor(seed));
    recorder.process("crashed", why, null);
    Capabilities none = new Capabilities(JsonNodeFactory.instance.objectNode());
    return new CaseRun(c, attempt, none, Traffic.NONE, recorder);
  }

  /** The driver did not open a session, and said so. */
  private static final class SessionRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static void open(
      ConformanceCase c, ReadyDriver driver, ObjectNode session, Recorder recorder)
      throws DriverException {
    ObjectNode open = driver.next("open", OPEN_DEADLINE).put("session", SESSION);
    open.put("case", c.id());
    open.setAll(session);
    ObjectNode answer = call(driver, recorder, open, OPEN_DEADLINE);
    if (!answer.has("ok")) {
      throw new SessionRefused();
    }
  }

  /** Does one step; returns whether the subject's process is gone afterwards. */
  private static boolean perform(
      ConformanceCase c, Step step, ReadyDriver driver, ScriptedServer scripted, Recorder recorder)
      throws DriverException, InterruptedException {
    if (step instanceof Step.Emit emit) {
      ObjectNode command = session(driver, "emit", c.budget());
      command.setAll(emit.body());
      call(driver, recorder, command, c.budget());
    } else if (step instanceof Step.Export export) {
      ObjectNode command = session(driver, "export", c.budget());
      command.setAll(export.body());
      call(driver, recorder, command, c.budget());
    } else if (step instanceof Step.Flush flush) {
      finish("flush", flush.timeout(), driver, recorder);
    } else if (step instanceof Step.Shutdown shutdown) {
      finish("shutdown", shutdown.timeout(), driver, recorder);
    } else if (step instanceof Step.Observe observe) {
      ObjectNode command = session(driver, "observe", MARGIN);
      observe.what().forEach(command.putArray("what")::add);
      call(driver, recorder, command, MARGIN);
    } else if (step instanceof Step.Stats) {
      call(driver, recorder, session(driver, "stats", MARGIN), MARGIN);
    } else if (step instanceof Step.Release release) {
      scripted.release(release.hold(), "step");
    } else if (step instanceof Step.Listen listen) {
      scripted.listenAfter(listen.after());
    } else if (step instanceof Step.AwaitRequests await) {
      scripted.awaitRequests(await.endpoint(), await.atLeast(), await.limit());
    } else if (step instanceof Step.Race race) {
      Duration deadline = race.timeout().plus(MARGIN);
      ObjectNode command = session(driver, "race", deadline).put("threads", race.threads());
      race.ops().forEach(command.putArray("ops")::add);
      command.put("timeout_ms", race.timeout().toMillis());
      call(driver, recorder, command, deadline);
    } else if (step instanceof Step.Fork fork) {
      Duration deadline = fork.timeout().plus(MARGIN);
      ObjectNode command = session(driver, "fork", deadline);
      command.setAll(fork.body());
      command.put("timeout_ms", fork.timeout().toMillis());
      call(driver, recorder, command, deadline);
    } else if (step instanceof Step.Measure measure) {
      new Measurements(driver, recorder).take(measure);
    } else if (step instanceof Step.Terminate) {
      int code = driver.terminate(c.budget()).orElse(-1);
      recorder.process("exited", "after SIGTERM the process ended with code " + code, code);
      return true;
    } else if (step instanceof Step.Exit exit) {
      exit(c, exit.how(), driver, recorder);
      return true;
    } else {
      throw new IllegalStateException("the engine does not know the step " + step);
    }
    return false;
  }

  private static void exit(ConformanceCase c, String how, ReadyDriver driver, Recorder recorder)
      throws DriverException {
    ObjectNode command = driver.next("exit", c.budget()).put("how", how);
    recorder.command(command);
    int code = driver.callForExit(command, c.budget()).orElse(-1);
    recorder.process("exited", "the process ended with exit code " + code, code);
  }

  private static void finish(String op, Duration timeout, ReadyDriver driver, Recorder recorder)
      throws DriverException {
    Duration deadline = timeout.plus(MARGIN);
    ObjectNode command = session(driver, op, deadline).put("timeout_ms", timeout.toMillis());
    call(driver, recorder, command, deadline);
  }

  private static ObjectNode session(ReadyDriver driver, String op, Duration deadline) {
    return driver.next(op, deadline).put("session", SESSION);
  }

  private static ObjectNode call(
      ReadyDriver driver, Recorder recorder, ObjectNode command, Duration deadline)
      throws DriverException {
    recorder.command(command);
    ObjectNode answer = driver.call(command, deadline);
    recorder.reply(command, answer);
    return answer;
  }
}
