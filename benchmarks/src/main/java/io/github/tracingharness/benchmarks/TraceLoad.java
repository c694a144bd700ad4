package io.github.tracingharness.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Starts traces over plain sockets, each connection one after the other, so that the client takes
 * as little of the machine as can be. Each answer must be a 200.
 */
final class TraceLoad {

  private static final String BODY = """
      {"trace":{"trace_info":{"trace_id":"tr-%032x","trace_location":{"type":"MLFLOW_EXPERIMENT",\
      "mlflow_experiment":{"experiment_id":"0"}},"request_time":"2026-01-02T03:04:05.678Z",\
      "execution_duration":"1.5s","state":"OK","request_preview":"{\\"question\\": \\"why\\"}",\
      "response_preview":"{\\"answer\\": \\"because\\"}","trace_metadata":{"mlflow.user":"ann",\
      "mlflow.source.name":"app.py","mlflow.source.type":"LOCAL","mlflow.trace_schema.version":"3",\
      "mlflow.traceInputs":"{\\"question\\": \\"why\\"}"},"tags":{"mlflow.traceName":"agent"}}}}""";

  private final URI server;
  private final int connections;
  private final int ids;
  private final AtomicLong sent = new AtomicLong();

  /** @param ids how many traces there are; then they are started once more */
  TraceLoad(URI server, int connections, int ids) {
    this.server = server;
    this.connections = connections;
    this.ids = ids;
  }

  /** Returns how many traces were started each second. */
  double perSecond(Duration time) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    long end = begun + time.toNanos();
    long answered = run(Long.MAX_VALUE, end);
    return answered * 1e9 / (System.nanoTime() - begun);
  }

  /** Starts so many traces. */
  void calls(long number) throws IOException, InterruptedException {
    run(number, Long.MAX_VALUE);
  }

  private long run(long number, long endNanos) throws IOException, InterruptedException {
    AtomicLong left = new AtomicLong(number);
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      List<Future<Long>> answered = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        answered.add(threads.submit(() -> connection(left, endNanos)));
      }
      long sum = 0;
      for (Future<Long> one : answered) {
        sum += one.get();
      }
      return sum;
    } catch (ExecutionException e) {
      throw new IOException("the load on " + server + " failed: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private long connection(AtomicLong left, long endNanos) throws IOException {
    long answered = 0;
    try (Socket socket = new Socket(server.getHost(), server.getPort());
        InputStream in = new BufferedInputStream(socket.getInputStream())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
      while ((endNanos == Long.MAX_VALUE || System.nanoTime() < endNanos)
          && left.getAndDecrement() > 0) {
        socket.getOutputStream().write(request());
        readAnswer(in);
        answered++;
      }
    }
    return answered;
  }

  private byte[] request() {
    String body = BODY.formatted(sent.getAndIncrement() % ids + 1);
    return ("POST /api/3.0/mlflow/traces HTTP/1.1\r\nHost: " + server.getAuthority()
            + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void readAnswer(InputStream in) throws IOException {
    String status = line(in);
    long length = -1;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    if (!status.contains(" 200 ") || length < 0) {
      throw new IOException("answered \"" + status + "\", length " + length);
    }
    in.skipNBytes(length);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(64);
    int c = in.read();
    while (c != '\n') {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
      c = in.read();
    }
    return line.toString();
  }
}
