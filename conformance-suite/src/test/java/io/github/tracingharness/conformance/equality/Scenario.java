package io.github.tracingharness.conformance.equality;

import io.github.tracingharness.core.MlflowTracing;
import java.util.Locale;

/** What both clients trace. {@code scenarios.py} has the same scenarios under the same names. */
enum Scenario {
  NESTED,
  ERROR,
  UNICODE,
  BIG,
  PROMPTS,
  FACTS,
  EVENTS,
  LINKS,
  ATTRIBUTES,
  ODD,
  CHAT,
  REMOTE,
  /** A server that stores no spans, so that the trace is uploaded. */
  ARTIFACT,
  /** Asynchronous export. */
  BACKGROUND,
  /** OpenTelemetry's settings of an endpoint, and none of MLflow's. */
  OTLP,
  OTLP_TAGS,
  /** A Databricks workspace whose traces are in Unity Catalog. */
  UNITY_CATALOG,
  /** An experiment of a Databricks workspace. */
  DATABRICKS;

  boolean throughOtlp() {
    return this == OTLP || this == OTLP_TAGS;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean asynchronous() {
    return this == BACKGROUND || throughOtlp();
  }

  /**
   * Whether the server is a workspace; such clients drop its path, so it has a server of its own.
   */
  boolean onDatabricks() {
    return this == UNITY_CATALOG || this == DATABRICKS;
  }

  void trace(MlflowTracing tracing) {
    switch (this) {
      case NESTED, ARTIFACT, BACKGROUND -> JavaScenarios.nested(tracing);
      case ERROR -> JavaScenarios.error(tracing);
      case UNICODE -> JavaScenarios.unicode(tracing);
      case BIG -> JavaScenarios.big(tracing);
      case PROMPTS -> JavaScenarios.prompts(tracing);
      case FACTS -> JavaScenarios.facts(tracing);
      case EVENTS -> JavaScenarios.events(tracing);
      case LINKS -> JavaScenarios.links(tracing);
      case ATTRIBUTES -> JavaScenarios.attributes(tracing);
      case ODD -> JavaScenarios.odd(tracing);
      case REMOTE -> JavaScenarios.remote(tracing);
      case UNITY_CATALOG, DATABRICKS -> JavaScenarios.unityCatalog(tracing);
      case OTLP -> JavaScenarios.otlp(tracing);
      case OTLP_TAGS -> JavaScenarios.otlpTags(tracing);
      case CHAT -> JavaScenarios.chat(tracing);
    }
  }
}
