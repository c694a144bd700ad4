package io.github.tracingharness.core.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests with the JDK's HTTP client over HTTP/1.1. */
public final class JdkHttpTransport implements HttpTransport {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

  private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
    Thread thread = new Thread(task, "mlflow-http");
    thread.setDaemon(true);
    return thread;
  });
  private final HttpClient client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .followRedirects(HttpClient.Redirect.NEVER)
      .connectTimeout(CONNECT_TIMEOUT)
      .executor(executor)
      .build();

  /** Creates a transport with connections of its own. */
  public JdkHttpTransport() {}

  @Override
  public HttpAnswer send(HttpCall call) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> pending =
        client.sendAsync(request(call), answer -> new BoundedBody());
    try {
      // The client's own limit ends with the headers of the answer; this one includes its body.
      HttpResponse<byte[]> response = pending.get(call.timeout().toNanos(), TimeUnit.NANOSECONDS);
      return new HttpAnswer(response.statusCode(), response.headers().map(), response.body());
    } catch (TimeoutException e) {
      pending.cancel(true);
      HttpTimeoutException timeout = new HttpTimeoutException(
          "no complete answer within " + call.timeout().toMillis() + " ms");
      timeout.initCause(e);
      throw timeout;
    } catch (InterruptedException e) {
      pending.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedIOException timeout) {
        throw timeout;
      }
      String cause = e.getCause() == null ? e.toString() : e.getCause().toString();
      throw new IOException(cause, e.getCause());
    }
  }

  private static HttpRequest request(HttpCall call) {
    HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
        .method(
            call.method(),
            call.body().length == 0 && call.method().equals("GET")
                ? BodyPublishers.noBody()
                : BodyPublishers.ofByteArray(call.body()));
    call.headers().forEach(header -> request.header(header.getKey(), header.getValue()));
    return request.build();
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
