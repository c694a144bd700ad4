package io.github.tracingharness.core.client;

import io.github.tracingharness.core.trace.PythonJson;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the access token of an OAuth client on each attempt. A token is got when the first attempt
 * needs one, renewed a while before it expires, and renewed once if the server answers 401 to it.
 * One thread renews, the others wait for it, never longer than their attempt may last.
 */
final class AccessTokens implements HttpTransport {

  /** Databricks takes no token that expires within half a minute. */
  private static final Duration MARGIN = Duration.ofSeconds(40);

  private static final Duration LIFE_IF_UNSAID = Duration.ofHours(1);
  private static final byte[] REQUEST =
      "grant_type=client_credentials&scope=all-apis".getBytes(StandardCharsets.US_ASCII);
  private static final int UNAUTHORIZED = 401;
  private static final Set<Integer> PASSING = Set.of(408, 413, 429, 500, 502, 503, 504);

  private final HttpTransport route;
  private final HttpTransport tokenRoute;
  private final Credentials.Machine machine;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Token current;

  /**
   * Creates the way of one client.
   *
   * @param route takes the requests, with their token
   * @param tokenRoute takes the requests for tokens; it follows no redirects
   */
  AccessTokens(
      HttpTransport route,
      HttpTransport tokenRoute,
      Credentials.Machine machine,
      LongSupplier nanoTime) {
    this.route = route;
    this.tokenRoute = tokenRoute;
    this.machine = machine;
    this.nanoTime = nanoTime;
  }

  private record Token(String text, long usableUntil) {}

  /** A token, or the answer that stands for its refusal. */
  private record Grant(@Nullable Token token, @Nullable HttpAnswer refusal) {}

  @Override
  public HttpAnswer send(HttpCall call) throws IOException, InterruptedException {
    Deadline deadline = Deadline.after(call.timeout());
    HttpAnswer answer = null;
    Token refused = null;
    while (true) {
      Grant grant = grant(refused, deadline);
      Token token = grant.token();
      if (token == null) {
        return grant.refusal() == null ? noToken("no token") : grant.refusal();
      }
      answer = route.send(
          call.withHeader("Authorization", "Bearer " + token.text()).withTimeout(left(deadline)));
      if (answer.status() != UNAUTHORIZED || refused != null) {
        return answer;
      }
      refused = token;
    }
  }

  /** Removes the access token from a text. */
  String redact(String text) {
    Token token = current;
    return token == null ? text : text.replace(token.text(), "***");
  }

  private Grant grant(@Nullable Token refused, Deadline deadline)
      throws IOException, InterruptedException {
    Token known = usable(refused);
    if (known != null) {
      return new Grant(known, null);
    }
    if (!lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
      throw late();
    }
    try {
      Token meanwhile = usable(refused);
      return meanwhile == null ? fetch(deadline) : new Grant(meanwhile, null);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Token usable(@Nullable Token refused) {
    Token token = current;
    return token == null
            || (refused != null && token.text().equals(refused.text()))
            || token.usableUntil() - nanoTime.getAsLong() <= 0
        ? null
        : token;
  }

  private Grant fetch(Deadline deadline) throws IOException, InterruptedException {
    HttpCall call = new HttpCall(
        "POST",
        machine.tokenEndpoint(),
        List.of(
            Map.entry("Authorization", machine.login()),
            Map.entry("Content-Type", "application/x-www-form-urlencoded"),
            Map.entry("Accept", "application/json")),
        REQUEST,
        left(deadline));
    HttpAnswer answer = tokenRoute.send(call);
    Map<?, ?> body = ServerAnswers.object(answer).orElse(Map.of());
    if (answer.status() == 200
        && body.get("access_token") instanceof String text
        && !text.isEmpty()) {
      Token token = new Token(text, nanoTime.getAsLong() + life(body).toNanos());
      current = token;
      return new Grant(token, null);
    }
    return new Grant(null, refusal(answer, body));
  }

  private static Duration life(Map<?, ?> body) {
    Duration life = body.get("expires_in") instanceof Number seconds
        ? Duration.ofSeconds(Math.max(0, seconds.longValue()))
        : LIFE_IF_UNSAID;
    Duration half = life.dividedBy(2);
    return life.minus(half.compareTo(MARGIN) < 0 ? half : MARGIN);
  }

  private HttpAnswer refusal(HttpAnswer answer, Map<?, ?> body) {
    Object code = body.get("error");
    Object description = body.get("error_description");
    String text = "was answered " + answer.status()
        + (code == null ? "" : ": " + PythonJson.str(code))
        + (description == null ? "" : ": " + PythonJson.str(description));
    HttpAnswer shown = noToken(text);
    return PASSING.contains(answer.status())
        ? new HttpAnswer(answer.status(), answer.headers(), shown.body())
        : shown;
  }

  private HttpAnswer noToken(String reason) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("error_code", "UNAUTHENTICATED");
    error.put(
        "message",
        "the request for an access token of client " + machine.clientId() + " to "
            + machine.tokenEndpoint() + " " + reason);
    return new HttpAnswer(
        UNAUTHORIZED, Map.of(), PythonJson.dumpsAscii(error).getBytes(StandardCharsets.US_ASCII));
  }

  private static Duration left(Deadline deadline) throws HttpTimeoutException {
    long nanos = deadline.remainingNanos();
    if (nanos == 0) {
      throw late();
    }
    return Duration.ofNanos(nanos);
  }

  private static HttpTimeoutException late() {
    return new HttpTimeoutException("no access token within the time limit of the attempt");
  }
}
