package io.github.tracingharness.server.wiremock;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.server.http.Exchange;
import io.github.tracingharness.server.http.Outcome;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.http.RequestHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** When an answer counts as handed over. */
class WireExchangeTest {

  private final AtomicReference<Outcome> ended = new AtomicReference<>();
  private final WireExchange exchange = new WireExchange(
      new RequestHead("GET", "/any", List.of(), 4711, System.nanoTime()), new Exchange() {
        @Override
        public Reply handle(byte[] body) {
          return Reply.text(200, "text/plain", "answer");
        }

        @Override
        public void answering(Outcome announced) {}

        @Override
        public void finished(Outcome outcome) {
          ended.set(outcome);
        }
      });

  @Test
  void answerInOnePiece_whoseEndIsToldLate_wasHandedOverWhenItWasWritten() {
    write("answer");
    long clientHasIt = System.nanoTime();

    exchange.finish(false);

    assertThat(ended.get().answeredNanos()).isLessThanOrEqualTo(clientHasIt);
  }

  @Test
  void answerInPieces_isHandedOverAtItsEnd() {
    write("ans", "wer");
    long lastPiece = System.nanoTime();

    exchange.finish(false);

    assertThat(ended.get().answeredNanos()).isGreaterThanOrEqualTo(lastPiece);
  }

  /** The client has it already, but the thread that wrote it has not come to say so. */
  @Test
  void announcedAnswer_atTheStopOfTheServer_countsAsSent() {
    exchange.answering(503, List.of());

    exchange.finish(true);

    assertThat(ended.get().status()).isEqualTo(503);
  }

  @Test
  void announcedAnswer_thatWasNotWritten_isNone() {
    exchange.answering(503, List.of());

    exchange.finish(false);

    assertThat(ended.get().status()).isZero();
  }

  private void write(String... pieces) {
    exchange.answering(200, List.of());
    exchange.committed(200, List.of());
    for (String piece : pieces) {
      exchange.responseContent(ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
