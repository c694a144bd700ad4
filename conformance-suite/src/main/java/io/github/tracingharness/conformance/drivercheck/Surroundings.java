package io.github.tracingharness.conformance.drivercheck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.TrackingSpace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Where a driver under check may send: a server that answers, one that is silent, and nobody. */
final class Surroundings implements AutoCloseable {

  private final FakeTrackingServer server = FakeTrackingServer.start();
  private final ServerSocket silent;
  private final Socket nobody;

  Surroundings() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    silent = new ServerSocket(0, 50, loopback);
    // Bound, so that nobody else gets the port, but not listening.
    nobody = new Socket();
    nobody.bind(new InetSocketAddress(loopback, 0));
  }

  TrackingSpace newSpace(String destinationType) {
    TrackingSpace space = server.newSpace();
    if (destinationType.startsWith("databricks")) {
      space.profile(ServerProfile.databricksWorkspace());
    }
    return space;
  }

  static ObjectNode live(String type, TrackingSpace space) {
    return destination(
        type, space.trackingUri().toString(), space.createExperiment("driver-check"));
  }

  /** A server that takes connections and answers nothing. */
  ObjectNode silent(String type) {
    return destination(type, "http://127.0.0.1:" + silent.getLocalPort(), "1");
  }

  /** An address where nobody listens. */
  ObjectNode nobody(String type) {
    return destination(type, "http://127.0.0.1:" + nobody.getLocalPort(), "1");
  }

  private static ObjectNode destination(String type, String endpoint, String experimentId) {
    ObjectNode destination =
        JsonNodeFactory.instance.objectNode().put("type", type).put("endpoint", endpoint);
    if (type.startsWith("otlp") || type.equals("mlflow-otlp")) {
      return destination;
    }
    destination.put("experiment_id", experimentId);
    if (type.equals("databricks-uc")) {
      destination.put("catalog", "main").put("schema", "driver_check");
    }
    return destination;
  }

  /** Returns those of the wanted settings that the driver declares. */
  static ObjectNode config(JsonNode capabilities, ObjectNode wanted, String type) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    for (JsonNode key : capabilities.path("config")) {
      if (wanted.has(key.asText())) {
        config.set(key.asText(), wanted.get(key.asText()));
      }
    }
    if (type.startsWith("databricks")) {
      config.put("auth.bearer", "driver-check");
    }
    return config;
  }

  @Override
  public void close() throws IOException {
    silent.close();
    nobody.close();
    server.close();
  }
}
