package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.server.http.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The front of a server that runs alone: its options, and its part of the admin interface. */
class FrontOptionsTest {

  private static final String VERSION = "GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n";

  static Stream<Arguments> wrongOptions() {
    return Stream.of(
        Arguments.of(
            List.of("--max-connections", "3"),
            "--connection-fault and --max-connections are for connections to --front-port, which is"
                + " missing"),
        Arguments.of(
            List.of("--front-port", "0", "--max-connections", "-1"),
            "--max-connections must not be negative, but is -1"),
        Arguments.of(
            List.of("--front-port", "70000"), "--front-port must be from 0 to 65535, not 70000"),
        Arguments.of(
            List.of("--front-port", "0", "--connection-fault", "{"),
            "--connection-fault: the script must be JSON"),
        Arguments.of(
            List.of("--front-port", "0", "--connection-fault", "{\"then\":{\"status\":503}}"),
            "--connection-fault: StatusInsteadOfHandling happens to calls; it belongs into the"
                + " script of an endpoint"),
        Arguments.of(
            List.of("--fault", "VERSION={\"then\":{\"tls\":\"ALERT\"}}"),
            "--fault VERSION: TlsBrokenAfterHello happens to connections, before a call is known"));
  }

  @ParameterizedTest
  @MethodSource("wrongOptions")
  void serve_withAWrongOption_saysWhatIsWrongAndExitsWith2(List<String> options, String message) {
    assertThat(RunningServe.refusal(options)).startsWith(message);
  }

  @Test
  void serve_withAFront_spoilsItsConnectionsAndObeysTheAdminInterface() throws Exception {
    try (RunningServe serve = RunningServe.start(
        "--front-port",
        "0",
        "--connection-fault",
        "{\"steps\": [{\"end_after_request_bytes\": 5}]}")) {
      URI server = serve.url();
      URI front = serve.announced("The same at +(http://127.0.0.1:[0-9]+), with faults");

      try (RawConnection reset = new RawConnection(front)) {
        assertThatThrownBy(() -> reset.send(VERSION).rest()).isInstanceOf(SocketException.class);
      }
      assertThat(answer(front)).contains(" 200 ");

      assertThat(put(server, "{\"then\": {\"end_after_answer_bytes\": 8, \"end\": \"CLOSE\"}}"))
          .isEqualTo("{}");
      try (RawConnection cut = new RawConnection(front)) {
        assertThat(cut.send(VERSION).rest()).isEqualTo("HTTP/1.1");
      }
      JsonNode seen =
          Json.read(call(server, "GET", "", "")).orElseThrow().path("fronts").path(0);
      assertThat(seen.path("url").textValue()).isEqualTo(front.toString());
      assertThat(seen.path("most_in_flight").intValue()).isEqualTo(1);
      assertThat(seen.path("events").findValuesAsText("kind"))
          .contains("OPENED", "ENDED_BY_FAULT", "ENDED");

      assertThat(call(server, "POST", "/refuse", "")).isEqualTo("{}");
      assertThatThrownBy(() -> new RawConnection(front)).isInstanceOf(ConnectException.class);
      assertThat(call(server, "POST", "/listen", "")).isEqualTo("{}");
      put(server, "{\"then\": {\"real\": true}}");
      assertThat(answer(front)).contains(" 200 ");

      assertThat(put(server, "{\"then\": {\"status\": 500}}"))
          .startsWith("{\"error\":\"StatusInsteadOfHandling happens to calls;");
      assertThat(call(server, "DELETE", "", ""))
          .startsWith("{\"error\":\"there is no DELETE connections; there are GET and PUT");
      serve.stop();
    }
  }

  @Test
  void adminInterface_ofAServerWithoutAFront_saysHowToGetOne() throws Exception {
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      assertThat(put(server.url(), "{}"))
          .isEqualTo("{\"error\":\"the server has no front; ./harness serve starts one with"
              + " --front-port\"}");
    }
  }

  private static String answer(URI front) throws IOException {
    try (RawConnection client = new RawConnection(front)) {
      return client.send(VERSION).head();
    }
  }

  private static String put(URI server, String body) throws Exception {
    return call(server, "PUT", "", body);
  }

  private static String call(URI server, String method, String path, String body) throws Exception {
    HttpResponse<String> answer = HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server + "/__harness/connections" + path))
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    return answer.body();
  }
}
