package io.github.tracingharness.server.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What can be said of the containers without a Docker daemon. */
class ContainerSettingsTest {

  @Test
  void mlflowServer_byDefault_isOpenToTheNetwork() {
    assertThat(MlflowServerContainer.DEFAULT_IMAGE).endsWith(":v3.17.2");
    try (MlflowServerContainer container = new MlflowServerContainer()) {
      assertThat(container.getExposedPorts()).containsExactly(5000);
      assertThat(container.getCommandParts())
          .startsWith("mlflow", "server")
          .containsSequence("--host", "0.0.0.0")
          .containsSequence("--allowed-hosts", "*");
      assertThat(container.getEnvMap())
          .containsEntry("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
    }
  }

  @Test
  void fakeServer_withOptions_passesThemOn() {
    try (FakeTrackingServerContainer container =
        new FakeTrackingServerContainer("some/image:1").withServeOptions("--latency", "5")) {
      assertThat(container.getCommandParts()).containsExactly("--latency", "5");
      assertThat(container.getExposedPorts()).containsExactly(5000);
    }
  }
}
