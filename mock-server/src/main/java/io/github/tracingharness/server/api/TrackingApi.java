package io.github.tracingharness.server.api;

import io.github.tracingharness.server.DatabricksProfile;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.http.Request;
import io.github.tracingharness.server.state.TrackingException;
import io.github.tracingharness.server.state.TrackingState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The HTTP API. Stateless and thread-safe. */
public final class TrackingApi {

  private static final byte[] NOTHING = {};

  private final List<Route> routes;
  private final Map<String, List<Route>> byMethod;

  /** Makes the API with all routes. */
  public TrackingApi() {
    this(Routes.all());
  }

  TrackingApi(List<Route> routes) {
    this.routes = List.copyOf(routes);
    this.byMethod = this.routes.stream().collect(Collectors.groupingBy(Route::method));
  }

  /**
   * Says what a request is about.
   *
   * @param method the HTTP method
   * @param path the escaped path
   * @return the endpoint, {@link Endpoint#OTHER} if there is no route
   */
  public Endpoint endpoint(String method, String path) {
    return find(method, PathPattern.segments(withoutDoubledSlash(path)), route -> true)
        .map(found -> found.route().endpoint())
        .orElse(Endpoint.OTHER);
  }

  /**
   * Answers a request.
   *
   * @param request the request
   * @param state the stores of the space
   * @param profile what kind of server is played
   * @param baseUrl the URL of the space as the client knows it, without trailing slash
   * @return the answer, errors included
   * @throws RuntimeException if the fake itself is at fault
   */
  public Reply answer(Request request, TrackingState state, ServerProfile profile, String baseUrl) {
    return profile.databricks().isPresent()
        ? databricks(request, state, profile, profile.databricks().get(), baseUrl)
        : OriginChecks.refusal(request, profile)
            .orElseGet(() -> OriginChecks.withOrigin(
                mlflow(request, state, profile, baseUrl), request, profile));
  }

  /**
   * Says whether a request comes from where no request may come: under a foreign name, from the
   * page of a foreign origin, or without the login that the server asks for.
   *
   * @param request the request; its path counts as one of the API
   * @param profile what kind of server is played
   * @return the refusal, or empty
   */
  public Optional<Reply> refusal(Request request, ServerProfile profile) {
    Request asApi = new Request(
        request.method(), "/api" + request.path(), "", request.headers(), request.body());
    return OriginChecks.refusal(asApi, profile)
        .or(() -> Login.refusal(request, Endpoint.OTHER, false, profile));
  }

  private Reply databricks(
      Request request,
      TrackingState state,
      ServerProfile profile,
      DatabricksProfile workspace,
      String baseUrl) {
    Optional<Found> found = find(request, profile);
    Endpoint asked = found.map(match -> match.route().endpoint()).orElse(Endpoint.OTHER);
    return BearerCheck.refusal(request, asked, state, workspace)
        .or(() -> found.map(match -> handle(match, request, state, profile, baseUrl)))
        .orElseGet(() -> DatabricksReplies.noSuchEndpoint(request));
  }

  private Reply mlflow(
      Request request, TrackingState state, ServerProfile profile, String baseUrl) {
    Optional<Found> found = find(request, profile);
    boolean fastApi = found.isPresent() && found.get().route().fastApi();
    Endpoint endpoint = found.map(match -> match.route().endpoint()).orElse(Endpoint.OTHER);
    Optional<Reply> refusal = ServerModes.workspaceRefusal(request, endpoint, profile)
        .or(() -> Login.refusal(request, endpoint, fastApi, profile))
        .or(() -> found.flatMap(match -> ServerModes.refusal(match.route(), profile)));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (found.isEmpty()) {
      return unrouted(request, profile);
    }
    return handle(found.get(), request, state, profile, baseUrl);
  }

  private static Reply handle(
      Found found, Request request, TrackingState state, ServerProfile profile, String baseUrl) {
    boolean fastApi = found.route().fastApi();
    boolean blind = request.chunked() && !fastApi && profile.databricks().isEmpty();
    Request seen = blind ? withoutBody(request) : request;
    try {
      return found
          .route()
          .handler()
          .handle(new Call(seen, found.variables(), state, profile, baseUrl));
    } catch (TrackingException error) {
      return profile.databricks().isPresent()
          ? DatabricksReplies.error(error)
          : Replies.error(error, fastApi ? JsonLayout.COMPACT : JsonLayout.SPACED);
    } catch (BodyReader.CrashException crash) {
      return Replies.crash();
    }
  }

  private Reply unrouted(Request request, ServerProfile profile) {
    String path = withoutDoubledSlash(request.path());
    String[] segments = PathPattern.segments(path);
    TreeSet<String> methods = new TreeSet<>();
    for (Route route : routes) {
      if (route.servers().include(profile) && route.path().match(segments).isPresent()) {
        methods.add(route.method());
      }
    }
    if (methods.isEmpty() || path.equals("/v1/traces")) {
      return Replies.notFound();
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    methods.add("OPTIONS");
    String allow = String.join(", ", methods);
    return request.method().equals("OPTIONS")
        ? Replies.options(allow, OriginChecks.isApi(path))
        : Replies.methodNotAllowed(allow);
  }

  /**
   * Paths with a doubled slash in front are seen by Flask only. Its routes are those of FastAPI but
   * for one; its twin of server-info sorts the members.
   */
  private Optional<Found> find(Request request, ServerProfile profile) {
    String path = withoutDoubledSlash(request.path());
    boolean flaskOnly = !path.equals(request.path());
    return find(
            request.method(),
            PathPattern.segments(path),
            route -> route.servers().include(profile)
                && !(flaskOnly && route.endpoint() == Endpoint.OTLP_TRACES))
        .map(found -> flaskOnly && found.route().endpoint() == Endpoint.SERVER_INFO
            ? new Found(found.route().handledBy(ServerHandlers::flaskInfo), found.variables())
            : found);
  }

  private static String withoutDoubledSlash(String path) {
    return path.startsWith("//") ? path.replaceFirst("^/+", "/") : path;
  }

  private Optional<Found> find(String method, String[] segments, Predicate<Route> which) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    for (Route route : byMethod.getOrDefault(wanted, List.of())) {
      if (which.test(route)) {
        Optional<Map<String, String>> variables = route.path().match(segments);
        if (variables.isPresent()) {
          return Optional.of(new Found(route, variables.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static Request withoutBody(Request request) {
    return new Request(
        request.method(), request.path(), request.query(), request.headers(), NOTHING);
  }

  private record Found(Route route, Map<String, String> variables) {}
}
