package io.github.tracingharness.conformance.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.TrackingSpace;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/**
 * Gives each run of a case its server: a URL space of the tracking server, or a collector of its
 * own. Both stay open until the end of the whole run, so that late requests are seen.
 */
final class Stages implements AutoCloseable {

  private final FakeTrackingServer server;
  private final ScheduledExecutorService timer;
  private final RunCertificates certificates = new RunCertificates();
  private final List<CaseCollector> collectors = new CopyOnWriteArrayList<>();

  Stages(FakeTrackingServer server, ScheduledExecutorService timer) {
    this.server = server;
    this.timer = timer;
  }

  /**
   * The server of one run.
   *
   * @param scripted the server as the case sees it
   * @param traffic what it takes
   * @param session makes the members {@code destination} and {@code config} of {@code open}
   * @param caseEnded what is done at the end of the case
   */
  record Stage(
      ScriptedServer scripted, Traffic traffic, Supplier<ObjectNode> session, Runnable caseEnded) {}

  /**
   * Lets the tracking server answer once: the subject of the first cases must not have to wait
   * while its classes are loaded.
   */
  void warmUp() throws IOException {
    URI version = URI.create(server.newSpace().trackingUri() + "/version");
    HttpURLConnection connection = (HttpURLConnection) version.toURL().openConnection();
    try {
      int status = connection.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw new IOException("the fake tracking server answered %d".formatted(status));
      }
    } finally {
      connection.disconnect();
    }
  }

  /**
   * Makes a server ready.
   *
   * @throws IOException if a fixed port is taken; no claim about the subject is possible then
   */
  Stage prepare(ConformanceCase c, Redactor redactor, Recorder recorder) throws IOException {
    return c.destination().hasCollector()
        ? collector(c, redactor, recorder)
        : space(c, redactor, recorder);
  }

  private Stage space(ConformanceCase c, Redactor redactor, Recorder recorder) {
    TrackingSpace space = server.newSpace();
    if (c.destination().inDatabricks()) {
      space.profile(ServerProfile.databricksWorkspace());
    }
    ScriptedServer scripted = ScriptedServer.of(space, recorder, timer);
    return new Stage(
        scripted,
        new SpaceTraffic(space),
        () -> session(
            c.destination()
                .json(space.trackingUri().toString(), space.createExperiment("conformance")),
            Placeholders.fill(
                redactor.fill(c.config()), Map.of("${other}", scripted.otherTrackingUri()))),
        () -> {});
  }

  private Stage collector(ConformanceCase c, Redactor redactor, Recorder recorder)
      throws IOException {
    CaseCollector collector = CaseCollector.start(c.collector(), certificates);
    collectors.add(collector);
    return new Stage(
        ScriptedServer.of(collector.collector(), recorder, timer),
        new CollectorTraffic(collector.collector()),
        () -> session(
            c.destination().json(collector.endpoint()), collector.fill(redactor.fill(c.config()))),
        collector::caseEnded);
  }

  private static ObjectNode session(ObjectNode destination, ObjectNode config) {
    ObjectNode session = JsonNodeFactory.instance.objectNode();
    session.set("destination", destination);
    session.set("config", config);
    return session;
  }

  /** Closes the collectors of all cases; late requests to them are no longer seen. */
  @Override
  public void close() {
    collectors.forEach(CaseCollector::close);
    certificates.close();
  }
}
