package io.github.tracingharness.server.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Makes conversations from a seed: some requests are valid, some are not. */
final class RandomSteps {

  private static final String V2 = "/api/2.0/mlflow/";
  private static final String V3 = "/api/3.0/mlflow/";
  /** One request of so many is changed. */
  private static final int MUTATED = 5;

  private final Choice choice;
  private final RandomNames names;
  private final RandomTraces traces;
  private final RandomSpans spans;
  private final RandomSearches searches;
  private final Mutations mutations;
  private final List<Supplier<Step>> kinds = new ArrayList<>();

  RandomSteps(long seed) {
    Random random = new Random(seed);
    this.choice = new Choice(random);
    this.names = new RandomNames(choice);
    this.traces = new RandomTraces(choice, names);
    this.spans = new RandomSpans(choice);
    this.searches = new RandomSearches(choice, names);
    this.mutations = new Mutations(random);
    add(3, this::experiment);
    add(2, this::searchExperiments);
    add(8, this::startTrace);
    add(8, this::otlp);
    add(5, this::readTrace);
    add(8, this::searchTraces);
    add(4, this::traceTag);
    add(1, this::deleteTraces);
    add(5, this::assessment);
    add(3, this::link);
    add(3, this::artifact);
    add(3, this::legacy);
    add(4, this::run);
    add(4, this::model);
    add(2, this::metrics);
  }

  /** A conversation that begins with an experiment and a trace. */
  List<Step> conversation(int length) {
    List<Step> steps = new ArrayList<>();
    steps.add(createExperiment(0, "e0"));
    steps.add(Step.of("start trace", "POST", V3 + "traces", traces.startTrace("t0", "e0")));
    while (steps.size() < length) {
      Step step = choice.pick(kinds).get();
      steps.add(choice.number(MUTATED) == 0 ? mutations.mutate(step) : step);
    }
    return steps;
  }

  private void add(int weight, Supplier<Step> kind) {
    for (int i = 0; i < weight; i++) {
      kinds.add(kind);
    }
  }

  private Step createExperiment(int number, String name) {
    return Step.of(
            "create experiment",
            "POST",
            V2 + "experiments/create",
            "{\"name\":\"${p}-%d\"%s}"
                .formatted(number, choice.chance(3) ? ",\"tags\":" + names.pairs() : ""))
        .capturing(name, "/experiment_id");
  }

  private Step experiment() {
    String id = names.experiment();
    String base = V2 + "experiments/";
    return switch (choice.number(9)) {
      case 0, 1 -> createExperiment(choice.number(3), "e" + (1 + choice.number(2)));
      case 2 -> Step.get("get experiment", base + "get?experiment_id=" + id);
      case 3 ->
        Step.get(
            "get experiment by name",
            base + "get-by-name?experiment_name=${p}-" + choice.number(4));
      case 4 -> post("delete experiment", base + "delete", "{\"experiment_id\":\"${e1}\"}");
      case 5 -> post("restore experiment", base + "restore", "{\"experiment_id\":\"${e1}\"}");
      case 6 ->
        post(
            "update experiment",
            base + "update",
            "{\"experiment_id\":\"%s\",\"new_name\":\"${p}-%d\"}".formatted(id, choice.number(5)));
      case 7 ->
        post(
            "tag experiment",
            base + "set-experiment-tag",
            "{\"experiment_id\":\"%s\",%s}".formatted(id, names.pair()));
      default ->
        post(
            "untag experiment",
            base + "delete-experiment-tag",
            "{\"experiment_id\":\"%s\",\"key\":\"%s\"}".formatted(id, names.key()));
    };
  }

  private Step searchExperiments() {
    String filter = "name LIKE '${p}-%'" + (choice.chance(2) ? "" : " AND " + names.tagFilter());
    return post(
        "search experiments",
        V2 + "experiments/search",
        "{\"max_results\":%s,\"filter\":\"%s\"%s%s}"
            .formatted(
                choice.pick(List.of("100", "1", "2", "0", "\"5\"", "-1")),
                filter,
                choice.chance(2)
                    ? ",\"view_type\":" + choice.pick(List.of("\"ALL\"", "\"DELETED_ONLY\"", "1"))
                    : "",
                choice.chance(2)
                    ? ",\"order_by\":[\""
                        + choice.pick(List.of(
                            "name", "name DESC", "experiment_id ASC", "creation_time", "name UP"))
                        + "\"]"
                    : ""));
  }

  private Step startTrace() {
    return post("start trace", V3 + "traces", traces.startTrace(names.traceName(), null));
  }

  private Step otlp() {
    Step step = new Step(
        "OTLP",
        "POST",
        "/v1/traces",
        Map.of("Content-Type", "application/json", "x-mlflow-experiment-id", names.experiment()),
        spans.request(),
        "",
        Map.of());
    return choice.number(6) == 0 ? step.coded(choice.pick(List.of("gzip", "deflate"))) : step;
  }

  private Step readTrace() {
    String id = names.trace();
    return switch (choice.number(6)) {
      case 0, 1 -> Step.get("get trace info", V3 + "traces/" + id);
      case 2 ->
        Step.get(
            "get trace",
            V3 + "traces/get?trace_id=" + id + "&allow_partial="
                + choice.pick(List.of("true", "True", "TRUE", "x")));
      case 3 ->
        Step.get(
            "batch get", V3 + "traces/batchGet?trace_ids=" + id + "&trace_ids=" + names.trace());
      case 4 ->
        post(
            "batch get infos",
            V3 + "traces/batchGetInfos",
            "{\"trace_ids\":[\"%s\",\"%s\"]}".formatted(id, names.trace()));
      default ->
        Step.get("get trace artifact", "/ajax-api/2.0/mlflow/get-trace-artifact?request_id=" + id);
    };
  }

  private Step searchTraces() {
    return post("search traces", V3 + "traces/search", searches.traces());
  }

  private Step traceTag() {
    String path = choice.pick(List.of(V2, V3)) + "traces/" + names.trace() + "/tags";
    return choice.chance(3)
        ? Step.of("delete trace tag", "DELETE", path, "{\"key\":\"%s\"}".formatted(names.key()))
        : Step.of("set trace tag", "PATCH", path, "{%s}".formatted(names.pair()));
  }

  private Step deleteTraces() {
    String criterion = choice.pick(List.of(
        "\"request_ids\":[\"" + names.trace() + "\"]",
        "\"max_timestamp_millis\":1700000000000,\"max_traces\":50",
        "\"max_timestamp_millis\":\"1600000000000\"",
        "\"max_traces\":1"));
    return post(
        "delete traces",
        V2 + "traces/delete-traces",
        "{\"experiment_id\":\"%s\",%s}".formatted(names.experiment(), criterion));
  }

  private Step assessment() {
    String path = V3 + "traces/" + names.trace() + "/assessments";
    String id = "${a" + choice.number(3) + "}";
    return switch (choice.number(6)) {
      case 0, 1, 2 ->
        post("create assessment", path, "{\"assessment\":" + traces.assessment(id) + "}")
            .capturing("a" + choice.number(3), "/assessment/assessment_id");
      case 3 -> Step.get("get assessment", path + "/" + id);
      case 4 ->
        Step.of(
            "update assessment",
            "PATCH",
            path + "/" + id,
            "{\"assessment\":%s,\"update_mask\":\"%s\"}"
                .formatted(
                    traces.assessment(id),
                    choice.pick(List.of(
                        "feedback",
                        "expectation",
                        "rationale",
                        "metadata",
                        "assessmentName",
                        "source",
                        "rationale,metadata",
                        "assessment_name",
                        "nothing"))));
      default -> Step.of("delete assessment", "DELETE", path + "/" + id, "{}");
    };
  }

  private Step link() {
    return choice.chance(2)
        ? post(
            "link to run",
            V2 + "traces/link-to-run",
            "{\"trace_ids\":[\"%s\"],\"run_id\":\"${r%d}\"}"
                .formatted(names.trace(), choice.number(2)))
        : post(
            "link prompts",
            V2 + "traces/link-prompts",
            "{\"trace_id\":\"%s\",\"prompt_versions\":[{\"name\":\"${p}m0\",\"version\":\"%d\"}]}"
                .formatted(names.trace(), choice.number(3)));
  }

  private Step artifact() {
    String base = V2.replace("mlflow/", "mlflow-artifacts/artifacts");
    String path =
        base + "/${p}/" + choice.pick(List.of("a.txt", "b/c.json", "b/d.png", "b", "e", "b/"));
    return switch (choice.number(5)) {
      case 0, 1 ->
        new Step(
            "put artifact",
            "PUT",
            path,
            Map.of(),
            choice.pick(List.of("text", "", "{}", "ä")),
            "",
            Map.of());
      case 2 -> Step.get("get artifact", path);
      case 3 ->
        Step.get(
            "list artifacts",
            base + "?path=${p}" + choice.pick(List.of("", "/b", "/", "/a.txt", "/nix", "/..")));
      default -> new Step("delete artifact", "DELETE", path, Map.of(), null, "", Map.of());
    };
  }

  private Step legacy() {
    String base = V2 + "traces";
    return switch (choice.number(5)) {
      case 0, 1 ->
        post("start V2 trace", base, traces.legacyStart())
            .capturing("v0", "/trace_info/request_id");
      case 2 -> Step.of("end V2 trace", "PATCH", base + "/${v0}", traces.legacyEnd());
      case 3 ->
        Step.get("V2 info", base + "/" + choice.pick(List.of("${v0}", names.trace())) + "/info");
      default ->
        Step.get(
            "V2 search",
            base + "?experiment_ids=" + names.experiment() + "&max_results="
                + choice.pick(List.of("1", "2", "100", "0", "x")));
    };
  }

  private Step run() {
    String base = V2 + "runs/";
    int number = choice.number(2);
    String id = "\"run_id\":\"${r" + number + "}\"";
    return switch (choice.number(9)) {
      case 0, 1 ->
        post("create run", base + "create", traces.run())
            .capturing("r" + number, "/run/info/run_id");
      case 2 -> Step.get("get run", base + "get?run_id=${r" + number + "}");
      case 3 ->
        post(
            "update run",
            base + "update",
            "{%s,\"status\":%s,\"end_time\":1700000009000}"
                .formatted(
                    id, choice.pick(List.of("\"FINISHED\"", "\"FAILED\"", "3", "\"x\"", "0"))));
      case 4 -> post("tag run", base + "set-tag", "{" + id + "," + names.pair() + "}");
      case 5 ->
        post("untag run", base + "delete-tag", "{" + id + ",\"key\":\"" + names.key() + "\"}");
      case 6 ->
        post(choice.pick(List.of("delete run", "restore run")), base + "delete", "{" + id + "}");
      case 7 -> post("restore run", base + "restore", "{" + id + "}");
      default -> post("search runs", base + "search", searches.runs());
    };
  }

  private Step model() {
    String models = V2 + "registered-models/";
    String versions = V2 + "model-versions/";
    String name = "\"name\":\"${p}m" + choice.number(2) + "\"";
    String version = name + ",\"version\":\"" + choice.number(3) + "\"";
    String query = name.replace("\"", "").replace(':', '=');
    String prompt = "\"tags\":[{\"key\":\"mlflow.prompt.is_prompt\",\"value\":\"true\"},"
        + "{\"key\":\"mlflow.prompt.text\",\"value\":\"Hi {{name}}\"}]";
    return switch (choice.number(14)) {
      case 0, 1 ->
        post(
            "create model",
            models + "create",
            "{" + name + (choice.chance(2) ? "," + prompt : "") + "}");
      case 2, 3 ->
        post(
            "create version",
            versions + "create",
            "{" + name + ",\"source\":\""
                + choice.pick(List.of("prompt-template", "dummy-source", "x")) + "\"," + prompt
                + "}");
      case 4 -> Step.get("get model", models + "get?" + query);
      case 5 -> Step.get("get version", versions + "get?" + query + "&version=" + choice.number(3));
      case 6 -> post("set alias", models + "alias", "{" + version + ",\"alias\":\"best\"}");
      case 7 ->
        Step.get(
            "get alias",
            models + "alias?" + query + "&alias="
                + choice.pick(List.of("best", "worst", "latest")));
      case 8 -> post("tag model", models + "set-tag", "{" + name + "," + names.pair() + "}");
      case 9 -> post("tag version", versions + "set-tag", "{" + version + "," + names.pair() + "}");
      case 10 -> Step.of("delete version", "DELETE", versions + "delete", "{" + version + "}");
      case 11 -> Step.of("delete model", "DELETE", models + "delete", "{" + name + "}");
      case 12 ->
        Step.get(
            "search models",
            models + "search?filter=name%20LIKE%20%27${p}%25%27"
                + choice.pick(
                    List.of("", "%20AND%20tags.%60mlflow.prompt.is_prompt%60%20=%20%27true%27")));
      default ->
        Step.of("delete alias", "DELETE", models + "alias", "{" + name + ",\"alias\":\"best\"}");
    };
  }

  private Step metrics() {
    return post("trace metrics", V3 + "traces/metrics", searches.metrics());
  }

  private static Step post(String kind, String path, String body) {
    return Step.of(kind, "POST", path, body);
  }
}
