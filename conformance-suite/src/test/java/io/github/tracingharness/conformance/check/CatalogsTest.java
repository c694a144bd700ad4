package io.github.tracingharness.conformance.check;

import static io.github.tracingharness.conformance.check.CheckAssertions.assertMet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnmet;
import static io.github.tracingharness.conformance.check.HandMadeHistory.json;
import static io.github.tracingharness.conformance.check.HandMadeHistory.otlpSpan;

import org.junit.jupiter.api.Test;

class CatalogsTest {

  private static final String TABLE_A = "main.a.mlflow_experiment_trace_otel_spans";
  private static final String TABLE_B = "main.b.mlflow_experiment_trace_otel_spans";
  private static final String LOCATION_A =
      "'trace_location': {'type': 'UC_SCHEMA', 'uc_schema': {'catalog_name': 'main', 'schema_name': 'a'}}";
  private static final String ID = "1".repeat(32);

  private static HandMadeHistory history() {
    return new HandMadeHistory().catalog();
  }

  @Test
  void eachSpanToItsTable_childOfAnotherDestination_belongsToItsRootsTable() {
    assertMet(
        Catalogs.eachSpanToItsTable(),
        history()
            .table(TABLE_A, otlpSpan(1, 1, ""))
            .table(TABLE_B, otlpSpan(2, 2, ""), otlpSpan(2, 3, ""))
            .build());
    assertUnmet(
        Catalogs.eachSpanToItsTable(),
        history().table(TABLE_A, otlpSpan(1, 1, ""), otlpSpan(2, 3, "")).build(),
        """
        expected span s3 in a request with X-Databricks-UC-Table-Name: main.b.mlflow_experiment_trace_otel_spans
           found main.a.mlflow_experiment_trace_otel_spans
         nearest #1 POST /api/2.0/otel/v1/traces -> 200: span 3333333333333333 "s3" of trace 22222222222222222222222222222222""");
    assertUnmet(Catalogs.eachSpanToItsTable(), history().build(), """
        expected spans for tables
           found none
         nearest all requests: no request at all""");
  }

  @Test
  void traceIdsNameTheLocation_idOfVersion3_isNotMet() {
    assertMet(Catalogs.traceIdsNameTheLocation(), history().build());
    assertUnmet(
        Catalogs.traceIdsNameTheLocation(),
        new HandMadeHistory().open().emit("a").build(),
        """
        expected the trace of a to have the id trace:/./11111111111111111111111111111111
           found tr-11111111111111111111111111111111
         nearest all requests: no request at all""");
  }

  @Test
  void infoPath_ofAnotherLocation_isNotMet() {
    assertMet(Catalogs.infoPath("a"), history().info("main.a", 1, "{}").build());
    assertUnmet(Catalogs.infoPath("b"), history().info("main.a", 2, "{}").build(), """
        expected each request to UC_TRACE_INFO for the trace of b with path matching \\Q/api/4.0/mlflow/traces/main.b/22222222222222222222222222222222/info\\E
           found #1 POST /api/4.0/mlflow/traces/main.a/22222222222222222222222222222222/info -> 200 with headers [Content-Type: application/json, Content-Length: 2]
         nearest its body: {}""");
  }

  @Test
  void infoIsBare_wrappedOrLongId_isNotMet() {
    assertMet(
        Catalogs.infoIsBare("a"),
        history().info("main.a", 1, "{'trace_id': '%s'}".formatted(ID)).build());
    assertUnmet(
        Catalogs.infoIsBare("a"),
        history()
            .info("main.a", 1, "{'trace': {'trace_id': '%s'}}".formatted(ID))
            .build(),
        """
        expected trace_info/trace_id of the trace of a to be "11111111111111111111111111111111"
           found absent
         nearest #1 POST /api/4.0/mlflow/traces/main.a/11111111111111111111111111111111/info -> 200: {"trace": {"trace_id": "11111111111111111111111111111111"}}""");
  }

  @Test
  void infoNamesTheLocation_anotherSchema_isNotMet() {
    assertMet(
        Catalogs.infoNamesTheLocation("a"),
        history().info("main.a", 1, "{" + LOCATION_A + "}").build());
    assertUnmet(
        Catalogs.infoNamesTheLocation("a"),
        history()
            .info("main.a", 1, "{%s}".formatted(LOCATION_A.replace("'a'", "'z'")))
            .build(),
        """
        expected trace_info/trace_location of the trace of a to be of type UC_SCHEMA with {"catalog_name":"main","schema_name":"a"}
           found {"type":"UC_SCHEMA","uc_schema":{"catalog_name":"main","schema_name":"z"}}
         nearest #1 POST /api/4.0/mlflow/traces/main.a/11111111111111111111111111111111/info -> 200: {"trace_location": {"type": "UC_SCHEMA", "uc_schema": {"catalog_name": "main", "schema_name": "z"}}}""");
  }

  @Test
  void linkedInCatalog_tooManyAtOnceOrLost_isNotMet() {
    HandMadeHistory both = history()
        .request(
            "POST",
            Endpoints.UC_LINK_PROMPTS,
            "/links",
            200,
            "{'prompt_versions': [{'name': 'p', 'version': '1'}, {'name': 'q', 'version': '2'}], 'trace_ids': ['trace:/main.a/%s']}"
                .formatted(ID));
    assertMet(
        Links.linkedInCatalog(
            "a", json("[{'name': 'p', 'version': '1'}, {'name': 'q', 'version': '2'}]"), 2),
        both.build());
    assertUnmet(Links.linkedInCatalog("a", json("[]"), 1), both.build(), """
        expected linking requests with at most 1 prompts
           found 2 prompts
         nearest #1 POST /links -> 200: {"prompt_versions": [{"name": "p", "version": "1"}, {"name": "q", "version": "2"}], "trace_ids": ["trace:/main.a/11111111111111111111111111111111"]}""");
    assertUnmet(
        Links.linkedInCatalog("a", json("[{'name': 'p', 'version': '1'}]"), 2), both.build(), """
        expected 1 prompts linked to trace:/main.a/11111111111111111111111111111111 in the order of their use
           found [{"name":"p","version":"1"},{"name":"q","version":"2"}]
         nearest all requests: #1 POST /links -> 200""");
  }
}
