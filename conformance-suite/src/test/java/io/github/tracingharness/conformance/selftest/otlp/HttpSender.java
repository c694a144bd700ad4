package io.github.tracingharness.conformance.selftest.otlp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Sends requests one at a time, on one connection as long as that lasts. */
final class HttpSender {

  private final Settings settings;
  private final WireRules rules;
  private final SSLContext tls;
  private final List<String> headerLines;
  private volatile HttpConnection connection;
  private volatile boolean closed;
  private boolean idle;

  HttpSender(Settings settings, WireRules rules) {
    this.settings = settings;
    this.rules = rules;
    this.headerLines = rules.headerLines(settings);
    this.tls = settings.address().secure()
        ? PemFiles.context(settings, rules).orElseGet(HttpSender::ofTheMachine)
        : null;
  }

  private static SSLContext ofTheMachine() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /** Makes one attempt. */
  HttpAnswer send(byte[] body, Deadline deadline) throws IOException {
    HttpAnswer answer = send(rules.method(), settings.address(), body, deadline);
    Optional<String> location = answer.header("Location");
    if (rules.followsRedirects() && answer.status() / 100 == 3 && location.isPresent()) {
      return send("GET", settings.address().at(location.get()), new byte[0], deadline);
    }
    return answer;
  }

  private HttpAnswer send(String method, Address address, byte[] body, Deadline deadline)
      throws IOException {
    HttpConnection open = connected(address, deadline);
    boolean good = false;
    try {
      idle = false;
      open.out().write(head(method, address, body.length));
      open.out().write(body);
      open.out().flush();
      AnswerReader reader = new AnswerReader(open.in(), rules);
      HttpAnswer answer = reader.read();
      good = reader.isReusable() && rules.keepsConnections();
      return answer;
    } finally {
      idle = good;
      if (!good) {
        open.close();
      }
    }
  }

  private HttpConnection connected(Address address, Deadline deadline) throws IOException {
    if (idle && !(rules.looksBeforeReuse() && connection.isStale())) {
      connection.begin(deadline);
      return connection;
    }
    if (idle) {
      cancel();
    }
    HttpConnection fresh = new HttpConnection();
    connection = fresh;
    if (closed) {
      throw new IOException("the exporter was shut down");
    }
    try {
      fresh.open(address, tls, rules.checksHostName(), deadline);
      fresh.out().write(rules.greeting().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException | RuntimeException e) {
      idle = false;
      fresh.close();
      throw e;
    }
    return fresh;
  }

  private byte[] head(String method, Address address, int length) {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(address.target()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(rules.host(address)).append("\r\n");
    headerLines.forEach(line -> head.append(line).append("\r\n"));
    head.append("Content-Length: ").append(length).append("\r\n\r\n");
    return head.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Breaks a request that is under way, from any thread. */
  void cancel() {
    HttpConnection open = connection;
    if (open != null) {
      open.close();
    }
  }

  void close() {
    closed = true;
    cancel();
  }
}
