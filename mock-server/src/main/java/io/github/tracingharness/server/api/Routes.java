package io.github.tracingharness.server.api;

import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.api.Route.Servers;
import java.util.ArrayList;
import java.util.List;

/** The table of all routes. Of two that fit, the earlier one wins. */
final class Routes {

  private final List<Route> routes = new ArrayList<>();
  private Servers servers = Servers.ALL;

  private Routes() {}

  static List<Route> all() {
    Routes table = new Routes();
    table.server();
    table.experiments();
    table.traces();
    table.legacyTraces();
    table.runs();
    table.registeredModels();
    table.modelVersions();
    table.artifacts();
    table.databricks();
    return table.routes;
  }

  private void server() {
    servers = Servers.ALL;
    flask(Endpoint.OTHER, "GET", "/", PageHandlers::page);
    fastApi(Endpoint.HEALTH, "GET", "/health", ServerHandlers::health);
    servers = Servers.MLFLOW;
    flask(Endpoint.VERSION, "GET", "/version", ServerHandlers::version);
    twin(true, Endpoint.SERVER_INFO, "GET", "3.0/mlflow/server-info", ServerHandlers::serverInfo);
    fastApi(Endpoint.OTLP_TRACES, "POST", "/v1/traces", new OtlpHandler());
  }

  private void experiments() {
    servers = Servers.ALL;
    String base = "2.0/mlflow/experiments/";
    api(Endpoint.CREATE_EXPERIMENT, "POST", base + "create", ExperimentHandlers::create);
    api(Endpoint.GET_EXPERIMENT, "GET", base + "get", ExperimentHandlers::get);
    api(
        Endpoint.GET_EXPERIMENT_BY_NAME,
        "GET",
        base + "get-by-name",
        ExperimentHandlers::getByName);
    api(Endpoint.SEARCH_EXPERIMENTS, "POST", base + "search", new SearchExperimentsHandler());
    api(Endpoint.SEARCH_EXPERIMENTS, "GET", base + "search", new SearchExperimentsHandler());
    api(Endpoint.OTHER, "POST", base + "delete", ExperimentHandlers::delete);
    api(Endpoint.OTHER, "POST", base + "restore", ExperimentHandlers::restore);
    api(Endpoint.OTHER, "POST", base + "update", ExperimentHandlers::update);
    api(Endpoint.OTHER, "POST", base + "set-experiment-tag", ExperimentHandlers::setTag);
    api(Endpoint.OTHER, "POST", base + "delete-experiment-tag", ExperimentHandlers::deleteTag);
  }

  private void traces() {
    servers = Servers.ALL;
    String base = "3.0/mlflow/traces";
    String both = "mlflow/traces/";
    api(Endpoint.START_TRACE, "POST", base, new StartTraceHandler());
    api(Endpoint.GET_TRACE, "GET", base + "/get", TraceHandlers::get);
    api(Endpoint.BATCH_GET_TRACES, "GET", base + "/batchGet", TraceHandlers::batchGet);
    api(
        Endpoint.BATCH_GET_TRACE_INFOS,
        "POST",
        base + "/batchGetInfos",
        TraceHandlers::batchGetInfos);
    api(Endpoint.SEARCH_TRACES, "POST", base + "/search", new SearchTracesHandler());
    api(Endpoint.GET_TRACE_INFO, "GET", base + "/{trace_id}", TraceHandlers::info);
    String assessments = base + "/{trace_id}/assessments";
    String assessment = assessments + "/{assessment_id}";
    api(Endpoint.CREATE_ASSESSMENT, "POST", assessments, AssessmentHandlers::create);
    api(Endpoint.GET_ASSESSMENT, "GET", assessment, AssessmentHandlers::get);
    api(Endpoint.UPDATE_ASSESSMENT, "PATCH", assessment, AssessmentHandlers::update);
    api(Endpoint.DELETE_ASSESSMENT, "DELETE", assessment, AssessmentHandlers::delete);
    for (String version : List.of("2.0/", "3.0/")) {
      String tags = version + both + "{trace_id}/tags";
      api(Endpoint.TRACE_TAGS, "PATCH", tags, TagHandlers::set);
      api(Endpoint.TRACE_TAGS, "DELETE", tags, TagHandlers::delete);
      api(
          Endpoint.DELETE_TRACES,
          "POST",
          version + both + "delete-traces",
          new DeleteTracesHandler());
    }
    api(Endpoint.LINK_TRACES_TO_RUN, "POST", "2.0/" + both + "link-to-run", new LinkToRunHandler());
    api(Endpoint.LINK_PROMPTS, "POST", "2.0/" + both + "link-prompts", new LinkPromptsHandler());
    servers = Servers.MLFLOW;
    api(Endpoint.TRACE_METRICS, "POST", base + "/metrics", new TraceMetricsHandler());
    // Declared by the real server, but not implemented: an empty page.
    for (String version : List.of("2.0/", "3.0/")) {
      flask(
          Endpoint.GET_TRACE_ARTIFACT,
          "GET",
          "/ajax-api/" + version + "mlflow/get-trace-artifact",
          new TraceArtifactHandler());
    }
    api(Endpoint.OTHER, "GET", "2.0/mlflow/unified-traces", call -> Replies.emptyPage());
    api(Endpoint.OTHER, "GET", "2.0/mlflow/get-online-trace-details", call -> Replies.emptyPage());
  }

  private void legacyTraces() {
    servers = Servers.MLFLOW;
    String base = "2.0/mlflow/traces";
    api(Endpoint.START_TRACE_V2, "POST", base, LegacyTraceHandlers::start);
    api(Endpoint.SEARCH_TRACES_V2, "GET", base, LegacyTraceHandlers::search);
    api(Endpoint.END_TRACE_V2, "PATCH", base + "/{trace_id}", LegacyTraceHandlers::end);
    api(Endpoint.GET_TRACE_INFO_V2, "GET", base + "/{trace_id}/info", LegacyTraceHandlers::info);
  }

  private void runs() {
    servers = Servers.ALL;
    String base = "2.0/mlflow/runs/";
    api(Endpoint.RUNS, "POST", base + "create", RunHandlers::create);
    api(Endpoint.RUNS, "GET", base + "get", RunHandlers::get);
    api(Endpoint.RUNS, "POST", base + "update", RunHandlers::update);
    api(Endpoint.RUNS, "POST", base + "delete", RunHandlers::delete);
    api(Endpoint.RUNS, "POST", base + "restore", RunHandlers::restore);
    api(Endpoint.RUNS, "POST", base + "search", RunHandlers::search);
    api(Endpoint.RUNS, "POST", base + "set-tag", RunHandlers::setTag);
    api(Endpoint.RUNS, "POST", base + "delete-tag", RunHandlers::deleteTag);
  }

  private void registeredModels() {
    servers = Servers.MLFLOW;
    String base = "2.0/mlflow/registered-models/";
    registry("POST", base + "create", ModelHandlers::create);
    registry("GET", base + "get", ModelHandlers::get);
    registry("POST", base + "rename", ModelHandlers::rename);
    registry("PATCH", base + "update", ModelHandlers::update);
    registry("DELETE", base + "delete", ModelHandlers::delete);
    registry("GET", base + "search", ModelHandlers::search);
    registry("GET", base + "get-latest-versions", ModelHandlers::latestVersions);
    registry("POST", base + "get-latest-versions", ModelHandlers::latestVersions);
    registry("POST", base + "set-tag", ModelHandlers::setTag);
    registry("DELETE", base + "delete-tag", ModelHandlers::deleteTag);
    registry("POST", base + "alias", ModelVersionHandlers::setAlias);
    registry("DELETE", base + "alias", ModelVersionHandlers::deleteAlias);
    registry("GET", base + "alias", ModelVersionHandlers::getByAlias);
  }

  private void modelVersions() {
    String base = "2.0/mlflow/model-versions/";
    registry("POST", base + "create", ModelVersionHandlers::create);
    registry("GET", base + "get", ModelVersionHandlers::get);
    registry("PATCH", base + "update", ModelVersionHandlers::update);
    registry("DELETE", base + "delete", ModelVersionHandlers::delete);
    registry("GET", base + "search", ModelVersionHandlers::search);
    registry("POST", base + "set-tag", ModelVersionHandlers::setTag);
    registry("DELETE", base + "delete-tag", ModelVersionHandlers::deleteTag);
  }

  private void registry(String method, String path, Handler handler) {
    api(Endpoint.MODEL_REGISTRY, method, path, handler);
  }

  private void artifacts() {
    servers = Servers.MLFLOW;
    String base = "2.0/mlflow-artifacts/artifacts";
    twin(true, Endpoint.PUT_ARTIFACT, "PUT", base + "/{path*}", ArtifactHandlers::put);
    twin(true, Endpoint.GET_ARTIFACT, "GET", base + "/{path*}", ArtifactHandlers::get);
    api(Endpoint.DELETE_ARTIFACT, "DELETE", base + "/{path*}", ArtifactHandlers::delete);
    api(Endpoint.LIST_ARTIFACTS, "GET", base, ArtifactHandlers::list);
  }

  private void databricks() {
    servers = Servers.DATABRICKS;
    flask(
        Endpoint.DATABRICKS_CONFIG,
        "GET",
        "/.well-known/databricks-config",
        OidcHandlers::workspace);
    flask(
        Endpoint.OIDC_CONFIG,
        "GET",
        "/oidc/.well-known/oauth-authorization-server",
        OidcHandlers::authorizationServer);
    flask(Endpoint.OIDC_TOKEN, "POST", "/oidc/v1/token", OidcHandlers::token);
    String credentials = "/api/2.0/mlflow/traces/{trace_id}/credentials-for-data-";
    flask(Endpoint.UPLOAD_CREDENTIALS, "GET", credentials + "upload", CredentialsHandlers::upload);
    flask(
        Endpoint.DOWNLOAD_CREDENTIALS,
        "GET",
        credentials + "download",
        CredentialsHandlers::download);
    String signed = "/presigned/{trace_id}/{path*}";
    flask(Endpoint.SIGNED_UPLOAD, "PUT", signed, SignedHandlers::put);
    flask(Endpoint.SIGNED_DOWNLOAD, "GET", signed, SignedHandlers::get);
    unityCatalog();
  }

  private void unityCatalog() {
    flask(Endpoint.UC_SPANS, "POST", "/api/2.0/otel/v1/traces", new CatalogSpansHandler());
    String location = "/api/4.0/mlflow/traces/{location}";
    String info = location + "/{trace_id}/info";
    flask(Endpoint.UC_TRACE_INFO, "POST", info, CatalogTraceHandlers::put);
    flask(Endpoint.GET_TRACE_INFO, "GET", info, CatalogTraceHandlers::info);
    flask(
        Endpoint.BATCH_GET_TRACES, "POST", location + "/batchGet", CatalogTraceHandlers::batchGet);
    String tags = location + "/{trace_id}/tags";
    flask(Endpoint.TRACE_TAGS, "PATCH", tags, CatalogTraceHandlers::setTag);
    flask(Endpoint.TRACE_TAGS, "DELETE", tags + "/{key}", CatalogTraceHandlers::deleteTag);
    flask(
        Endpoint.UC_LINK_PROMPTS,
        "POST",
        "/api/2.0/mlflow/unity-catalog/prompt-versions/links-to-traces",
        new LinkPromptsToTracesHandler());
    String locations = "/api/5.0/mlflow/tracing/locations";
    flask(Endpoint.UC_LOCATIONS, "POST", locations, CatalogLocationHandlers::createOrGet);
    flask(Endpoint.UC_LOCATIONS, "GET", locations + "/{location}", CatalogLocationHandlers::get);
    flask(
        Endpoint.UC_LINK_LOCATION,
        "POST",
        "/api/5.0/mlflow/experiments/{experiment_id}/trace-location:link",
        CatalogLocationHandlers::link);
  }

  private void fastApi(Endpoint endpoint, String method, String path, Handler handler) {
    routes.add(new Route(endpoint, method, PathPattern.of(path), true, servers, handler));
  }

  private void flask(Endpoint endpoint, String method, String path, Handler handler) {
    routes.add(new Route(endpoint, method, PathPattern.of(path), false, servers, handler));
  }

  private void api(Endpoint endpoint, String method, String path, Handler handler) {
    twin(false, endpoint, method, path, handler);
  }

  /** The same route under both prefixes of the API. */
  private void twin(
      boolean fastApi, Endpoint endpoint, String method, String path, Handler handler) {
    routes.add(
        new Route(endpoint, method, PathPattern.of("/api/" + path), fastApi, servers, handler));
    routes.add(new Route(
        endpoint, method, PathPattern.of("/ajax-api/" + path), fastApi, servers, handler));
  }
}
