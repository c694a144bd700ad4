package io.github.tracingharness.core.client;

import io.github.tracingharness.core.trace.TraceLocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Knows the experiments of a server. The id of a name is asked for once and then remembered; a
 * failure is not, so that the next who needs it asks again. One thread asks, the others wait for
 * it.
 */
final class Experiments {

  static final String BASE = "/api/2.0/mlflow/experiments";

  private final RestCalls calls;
  private final Exchanges exchanges;
  private final Map<String, String> ids = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  Experiments(RestCalls calls, Exchanges exchanges) {
    this.calls = calls;
    this.exchanges = exchanges;
  }

  /** Returns the experiment of a name, which is created if there is none. */
  TraceLocation.Experiment resolve(TraceLocation.ExperimentName named, CallScope scope)
      throws TrackingException {
    String id = ids.get(named.name());
    if (id == null) {
      id = ask(named, scope);
    }
    return new TraceLocation.Experiment(id);
  }

  private String ask(TraceLocation.ExperimentName named, CallScope scope) throws TrackingException {
    if (!locked(scope)) {
      throw TrackingException.noAnswer(
          "another thread still asks for the experiment \"" + named.name() + "\"", null);
    }
    try {
      String known = ids.get(named.name());
      if (known != null) {
        return known;
      }
      String id = findOrCreate(named.name(), scope);
      if (named.expectedId().filter(expected -> !expected.equals(id)).isPresent()) {
        throw TrackingException.noAnswer(
            "the experiment \"" + named.name() + "\" has the id " + id
                + " but MLFLOW_EXPERIMENT_ID is " + named.expectedId().orElse(""),
            null);
      }
      ids.put(named.name(), id);
      return id;
    } finally {
      lock.unlock();
    }
  }

  private boolean locked(CallScope scope) {
    // The flag is handed back: the request itself decides what an interruption means.
    boolean interrupted = Thread.interrupted();
    try {
      return lock.tryLock(scope.deadline().remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private String findOrCreate(String name, CallScope scope) throws TrackingException {
    Optional<ExperimentInfo> found = find(name, scope);
    if (found.isPresent()) {
      return found.get().experimentId();
    }
    try {
      return create(name, scope);
    } catch (TrackingException e) {
      if (!e.isAlreadyThere()) {
        throw e;
      }
      // Another process was faster.
      return find(name, scope).map(ExperimentInfo::experimentId).orElseThrow(() -> e);
    }
  }

  ExperimentInfo get(String id, CallScope scope) throws TrackingException {
    return experiment(
        exchanges.ask(calls.get(BASE + "/get?experiment_id=" + RestCalls.encoded(id)), scope));
  }

  Optional<ExperimentInfo> find(String name, CallScope scope) throws TrackingException {
    String path = BASE + "/get-by-name?experiment_name=" + RestCalls.encoded(name);
    try {
      return Optional.of(experiment(exchanges.ask(calls.get(path), scope)));
    } catch (TrackingException e) {
      if (e.isMissingResource()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  String create(String name, CallScope scope) throws TrackingException {
    HttpAnswer answer =
        exchanges.ask(calls.json("POST", BASE + "/create", Map.of("name", name)), scope);
    return RestTrackingReader.read(
        answer, () -> text(RestTrackingReader.body(answer), "experiment_id"));
  }

  private static ExperimentInfo experiment(HttpAnswer answer) throws TrackingException {
    Map<?, ?> body = RestTrackingReader.body(answer);
    return RestTrackingReader.read(
        answer, () -> read(body.get("experiment") instanceof Map<?, ?> map ? map : Map.of()));
  }

  static ExperimentInfo read(Map<?, ?> tree) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (tree.get("tags") instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> tag) {
          tags.put(text(tag, "key"), text(tag, "value"));
        }
      }
    }
    return new ExperimentInfo(
        text(tree, "experiment_id"),
        text(tree, "name"),
        tree.get("artifact_location") instanceof String location ? location : "",
        !"deleted".equals(tree.get("lifecycle_stage")),
        tags);
  }

  private static String text(Map<?, ?> tree, String key) {
    if (tree.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(key + " is no text");
  }
}
