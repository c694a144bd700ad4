package io.github.tracingharness.core.client;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of one client, with its credentials and its limits, and checks the answers.
 */
final class Exchanges {

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int PROXY_LOGIN = 407;

  private final ClientSettings settings;
  private final RetryingSender sender;
  private final HttpTransport bareRoute;
  private final @Nullable AccessTokens tokens;

  Exchanges(ClientSettings settings, HttpTransport transport, Pause pause, Clock clock) {
    this.settings = settings;
    this.bareRoute = settings.followRedirects() ? new RedirectFollower(transport) : transport;
    this.tokens = settings
        .credentials()
        .machine()
        .map(machine -> new AccessTokens(bareRoute, transport, machine, System::nanoTime))
        .orElse(null);
    this.sender = new RetryingSender(
        tokens == null ? bareRoute : tokens,
        pause,
        clock,
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * Sends a request that stores a trace and returns its answer, a success.
   *
   * @throws TrackingException if there was none or another answer
   */
  HttpAnswer store(HttpCall call, CallScope scope) throws TrackingException {
    return checked(call, trySend(call, scope));
  }

  /**
   * Sends any other request and returns its answer, a success.
   *
   * @throws TrackingException if there was none or another answer
   */
  HttpAnswer ask(HttpCall call, CallScope scope) throws TrackingException {
    return checked(call, tryAsk(call, scope));
  }

  /**
   * Sends any other request and returns whatever it was answered.
   *
   * @throws TrackingException if there was no answer at all
   */
  RetryingSender.Outcome tryAsk(HttpCall call, CallScope scope) throws TrackingException {
    return sender.send(call, settings.retries(), scope.within(settings.endpointBudget()));
  }

  /**
   * Sends a request that stores a trace and returns whatever it was answered.
   *
   * @throws TrackingException if there was no answer at all
   */
  RetryingSender.Outcome trySend(HttpCall call, CallScope scope) throws TrackingException {
    return sender.send(call, settings.retries(), scope.within(settings.retryBudget()));
  }

  /**
   * Sends a request once.
   *
   * @throws TrackingException if there was no answer at all
   */
  HttpAnswer once(HttpCall call, CallScope scope) throws TrackingException {
    return sender.send(call, RetryPolicy.never(), scope).answer();
  }

  /**
   * Sends a request to a place that a signed URI names, without the client's credentials, and
   * returns whatever it was answered.
   *
   * @throws TrackingException if there was no answer at all
   */
  HttpAnswer signed(HttpCall call, CallScope scope) throws TrackingException {
    return sender.send(bareRoute, call, settings.retries(), scope).answer();
  }

  HttpAnswer checked(HttpCall call, RetryingSender.Outcome outcome) throws TrackingException {
    HttpAnswer answer = outcome.answer();
    if (isSuccess(answer)) {
      return answer;
    }
    String attempts = outcome.attempts() == 1 ? "" : " after " + outcome.attempts() + " attempts";
    String message = call.method()
        + " "
        + call.uri().getPath()
        + " was answered "
        + answer.status()
        + attempts
        + ": "
        + ServerAnswers.errorText(answer)
        + answer
            .header("Location")
            .map(target -> " (redirect to " + target.replaceFirst("\\?.*", "?...") + ")")
            .orElse("");
    throw TrackingException.answered(
        answer.status(),
        ServerAnswers.errorCode(answer).orElse(""),
        redact(message),
        advice(answer.status()));
  }

  private String advice(int status) {
    return switch (status) {
      case UNAUTHORIZED -> whatToCheck();
      case FORBIDDEN ->
        "The server understood the credentials but they do not allow this. " + whatToCheck();
      case PROXY_LOGIN -> "Check user and password in the URL of the proxy.";
      default -> "";
    };
  }

  private String whatToCheck() {
    return settings.databricks()
        ? "Check DATABRICKS_TOKEN, or DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET, or the"
            + " profile in ~/.databrickscfg."
        : "Check MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.";
  }

  private String redact(String text) {
    String clean = settings.credentials().redact(text);
    return tokens == null ? clean : tokens.redact(clean);
  }

  static boolean isSuccess(HttpAnswer answer) {
    return answer.status() / 100 == 2;
  }

  long retries() {
    return sender.retries();
  }

  void finishBy(Deadline deadline) {
    sender.finishBy(deadline);
  }
}
