package io.github.tracingharness.server.wiremock;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.extension.MappingsLoaderExtension;
import com.github.tomakehurst.wiremock.extension.StubLifecycleListener;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.stubbing.StubMappings;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The stub that catches all requests. WireMock loads it again after a reset to default mappings,
 * but not after {@code resetMappings}; the lifecycle listener covers that.
 */
final class TrackingStub implements MappingsLoaderExtension, StubLifecycleListener {

  static final UUID ID = UUID.fromString("6d6c666c-6f77-4000-8000-747261636573");
  private static final int LOWEST_PRIORITY = Integer.MAX_VALUE;

  private volatile @Nullable StubMappings mappings;

  @Override
  public String getName() {
    return "mlflow-tracking-stub";
  }

  @Override
  public void loadMappingsInto(StubMappings stubMappings) {
    mappings = stubMappings;
    addTo(stubMappings);
  }

  @Override
  public void afterStubsReset() {
    StubMappings known = mappings;
    if (known != null) {
      addTo(known);
    }
  }

  private static void addTo(StubMappings stubMappings) {
    if (stubMappings.get(ID).isEmpty()) {
      stubMappings.addMapping(stub());
    }
  }

  static StubMapping stub() {
    return any(anyUrl())
        .withId(ID)
        .withName("MLflow tracking server")
        .atPriority(LOWEST_PRIORITY)
        .willReturn(aResponse().withTransformers(WireMockFront.TRANSFORMER))
        .build();
  }
}
