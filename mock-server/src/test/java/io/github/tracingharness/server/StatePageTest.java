package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatePageTest {

  private static final String TRACE = "tr-0123456789abcdef0123456789abcdef";
  private static final String SPANS = """
      {"resourceSpans":[{"scopeSpans":[{"spans":[
       {"traceId":"0123456789abcdef0123456789abcdef","spanId":"00000000000000a1",
        "name":"answer <script>document.title='hacked'</script>",
        "startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000002000000000",
        "attributes":[{"key":"http.request.header.authorization","value":{"stringValue":"s3cr3t-value"}},
         {"key":"config","value":{"stringValue":"{\\"api_key\\": \\"hidden-too\\", \\"t\\": 1}"}}]},
       {"traceId":"0123456789abcdef0123456789abcdef","spanId":"00000000000000a2",
        "parentSpanId":"00000000000000a1","name":"retrieve","status":{"code":2,"message":"gone"},
        "startTimeUnixNano":"1700000000500000000","endTimeUnixNano":"1700000001000000000"}]}]}]}
      """;

  private static FakeTrackingServer server;

  @BeforeAll
  static void startServer() {
    server = FakeTrackingServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void page_ofASpace_showsTracesAsTreesWithoutScriptsAndCredentials() throws Exception {
    try (TrackingSpace space = server.newSpace()) {
      TestClient client = filled(space);

      HttpResponse<String> page = client.get("/");

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Security-Policy"))
          .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'"));
      assertThat(page.body())
          .contains("checkout &amp; more")
          .contains(TRACE)
          .contains("answer &lt;script&gt;")
          .contains("style=\"left:25.000%;width:25.000%\"")
          .doesNotContain("<script")
          .doesNotContain("s3cr3t-value")
          .doesNotContain("hidden-too");
      assertThat(page.body())
          .doesNotContain("src=")
          .doesNotContain("url(")
          .doesNotContain("@import");
    }
  }

  @Test
  void page_ofOneTrace_showsItOrSaysThatThereIsNone() throws Exception {
    try (TrackingSpace space = server.newSpace()) {
      TestClient client = filled(space);

      assertThat(client.get("/?trace=" + TRACE).body()).contains("retrieve");
      assertThat(client.get("/?trace=%3Cb%3E").body())
          .contains("There is no trace with the id &lt;b&gt;.");
    }
  }

  @Test
  void page_inARealBrowser_isDrawnAsATreeAndRunsNothing(@TempDir Path directory) throws Exception {
    Optional<Path> browser = Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name -> Stream.of("/usr/bin/", "/usr/local/bin/").map(at -> Path.of(at + name)))
        .filter(Files::isExecutable)
        .findFirst();
    Assumptions.assumeTrue(browser.isPresent(), "there is no chromium on this machine");
    try (TrackingSpace space = server.newSpace()) {
      filled(space);

      String drawn = dom(browser.get(), directory, space.trackingUri() + "/");

      assertThat(drawn).contains("checkout &amp; more").contains("retrieve");
      assertThat(drawn).contains("<title>Fake MLflow tracking server 3.17.2</title>");
      assertThat(drawn)
          .containsSubsequence("class=\"sname\"", "answer", "class=\"sname\"", "retrieve");
      assertThat(drawn).doesNotContain("s3cr3t-value");
      assertThat(space.calls().stream().map(RecordedCall::path).distinct())
          .as("what the browser loaded")
          .containsOnly("/", "/v1/traces", "/api/2.0/mlflow/experiments/create");
    }
  }

  private static TestClient filled(TrackingSpace space) throws Exception {
    TestClient client = new TestClient(space);
    client.post("/api/2.0/mlflow/experiments/create", "{\"name\": \"checkout & more\"}");
    HttpResponse<String> sent = client.send(client
        .request("/v1/traces")
        .header("Content-Type", "application/json")
        .header("x-mlflow-experiment-id", "1")
        .POST(BodyPublishers.ofString(SPANS)));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
    return client;
  }

  /** What the browser makes of a page. */
  private static String dom(Path browser, Path directory, String url) throws Exception {
    Path output = directory.resolve("dom.html");
    Process process = new ProcessBuilder(List.of(
            browser.toString(),
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--user-data-dir=" + directory.resolve("profile"),
            "--dump-dom",
            url))
        .redirectOutput(output.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the browser ended").isTrue();
      return Files.readString(output, StandardCharsets.UTF_8);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
