package io.github.tracingharness.conformance.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.model.CollectorSetup;
import io.github.tracingharness.conformance.model.CollectorSetup.Security;
import io.github.tracingharness.server.collector.OtlpCollector;
import io.github.tracingharness.server.collector.TlsSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The collector of one run of a case, with what the case's configuration may name of it. */
final class CaseCollector implements AutoCloseable {

  /** What exporters limit their requests to by default: 64 MiB. */
  private static final long BODY_LIMIT = 64 << 20;

  private final OtlpCollector collector;
  private final Map<String, Path> files;
  private final boolean fixedPort;

  /** Bound and never listening, so that connections to its port are refused. */
  private final Socket closed = new Socket();

  private CaseCollector(OtlpCollector collector, Map<String, Path> files, boolean fixedPort) {
    this.collector = collector;
    this.files = files;
    this.fixedPort = fixedPort;
  }

  /**
   * Starts a collector.
   *
   * @throws IOException if its port cannot be had
   */
  static CaseCollector start(CollectorSetup setup, RunCertificates certificates)
      throws IOException {
    OtlpCollector.Builder builder =
        OtlpCollector.builder().port(setup.port()).bodyLimit(BODY_LIMIT);
    if (setup.ipv6()) {
      byte[] loopback = new byte[16];
      loopback[15] = 1;
      builder.host(InetAddress.getByAddress(loopback));
    }
    if (setup.refusing()) {
      builder.refusing();
    }
    Map<String, Path> files = Map.of();
    if (setup.security() != Security.PLAIN) {
      TlsSetup tls = certificates.get();
      files = RunCertificates.placeholders(tls);
      builder.tls(
          switch (setup.security()) {
            case TLS_OTHER_HOST -> tls.forAnotherHost();
            case MUTUAL_TLS -> tls.demandingClientCertificate();
            case TLS, PLAIN -> tls;
          });
    }
    CaseCollector started = new CaseCollector(builder.start(), files, setup.port() != 0);
    started.closed.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return started;
  }

  OtlpCollector collector() {
    return collector;
  }

  /** Returns the base address. */
  String endpoint() {
    return collector.endpoint().toString();
  }

  /** Returns the configuration with its placeholders filled. */
  ObjectNode fill(ObjectNode config) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("${endpoint}", endpoint());
    values.put("${port}", Integer.toString(collector.address().getPort()));
    values.put("${closed}", "http://127.0.0.1:" + closed.getLocalPort());
    files.forEach((name, file) -> values.put(name, file.toString()));
    return Placeholders.fill(config, values);
  }

  /** Frees a fixed port at the end of the case; other collectors stay open for late requests. */
  void caseEnded() {
    if (fixedPort) {
      close();
    }
  }

  @Override
  public void close() {
    collector.close();
    try {
      closed.close();
    } catch (IOException e) {
      // A socket that was never connected has nothing to lose.
    }
  }
}
