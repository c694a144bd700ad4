package io.github.tracingharness.server.wiremock;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.server.http.Exchange;
import io.github.tracingharness.server.http.Outcome;
import io.github.tracingharness.server.http.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** An answer is announced before a client can have it; its end may be reported any time later. */
class AnnouncedAnswerTest {

  private final AtomicReference<Outcome> announced = new AtomicReference<>();
  private final AtomicReference<Outcome> ended = new AtomicReference<>();
  private final CountDownLatch clientHasAnswer = new CountDownLatch(1);
  private final CountDownLatch endReported = new CountDownLatch(1);

  /** The thread that wrote the answer stands still until the client has looked at it. */
  private final class StoppedExchange implements Exchange {

    @Override
    public Reply handle(byte[] body) {
      return Reply.text(201, "text/plain", "echo of " + new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public void answering(Outcome outcome) {
      announced.set(outcome);
    }

    @Override
    public void finished(Outcome outcome) {
      try {
        if (clientHasAnswer.await(60, TimeUnit.SECONDS)) {
          ended.set(outcome);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      endReported.countDown();
    }
  }

  @Test
  void answer_thatAClientHas_isAnnouncedThoughItsEndIsNotReported() throws Exception {
    try (WireMockFront front =
        WireMockFront.start("127.0.0.1", 0, 20, null, head -> new StoppedExchange())) {
      URI uri = URI.create("http://127.0.0.1:" + front.port() + "/any");

      HttpResponse<String> answer = HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(uri)
                  .POST(HttpRequest.BodyPublishers.ofString("hello"))
                  .build(),
              BodyHandlers.ofString());

      assertThat(answer.body()).isEqualTo("echo of hello");
      assertThat(ended).as("the end is not reported yet").hasNullValue();
      Outcome shown = announced.get();
      assertThat(shown.status()).isEqualTo(answer.statusCode()).isEqualTo(201);
      assertThat(shown.requestBody()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
      assertThat(shown.responseBody()).asString(StandardCharsets.UTF_8).isEqualTo("echo of hello");
      assertThat(shown.headers())
          .anySatisfy(header -> assertThat(header.value()).startsWith("text/plain"));

      clientHasAnswer.countDown();
      assertThat(endReported.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(ended.get().responseBody()).isEqualTo(shown.responseBody());
    }
  }
}
