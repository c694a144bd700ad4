package io.github.tracingharness.conformance.selftest.otlp;

import io.github.tracingharness.conformance.selftest.otlp.WireRules.Meaning;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Sends batches, each with as many attempts as its time allows. For one export at a time. */
final class ModelExporter {

  private final Settings settings;
  private final Rules rules;
  private final Diagnostics log;
  private final RequestMessage message;
  private final HttpSender sender;
  private final Object lock = new Object();
  private boolean shutdown;
  private long throttledUntil = System.nanoTime();

  ModelExporter(Settings settings, Rules rules, Diagnostics log) {
    this.settings = settings;
    this.rules = rules;
    this.log = log;
    this.message = new RequestMessage(
        rules.payload(), rules.payload().resource(settings.resource(), settings.limits()));
    this.sender = new HttpSender(settings, rules.wire());
  }

  /** Sends a batch; returns at the latest when its own time or the given one is over. */
  ExportResult export(List<ModelSpan> spans, Deadline limit) {
    ExportResult result;
    if (!rules.pipeline().exportsAfterShutdown() && isShutdown()) {
      result = ExportResult.failure("the exporter was shut down");
    } else if (!rules.wire().isWorthARequest(spans.size())) {
      return ExportResult.SUCCESS;
    } else {
      result = guarded(spans, limit);
    }
    if (!result.success()) {
      rules
          .pipeline()
          .failed(
              "an export of %d spans failed: %s".formatted(spans.size(), result.problem()), log);
    }
    return rules.pipeline().told(result);
  }

  /** Whatever goes wrong, the application's code does not get it as an exception. */
  private ExportResult guarded(List<ModelSpan> spans, Deadline limit) {
    try {
      return encodeAndSend(spans, limit);
    } catch (RuntimeException e) {
      return ExportResult.failure(String.valueOf(e));
    }
  }

  private ExportResult encodeAndSend(List<ModelSpan> spans, Deadline limit) {
    byte[] plain = rules.wire().encode(message.of(spans), settings.json());
    if (!rules.wire().mayBeSent(plain.length)) {
      return ExportResult.failure("the request would have " + plain.length + " bytes, more than "
          + WireRules.REQUEST_LIMIT);
    }
    byte[] body = rules.wire().compressed(plain, settings.gzip());
    ConfigRules config = rules.config();
    Deadline own = config.isUnlimited(settings.timeoutMillis())
        ? Deadline.NONE
        : Deadline.in(settings.timeoutMillis());
    Deadline deadline = own.or(limit);
    Duration throttled = Duration.ofNanos(throttledUntil - System.nanoTime());
    if (rules.retry().throttlesLaterExports() && !throttled.isNegative()) {
      if (!rules.retry().fits(throttled, deadline) || !pause(throttled)) {
        return ExportResult.failure("the collector asked to wait for longer");
      }
    }
    return attempts(body, deadline);
  }

  private ExportResult attempts(byte[] body, Deadline deadline) {
    for (int attempts = 1; ; attempts++) {
      String problem;
      Optional<Duration> asked = Optional.empty();
      try {
        Deadline attempt = rules.retry().attempt(deadline, settings.timeoutMillis());
        HttpAnswer answer = sender.send(rules.retry().body(body, attempts), attempt);
        Meaning meaning = meaning(answer);
        if (meaning == Meaning.ACCEPTED) {
          return ExportResult.SUCCESS;
        }
        problem = "status " + answer.status() + " " + AnswerMeaning.ofRefusal(answer);
        if (meaning == Meaning.FAILED) {
          return ExportResult.failure(problem);
        }
        asked = answer.header("Retry-After").flatMap(rules.retry()::retryAfter);
      } catch (SocketTimeoutException | SSLException e) {
        return ExportResult.failure(String.valueOf(e.getMessage()));
      } catch (TooLargeException e) {
        problem = String.valueOf(e.getMessage());
        if (!rules.retry().retriesTooLargeAnswers()) {
          return ExportResult.failure(problem);
        }
      } catch (IOException e) {
        problem = String.valueOf(e.getMessage());
        if (!rules.retry().retriesLostConnections()) {
          return ExportResult.failure(problem);
        }
      }
      Duration wait = rules.retry().wait(attempts, asked);
      asked.ifPresent(time -> throttledUntil = System.nanoTime() + time.toNanos());
      if (!rules.retry().mayTryAgain(attempts)
          || !rules.retry().fits(wait, deadline)
          || !pause(wait)) {
        return ExportResult.failure(problem + " after " + attempts + " attempts");
      }
    }
  }

  private Meaning meaning(HttpAnswer answer) {
    if (rules.wire().isSuccess(answer.status())) {
      return AnswerMeaning.ofAcceptance(answer, rules.wire(), log);
    }
    return rules.retry().retryable(answer.status()) ? Meaning.SENT_AGAIN : Meaning.FAILED;
  }

  /** Waits; false if the exporter is shut down meanwhile. */
  private boolean pause(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    synchronized (lock) {
      for (long left = wait.toNanos(); left > 0 && !shutdown; left = end - System.nanoTime()) {
        try {
          lock.wait(left / 1_000_000, (int) (left % 1_000_000));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
      return !shutdown;
    }
  }

  /** Breaks the export that is under way. */
  void cancel() {
    sender.cancel();
  }

  /** Ends everything; exports from now on fail. */
  void shutdown() {
    synchronized (lock) {
      shutdown = true;
      lock.notifyAll();
    }
    if (!rules.pipeline().exportsAfterShutdown()) {
      sender.close();
    }
  }

  private boolean isShutdown() {
    synchronized (lock) {
      return shutdown;
    }
  }
}
