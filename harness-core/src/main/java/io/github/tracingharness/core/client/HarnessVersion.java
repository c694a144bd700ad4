package io.github.tracingharness.core.client;

/** How this client names itself. */
final class HarnessVersion {

  /** Name of the product in the {@code User-Agent} and in the resource of spans. */
  static final String PRODUCT = "mlflow-java-tracing-harness";

  /** Version of MLflow's client whose protocol is spoken. */
  static final String MLFLOW_CLIENT = "3.17.2";

  private HarnessVersion() {}

  /** Returns the version from the jar's manifest; classes outside of a jar have none. */
  static String current() {
    String version = HarnessVersion.class.getPackage().getImplementationVersion();
    return version == null ? "0.0.0-dev" : version;
  }
}
