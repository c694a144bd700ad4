package io.github.tracingharness.conformance.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A driver behind a TCP connection: the same lines, deadlines and deaths as those of a process. */
class SocketDriverTest {

  private static final Duration PLENTY = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(700);

  @BeforeAll
  static void needsPython() {
    Python.assumePresent();
  }

  private static SocketDriver connect(Listening listening) throws IOException {
    return SocketDriver.connect(listening.address(), Duration.ZERO);
  }

  private static ObjectNode command(long id, String op) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("op", op)
        .put("deadline_ms", 700);
  }

  @Test
  void soundDriver_connections_areServedOneAfterTheOther() throws Exception {
    try (Listening listening = Listening.badDriver()) {
      for (int n = 0; n < 3; n++) {
        try (SocketDriver driver = connect(listening)) {
          assertThat(driver.call(command(1, "hello"), PLENTY).has("ok")).isTrue();
          assertThat(driver.endInput(PLENTY)).isEqualTo(OptionalInt.empty());
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "hang       | DEADLINE | emit was not answered within 700 ms, so the connection was closed",
        "die        | CRASHED  | the driver closed the connection instead of answering emit",
        "wrong-id   | PROTOCOL | the answer to emit has the id 1002, but the command had 2",
        "unreadable | PROTOCOL | the answer to emit is not valid JSON: {\"id\": 2"
      })
  void badDriver_emit_costsTheConnectionWithOneSentence(
      String mode, DriverException.Kind kind, String message) throws Exception {
    try (Listening listening = Listening.badDriver(mode);
        SocketDriver driver = connect(listening)) {
      driver.call(command(1, "hello"), PLENTY);

      DriverException e =
          catchThrowableOfType(DriverException.class, () -> driver.call(command(2, "emit"), SHORT));

      assertThat(e.kind()).isEqualTo(kind);
      assertThat(e).hasMessageStartingWith(message);
    }
  }

  @Test
  void addressWithoutListener_connect_isAnIoException() throws IOException {
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      InetSocketAddress address =
          InetSocketAddress.createUnresolved("127.0.0.1", bound.getLocalPort());

      assertThatThrownBy(() -> SocketDriver.connect(address, Duration.ofMillis(120)))
          .isInstanceOf(IOException.class)
          .hasMessage("no driver listens at 127.0.0.1:" + bound.getLocalPort());
    }
  }
}
