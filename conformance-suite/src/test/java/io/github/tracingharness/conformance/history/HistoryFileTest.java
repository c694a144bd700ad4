package io.github.tracingharness.conformance.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.history.HistoryEvent.ReplyKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

  @TempDir
  private Path directory;

  private static ObjectNode object(String key, String value) {
    return JsonNodeFactory.instance.objectNode().put(key, value);
  }

  private static CaseHistory everyKindOfEvent() {
    HistoryEvent.Exchange exchange = new HistoryEvent.Exchange(
        7_000_000_000_000_000_001L,
        8,
        1,
        "OTLP_TRACES",
        "POST",
        "/v1/traces",
        "",
        List.of(new Header("Content-Type", "application/x-protobuf")),
        Payload.of(new byte[] {0, -1, 10}),
        200,
        List.of(),
        Payload.of("{\"ä\": \"\\u0000\"}"),
        4711,
        true);
    return new CaseHistory(
        "MLF-EXPORT-001",
        2,
        object("ids", "own"),
        List.of(
            new HistoryEvent.Command(1, 3, "emit", object("op", "emit")),
            new HistoryEvent.Reply(2, 3, "emit", ReplyKind.OK, object("accepted", "1")),
            new HistoryEvent.Log(3, "WARN", "mlflow", "line\nbreak"),
            new HistoryEvent.Signal(4, object("event", "dropped")),
            new HistoryEvent.Released(5, "start", "limit"),
            new HistoryEvent.ProcessEvent(6, "exited", "gone", 0),
            new HistoryEvent.ProcessEvent(6, "noise", "hello", null),
            new HistoryEvent.Gap(7, 130),
            new HistoryEvent.HarnessFault(8, "broken"),
            new HistoryEvent.Connection(9, 4712, "http2-preface", ""),
            exchange,
            atCollector()),
        31);
  }

  private static HistoryEvent.Exchange atCollector() {
    return new HistoryEvent.Exchange(
        9,
        0,
        2,
        "OTLP_TRACES",
        "POST",
        "/v1/traces",
        "",
        List.of(),
        Payload.EMPTY,
        0,
        List.of(),
        Payload.EMPTY,
        4712,
        false,
        new Wire(2, 10, "chunked", true, "TLSv1.3", null));
  }

  private Path write(CaseHistory history) throws IOException {
    Path file = directory.resolve("deep").resolve("run.ndjson");
    try (HistoryFile.Appender appender = new HistoryFile.Appender(file, object("suite", "1.0"))) {
      appender.add(history);
      appender.notRun("MLF-LIFE-009", "UNSUPPORTED", "no exit");
      appender.end(object("cases", "1"));
    }
    return file;
  }

  @Test
  void read_whatWasWritten_isTheSame() throws IOException {
    CaseHistory history = everyKindOfEvent();

    HistoryFile.Content content = HistoryFile.read(write(history));

    assertThat(content.histories()).containsExactly(history);
    assertThat(content.head().path("format").asInt()).isEqualTo(1);
    assertThat(content.notRun()).hasSize(1);
    assertThat(content.end()).isPresent();
  }

  @Test
  void read_runThatWasCutOff_hasItsWholeCasesAndNoEnd() throws IOException {
    Path file = write(everyKindOfEvent());
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.lastIndexOf("{\"line\":\"end\"")));

    HistoryFile.Content content = HistoryFile.read(file);

    assertThat(content.histories()).hasSize(1);
    assertThat(content.end()).isEmpty();
  }

  @Test
  void read_damagedLine_namesFileAndLine() throws IOException {
    Path file = write(everyKindOfEvent());
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    lines.set(2, "{\"line\": \"event\", ");
    Files.write(file, lines);

    assertThatThrownBy(() -> HistoryFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ", line 3: it is not JSON; a file that ./harness run wrote is expected");
  }

  @Test
  void read_eventTakenOut_isNoticed() throws IOException {
    Path file = write(everyKindOfEvent());
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    lines.remove(4);
    Files.write(file, lines);

    assertThatThrownBy(() -> HistoryFile.read(file))
        .hasMessageContaining("the number of events is wrong");
  }
}
