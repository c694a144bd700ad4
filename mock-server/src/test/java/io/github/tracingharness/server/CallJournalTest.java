package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.server.http.Outcome;
import io.github.tracingharness.server.http.RequestHead;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallJournalTest {

  private static final Outcome ANNOUNCED = outcome("decided", 1);
  private static final Outcome SENT = outcome("sent", 2);

  private static Outcome outcome(String body, long nanos) {
    return new Outcome(new byte[0], 200, List.of(), body.getBytes(StandardCharsets.UTF_8), nanos);
  }

  private static CallJournal.Entry arrived(CallJournal journal) {
    return journal.arrived(
        new RequestHead("GET", "/version", List.of(), 1, 0), Endpoint.VERSION, "/version", "");
  }

  private static List<String> bodies(CallJournal journal) {
    return journal.calls(Endpoint.ANY).stream()
        .map(call -> new String(call.responseBody(), StandardCharsets.UTF_8))
        .toList();
  }

  /** The client has its answer, but the thread that wrote it got no processor since. */
  @Test
  void calls_whoseEndIsNotReportedInTime_areShownAsAnnounced() {
    CallJournal journal = new CallJournal(10, Duration.ZERO);
    CallJournal.Entry call = arrived(journal);
    assertThat(bodies(journal)).as("not answered yet").isEmpty();

    call.answering(ANNOUNCED);
    assertThat(bodies(journal)).containsExactly("decided");

    RecordedCall unused = call.finished(SENT);
    assertThat(bodies(journal)).containsExactly("sent");
  }

  @Test
  void calls_shownAsAnnounced_standInOrderOfArrival() {
    CallJournal journal = new CallJournal(10, Duration.ZERO);
    CallJournal.Entry first = arrived(journal);
    CallJournal.Entry second = arrived(journal);

    first.answering(ANNOUNCED);
    RecordedCall unused = second.finished(SENT);

    assertThat(bodies(journal)).containsExactly("decided", "sent");
  }

  @Test
  void calls_whileAnAnswerIsWritten_waitForItsEnd() throws Exception {
    CallJournal journal = new CallJournal(10, Duration.ofMinutes(5));
    CallJournal.Entry call = arrived(journal);
    call.answering(ANNOUNCED);
    FutureTask<List<String>> reading = new FutureTask<>(() -> bodies(journal));
    Thread reader = new Thread(reading, "reader");
    reader.start();
    while (reader.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    RecordedCall unused = call.finished(SENT);

    assertThat(reading.get(60, TimeUnit.SECONDS)).containsExactly("sent");
  }

  @Test
  void calls_announcedAfterTheirEnd_areNotWaitedFor() {
    CallJournal journal = new CallJournal(10, Duration.ofMinutes(5));
    CallJournal.Entry call = arrived(journal);
    RecordedCall unused = call.finished(SENT);

    call.answering(ANNOUNCED);

    assertThat(bodies(journal)).containsExactly("sent");
  }
}
