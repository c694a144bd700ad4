package io.github.tracingharness.core.client;

import java.net.URI;
import java.net.URISyntaxException;

/** Finds the path under which the tracking server takes the data of a trace. */
final class ArtifactPath {

  private static final String SCHEME = "mlflow-artifacts";
  private static final String ROOT = "/api/2.0/mlflow-artifacts/artifacts";
  private static final String FILE = "/traces.json";
  private static final String ATTACHMENTS = "/attachments/";

  private ArtifactPath() {}

  static String of(StartedTrace trace) throws TrackingException {
    return of(trace, FILE);
  }

  static String ofAttachment(StartedTrace trace, String id) throws TrackingException {
    return of(trace, ATTACHMENTS + id);
  }

  private static String of(StartedTrace trace, String name) throws TrackingException {
    String location = trace
        .artifactLocation()
        .orElseThrow(() -> TrackingException.noAnswer(
            "the server named no artifact location for trace " + trace.traceId(), null));
    try {
      URI uri = new URI(location);
      if (SCHEME.equals(uri.getScheme()) && uri.getPath() != null) {
        String path = uri.getPath().startsWith("/") ? uri.getPath() : "/" + uri.getPath();
        String file = (path.endsWith("/") ? path.substring(0, path.length() - 1) : path) + name;
        return ROOT + new URI(null, null, file, null).getRawPath();
      }
    } catch (URISyntaxException e) {
      throw TrackingException.noAnswer(unusable(location), e);
    }
    throw TrackingException.noAnswer(unusable(location), null);
  }

  private static String unusable(String location) {
    return "the artifact location "
        + location
        + " cannot be written through the tracking server; only mlflow-artifacts: can";
  }
}
