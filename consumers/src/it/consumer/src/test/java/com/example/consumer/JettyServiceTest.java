package com.example.consumer;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingHarness;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application on Jetty 12, beside the fake server with a Jetty of its own. */
@ExtendWith(TracingHarness.class)
class JettyServiceTest {

  private static final class Answers extends Handler.Abstract {

    private final MlflowTracer tracer;
    private final ObjectMapper json = new ObjectMapper();

    private Answers(MlflowTracer tracer) {
      this.tracer = tracer;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      try (LiveSpan span = tracer.startSpan("GET " + Request.getPathInContext(request))) {
        byte[] body = json.writeValueAsBytes(Map.of("answer", 42));
        span.setOutputs(Map.of("answer", 42));
        response.write(true, ByteBuffer.wrap(body), callback);
      }
      return true;
    }
  }

  @Test
  void request_isTraced(MlflowTracer tracer, Traces traces) throws Exception {
    Server server = new Server(0);
    server.setHandler(new Answers(tracer));
    server.start();
    try {
      int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
      HttpResponse<String> response = HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/answer")).build(),
              BodyHandlers.ofString());

      assertThat(response.body()).isEqualTo("{\"answer\":42}");
      assertThat(traces.awaitTrace("GET /answer"))
          .hasSpan("GET /answer", span -> span.hasOutputs(Map.of("answer", 42)));
    } finally {
      server.stop();
    }
  }
}
