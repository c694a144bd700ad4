package io.github.tracingharness.junit;

import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.core.client.JdkHttpTransport;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Header;
import io.github.tracingharness.server.RecordedCall;
import io.github.tracingharness.server.api.TrackingApi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Records what goes to a real server, as seen from here: a call that got no answer has the status
 * 0. Credentials are not recorded.
 */
final class RecordingTransport implements HttpTransport {

  private static final byte[] NOTHING = {};

  private final TrackingApi api = new TrackingApi();
  private final HttpTransport network = new JdkHttpTransport();
  private final String base;
  private final AtomicLong numbers = new AtomicLong();
  private final ConcurrentLinkedQueue<RecordedCall> calls = new ConcurrentLinkedQueue<>();

  RecordingTransport(String base) {
    this.base = base;
  }

  /** Returns the finished calls in the order in which they were sent. */
  List<RecordedCall> calls() {
    List<RecordedCall> finished = new ArrayList<>(calls);
    finished.sort(Comparator.comparingLong(RecordedCall::number));
    return finished;
  }

  @Override
  public HttpAnswer send(HttpCall call) throws IOException, InterruptedException {
    long number = numbers.incrementAndGet();
    long sent = System.nanoTime();
    HttpAnswer answer = null;
    try {
      answer = network.send(call);
      return answer;
    } finally {
      calls.add(recorded(number, call, answer, sent));
    }
  }

  private RecordedCall recorded(
      long number, HttpCall call, @Nullable HttpAnswer answer, long sentNanos) {
    String target = call.uri().toString();
    String local = target.startsWith(base) ? target.substring(base.length()) : target;
    int mark = local.indexOf('?');
    String path = mark < 0 ? local : local.substring(0, mark);
    Endpoint endpoint = api.endpoint(call.method(), path);
    return new RecordedCall(
        number,
        endpoint,
        call.method(),
        path,
        mark < 0 ? "" : local.substring(mark + 1),
        call.headers().stream()
            .filter(header -> !header.getKey().equalsIgnoreCase("authorization"))
            .map(header -> new Header(header.getKey(), header.getValue()))
            .toList(),
        call.body(),
        answer == null ? 0 : answer.status(),
        answer == null
            ? List.of()
            : answer.headers().entrySet().stream()
                .flatMap(entry ->
                    entry.getValue().stream().map(value -> new Header(entry.getKey(), value)))
                .toList(),
        answer == null ? NOTHING : answer.body(),
        0,
        sentNanos,
        System.nanoTime());
  }

  @Override
  public void close() {
    network.close();
  }
}
