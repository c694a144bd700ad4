package io.github.tracingharness.server.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.server.differential.RealMlflow;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real server in its container, skipped where there is no Docker daemon or no MLflow. */
@Tag("real")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class MlflowContainerTest {

  private static final String IMAGE = "tracing-harness-test-mlflow:local";

  @BeforeAll
  static void makeImage() throws Exception {
    Docker.assumeDaemon();
    Docker.assumeMade("mlflow-image", IMAGE, RealMlflow.assumePython().toString());
  }

  @Test
  void mlflow_inAContainer_answersFromOutside() throws Exception {
    try (MlflowServerContainer container = new MlflowServerContainer(IMAGE)) {
      container.start();
      URI uri = container.trackingUri();

      assertThat(Docker.get(uri, "/version").body()).isEqualTo(RealMlflow.VERSION);
      HttpResponse<String> experiment =
          Docker.get(uri, "/api/2.0/mlflow/experiments/get?experiment_id=0");
      assertThat(experiment.statusCode()).isEqualTo(200);
      assertThat(experiment.body()).contains("Default");
      HttpResponse<String> byName =
          Docker.get(uri, "/version", "X-Forwarded-Host", "some-container:5000");
      assertThat(byName.statusCode()).isEqualTo(200);
    }
  }
}
