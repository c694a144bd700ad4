package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.client.HttpCall;
import io.github.tracingharness.core.client.JdkHttpTransport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Traced calls until they are delivered over HTTP to a raw sink in the same JVM, and the same
 * number of requests of the same size by the bare client: the limit of what is possible with it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class EndToEndBenchmark {

  /** Traces of one burst; they fit into the queue. */
  static final int BURST = 500;

  private static final int WORKERS = 10;

  /** Who sends. */
  @Param({"tracing-harness", "bare client"})
  public String sender;

  private RawSink sink;
  private Sender contender;

  private interface Sender {

    void burst() throws Exception;

    void close();
  }

  /** Starts sink and sender. */
  @Setup
  public void start() throws Exception {
    sink = new RawSink();
    contender = sender.equals("tracing-harness") ? new Pipeline(sink.url()) : bareClient(sink);
  }

  /** Delivers 500 traces of three spans. */
  @Benchmark
  @OperationsPerInvocation(BURST)
  public void traces() throws Exception {
    contender.burst();
  }

  /** Ends both. */
  @TearDown
  public void stop() {
    contender.close();
    sink.close();
  }

  /** Sends as many requests and bytes as the pipeline does, which a run of it shows. */
  private static Sender bareClient(RawSink sink) throws Exception {
    Pipeline pipeline = new Pipeline(sink.url());
    pipeline.burst();
    pipeline.close();
    long requests = sink.spanRequests() + sink.traces();
    return new BareClient(sink.url(), (int) requests, (int) (sink.bytes() / Math.max(1, requests)));
  }

  private static final class Pipeline implements Sender {

    private final MlflowTracing tracing;
    private final TracedCall call;

    Pipeline(String url) {
      tracing = MlflowTracing.builder()
          .environment(Map.of())
          .trackingUri(url)
          .experimentId("0")
          .asyncExport(true)
          .maxWorkers(WORKERS)
          .build();
      call = new TracedCall(tracing.tracer());
    }

    @Override
    public void burst() {
      for (int i = 0; i < BURST; i++) {
        call.run();
      }
      if (!tracing.flush(Duration.ofSeconds(30)).isSuccess()) {
        throw new IllegalStateException("the flush did not succeed");
      }
    }

    @Override
    public void close() {
      tracing.close();
    }
  }

  private static final class BareClient implements Sender {

    private final JdkHttpTransport transport = new JdkHttpTransport();
    private final ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
    private final HttpCall call;
    private final int requests;

    BareClient(String url, int requests, int bodyBytes) {
      this.requests = requests;
      this.call = new HttpCall(
          "POST",
          URI.create(url + "/v1/traces"),
          List.of(Map.entry("Content-Type", "application/x-protobuf")),
          new byte[bodyBytes],
          Duration.ofSeconds(30));
    }

    @Override
    public void burst() throws Exception {
      AtomicInteger left = new AtomicInteger(requests);
      Callable<Void> work = () -> {
        while (left.getAndDecrement() > 0) {
          if (transport.send(call).status() != 200) {
            throw new IllegalStateException("the sink refused a request");
          }
        }
        return null;
      };
      for (Future<Void> done : threads.invokeAll(java.util.Collections.nCopies(WORKERS, work))) {
        done.get();
      }
    }

    @Override
    public void close() {
      threads.shutdown();
      transport.close();
    }
  }
}
