package io.github.tracingharness.core.client;

import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.Trace;
import io.github.tracingharness.core.trace.TraceData;
import io.github.tracingharness.core.trace.TraceIds;
import io.github.tracingharness.core.trace.TraceInfo;
import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.core.trace.TraceParser;
import io.github.tracingharness.core.trace.TraceTagKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads over REST. */
final class RestTrackingReader implements TrackingReader {

  private static final String TRACES = "/api/3.0/mlflow/traces";
  private static final String ARCHIVE = "ARCHIVE_REPO";

  private final RestCalls calls;
  private final Exchanges exchanges;
  private final Experiments experiments;

  RestTrackingReader(RestCalls calls, Exchanges exchanges, Experiments experiments) {
    this.calls = calls;
    this.exchanges = exchanges;
    this.experiments = experiments;
  }

  @Override
  public TraceInfo getTraceInfo(String traceId) throws TrackingException {
    refuseUnityCatalog(traceId);
    HttpAnswer answer = ask(calls.get(TRACES + "/" + RestCalls.encoded(traceId)));
    Object trace = body(answer).get("trace");
    return read(answer, () -> TraceParser.info(member(trace, "trace_info")));
  }

  @Override
  public Trace getTrace(String traceId) throws TrackingException {
    TraceInfo info = getTraceInfo(traceId);
    String stored = info.tags().getOrDefault(TraceTagKey.SPANS_LOCATION, "");
    if (stored.equals(TraceTagKey.SPANS_IN_TRACKING_STORE) || stored.equals(ARCHIVE)) {
      HttpAnswer answer =
          ask(calls.get(TRACES + "/get?trace_id=" + RestCalls.encoded(info.traceId())));
      Map<?, ?> trace = member(body(answer), "trace");
      return read(
          answer,
          () -> new Trace(
              TraceParser.info(member(trace, "trace_info")),
              TraceParser.data(ProtoSpans.data(trace.get("spans")))));
    }
    return new Trace(info, download(info));
  }

  private TraceData download(TraceInfo info) throws TrackingException {
    StartedTrace place = new StartedTrace(info.traceId(), info.tags());
    HttpAnswer answer;
    if (place.artifactLocation().filter(TraceUploads::isDatabricksStorage).isPresent()) {
      String path = "/api/2.0/mlflow/traces/" + RestCalls.encoded(info.traceId())
          + "/credentials-for-data-download";
      SignedUpload leave = SignedUpload.read(ask(calls.get(path)));
      answer = exchanges.signed(
          calls.foreign("GET", leave.uri(), leave.headers(), new byte[0]), CallScope.CALLER);
      if (!Exchanges.isSuccess(answer)) {
        throw TrackingException.answered(
            answer.status(),
            "the download of the data of trace " + info.traceId() + " from "
                + leave.uri().getHost() + " was answered " + answer.status());
      }
    } else {
      answer = ask(calls.get(ArtifactPath.of(place)));
    }
    HttpAnswer file = answer;
    return read(file, () -> TraceParser.data(body(file)));
  }

  private static void refuseUnityCatalog(String traceId) throws TrackingException {
    if (traceId.startsWith(TraceIds.V4_PREFIX)) {
      throw TrackingException.noAnswer(
          "the trace " + traceId + " is in Unity Catalog, from where traces cannot be read here",
          null);
    }
  }

  @Override
  public Page<TraceInfo> searchTraces(List<String> experimentIds, Search search)
      throws TrackingException {
    Map<String, @Nullable Object> body = request(search);
    body.put(
        "locations",
        experimentIds.stream()
            .map(id -> new TraceLocation.Experiment(id).toTree())
            .toList());
    return page(ask(calls.json("POST", TRACES + "/search", body)), "traces", TraceParser::info);
  }

  @Override
  public Stream<TraceInfo> streamTraces(List<String> experimentIds, Search search) {
    List<String> ids = List.copyOf(experimentIds);
    return Stream.iterate(
            Optional.of(fetch(ids, search)),
            Optional::isPresent,
            page -> page.flatMap(Page::nextPageToken)
                .map(token -> fetch(ids, search.page(Optional.of(token)))))
        .flatMap(page -> page.map(Page::items).orElse(List.of()).stream());
  }

  private Page<TraceInfo> fetch(List<String> experimentIds, Search search) {
    try {
      Page<TraceInfo> page = searchTraces(experimentIds, search);
      if (page.nextPageToken().isPresent() && page.nextPageToken().equals(search.pageToken())) {
        throw new IllegalStateException("the server gives the same page again and again");
      }
      return page;
    } catch (TrackingException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  @Override
  public ExperimentInfo getExperiment(String experimentId) throws TrackingException {
    return experiments.get(experimentId, CallScope.CALLER);
  }

  @Override
  public Optional<ExperimentInfo> findExperiment(String name) throws TrackingException {
    return experiments.find(name, CallScope.CALLER);
  }

  @Override
  public String createExperiment(String name) throws TrackingException {
    return experiments.create(name, CallScope.CALLER);
  }

  @Override
  public Page<ExperimentInfo> searchExperiments(Search search) throws TrackingException {
    return page(
        ask(calls.json("POST", Experiments.BASE + "/search", request(search))),
        "experiments",
        Experiments::read);
  }

  private static Map<String, @Nullable Object> request(Search search) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    search.filter().ifPresent(filter -> body.put("filter", filter));
    body.put("max_results", search.pageSize());
    if (!search.orderBy().isEmpty()) {
      body.put("order_by", search.orderBy());
    }
    search.pageToken().ifPresent(token -> body.put("page_token", token));
    return body;
  }

  private static <T> Page<T> page(HttpAnswer answer, String key, Function<Map<?, ?>, T> item)
      throws TrackingException {
    Map<?, ?> body = body(answer);
    return read(answer, () -> {
      List<T> items = new ArrayList<>();
      if (body.get(key) instanceof List<?> found) {
        for (Object one : found) {
          items.add(item.apply(map(one)));
        }
      }
      Object token = body.get("next_page_token");
      return new Page<>(
          items,
          token instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty());
    });
  }

  private HttpAnswer ask(HttpCall call) throws TrackingException {
    return exchanges.ask(call, CallScope.CALLER);
  }

  static Map<?, ?> body(HttpAnswer answer) throws TrackingException {
    return ServerAnswers.object(answer)
        .orElseThrow(() -> unreadable(answer, "it is no JSON object"));
  }

  private static Map<?, ?> member(@Nullable Object owner, String key) {
    return map(map(owner).get(key));
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  /** Reads something of an answer. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws TrackingException;
  }

  static <T> T read(HttpAnswer answer, Reading<T> reading) throws TrackingException {
    try {
      return reading.read();
    } catch (IllegalArgumentException e) {
      throw unreadable(answer, String.valueOf(e.getMessage()));
    }
  }

  private static TrackingException unreadable(HttpAnswer answer, String why) {
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    String begin = PythonJson.dumps(text.length() > 80 ? text.substring(0, 80) + "…" : text);
    return TrackingException.answered(
        answer.status(), "the answer " + begin + " cannot be read: " + why);
  }
}
