package io.github.tracingharness.core.client;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request until it has an answer that is not retried, the retries are used up, or the time
 * is over.
 */
final class RetryingSender {

  private final HttpTransport transport;
  private final Pause pause;
  private final Clock clock;
  private final DoubleSupplier random;
  private final LongAdder retries = new LongAdder();

  RetryingSender(HttpTransport transport, Pause pause, Clock clock, DoubleSupplier random) {
    this.transport = transport;
    this.pause = pause;
    this.clock = clock;
    this.random = random;
  }

  /** The last answer, and how many attempts it took. */
  record Outcome(HttpAnswer answer, int attempts) {}

  long retries() {
    return retries.sum();
  }

  void finishBy(Deadline deadline) {
    pause.limit(deadline);
  }

  /**
   * Sends a request.
   *
   * @throws TrackingException if there was no answer at all
   */
  Outcome send(HttpCall call, RetryPolicy policy, CallScope scope) throws TrackingException {
    return send(transport, call, policy, scope);
  }

  /**
   * Sends a request on another way.
   *
   * @throws TrackingException if there was no answer at all
   */
  Outcome send(HttpTransport route, HttpCall call, RetryPolicy policy, CallScope scope)
      throws TrackingException {
    // An interruption that came before must not cost the data; it is handed back afterwards.
    boolean interrupted = Thread.interrupted();
    scope.waits().waitBegins();
    try {
      return new Run(route, call, policy, scope).send();
    } catch (InterruptedException e) {
      interrupted = true;
      throw TrackingException.noAnswer(name(call) + " was interrupted", e);
    } finally {
      scope.waits().waitEnds();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String name(HttpCall call) {
    return call.method() + " " + HttpCall.shown(call.uri());
  }

  /** One request with its retries. */
  private final class Run {

    private final HttpTransport route;
    private final HttpCall call;
    private final RetryPolicy policy;
    private final CallScope scope;
    private int attempts;
    private @Nullable HttpAnswer answer;
    private @Nullable Exception failure;

    private Run(HttpTransport route, HttpCall call, RetryPolicy policy, CallScope scope) {
      this.route = route;
      this.call = call;
      this.policy = policy;
      this.scope = scope;
    }

    private Outcome send() throws TrackingException, InterruptedException {
      while (attempt()) {
        if (attempts > policy.maxRetries() || !waited()) {
          break;
        }
        retries.increment();
      }
      if (answer != null) {
        return new Outcome(answer, attempts);
      }
      String cause = failure == null ? "its time limit had passed" : failure.toString();
      throw TrackingException.noAnswer(
          name(call) + " failed after " + attempts + " attempts: " + cause, failure);
    }

    /** Returns whether another attempt is worth it. */
    private boolean attempt() throws InterruptedException {
      Deadline deadline = pause.bounded(scope.deadline());
      if (deadline.passed()) {
        return false;
      }
      Duration left = Duration.ofNanos(deadline.remainingNanos());
      attempts++;
      try {
        HttpAnswer latest =
            route.send(left.compareTo(call.timeout()) < 0 ? call.withTimeout(left) : call);
        answer = latest;
        return policy.isRetried(latest);
      } catch (IOException | RuntimeException e) {
        answer = null;
        failure = e;
        return true;
      } catch (InterruptedException e) {
        if (!scope.worker()) {
          throw e;
        }
        // Nobody but the exporter has a reason to interrupt its worker, and it sets a limit first.
        answer = null;
        failure = e;
        return true;
      }
    }

    /** Returns whether there is time for the next attempt. */
    private boolean waited() throws InterruptedException {
      try {
        return pause.waitFor(waitBeforeNext(), scope.deadline());
      } catch (InterruptedException e) {
        if (!scope.worker()) {
          throw e;
        }
        return true;
      }
    }

    private Duration waitBeforeNext() {
      HttpAnswer latest = answer;
      if (latest != null && policy.obeysRetryAfter(latest.status())) {
        return RetryAfter.of(latest, clock)
            .orElseGet(() -> policy.backoff(attempts, random.getAsDouble()));
      }
      return policy.backoff(attempts, random.getAsDouble());
    }
  }
}
