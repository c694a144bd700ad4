package io.github.tracingharness.junit;

import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.server.StoredTrace;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads traces back from an MLflow server that somebody else runs. It must store spans itself, as
 * servers with a database do.
 */
final class RealServer {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int PAGE = 100;

  private final String base;
  private final Map<String, String> login;
  private final HttpClient http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(LIMIT)
      .build();

  /**
   * Names a server.
   *
   * @param trackingUri its URL, with or without trailing slash
   * @param login variables with token, or user and password, under MLflow's names
   */
  RealServer(String trackingUri, Map<String, String> login) {
    this.base = trackingUri.replaceAll("/+$", "");
    this.login = Map.copyOf(login);
  }

  String trackingUri() {
    return base;
  }

  Map<String, String> login() {
    return login;
  }

  String createExperiment(String name) {
    Map<?, ?> answer =
        call("POST", "/api/2.0/mlflow/experiments/create", Map.of("name", name)).orElseThrow();
    return String.valueOf(answer.get("experiment_id"));
  }

  /** Lists the complete traces of an experiment. */
  List<StoredTrace> traces(String experimentId) {
    List<StoredTrace> traces = new ArrayList<>();
    Map<String, Object> query = new LinkedHashMap<>();
    query.put(
        "locations",
        List.of(Map.of(
            "type",
            "MLFLOW_EXPERIMENT",
            "mlflow_experiment",
            Map.of("experiment_id", experimentId))));
    query.put("max_results", PAGE);
    while (true) {
      Map<?, ?> answer = call("POST", "/api/3.0/mlflow/traces/search", query).orElseThrow();
      if (answer.get("traces") instanceof List<?> infos) {
        for (Object info : infos) {
          if (info instanceof Map<?, ?> members && members.get("trace_id") instanceof String id) {
            trace(id).ifPresent(traces::add);
          }
        }
      }
      if (!(answer.get("next_page_token") instanceof String token)) {
        return traces;
      }
      query.put("page_token", token);
    }
  }

  private Optional<StoredTrace> trace(String traceId) {
    String path = "/api/3.0/mlflow/traces/get?allow_partial=true&trace_id="
        + URLEncoder.encode(traceId, StandardCharsets.UTF_8);
    return call("GET", path, null).flatMap(TraceJson::completeTrace);
  }

  /** Returns the answer, or empty if what is asked for is not there, or not yet. */
  private Optional<Map<?, ?>> call(String method, String path, @Nullable Object body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
        .timeout(LIMIT)
        .header("Content-Type", "application/json")
        .method(
            method,
            body == null
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(PythonJson.dumps(body)));
    authorization().ifPresent(value -> request.header("Authorization", value));
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() == 200 && PythonJson.loads(answer.body()) instanceof Map<?, ?> map) {
        return Optional.of(map);
      }
      if (method.equals("GET") && (answer.statusCode() == 404 || answer.statusCode() == 500)) {
        return Optional.empty();
      }
      throw new IllegalStateException("The tracking server " + base + " answered " + method + " "
          + path + " with " + answer.statusCode() + ": " + answer.body());
    } catch (IOException e) {
      throw new IllegalStateException("The tracking server " + base + " cannot be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking " + base, e);
    }
  }

  private Optional<String> authorization() {
    String token = login.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
    if (!token.isEmpty()) {
      return Optional.of("Bearer " + token);
    }
    String user = login.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
    String password = login.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
    return user.isEmpty() || password.isEmpty()
        ? Optional.empty()
        : Optional.of("Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }
}
