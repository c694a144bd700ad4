package io.github.tracingharness.conformance.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The suite's end of the protocol against a driver that misbehaves on request. */
class ProcessDriverTest {

  private static final Duration PLENTY = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(700);

  private final Heard heard = new Heard();
  private ProcessDriver driver;

  @BeforeAll
  static void needsPython() {
    Python.assumePresent();
  }

  @AfterEach
  void endsTheDriver() {
    if (driver != null) {
      driver.close();
    }
  }

  private ProcessDriver start(String... mode) throws IOException {
    driver = ProcessDriver.start(Python.badDriver(mode), Map.of(), Path.of("").toAbsolutePath());
    driver.listen(heard);
    return driver;
  }

  private static ObjectNode command(long id, String op) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("op", op)
        .put("deadline_ms", 700);
  }

  @Test
  void soundDriver_commands_areAnsweredAndUnknownOnesRefused() throws Exception {
    start();

    assertThat(
            driver.call(command(1, "hello"), PLENTY).path("ok").path("protocol").asInt())
        .isEqualTo(1);
    assertThat(driver.call(command(2, "x-unknown"), PLENTY).has("unsupported")).isTrue();
    assertThat(driver.call(command(3, "emit"), PLENTY).has("ok")).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "hang         | DEADLINE | emit was not answered within 700 ms, so the driver was killed",
        "late         | DEADLINE | emit was not answered within 700 ms, so the driver was killed",
        "grandchild   | DEADLINE | emit was not answered within 700 ms, so the driver was killed",
        "die          | CRASHED  | the driver ended with exit code 3 instead of answering emit",
        "wrong-id     | PROTOCOL | the answer to emit has the id 1002, but the command had 2",
        "unreadable   | PROTOCOL | the answer to emit is not valid JSON: {\"id\": 2",
        "invalid-utf8 | PROTOCOL | the answer to emit is not UTF-8: {\"id\": 2"
      })
  void badDriver_emit_costsTheSessionWithOneSentence(
      String mode, DriverException.Kind kind, String message) throws Exception {
    start(mode);
    driver.call(command(1, "hello"), PLENTY);

    DriverException e =
        catchThrowableOfType(DriverException.class, () -> driver.call(command(2, "emit"), SHORT));

    assertThat(e).isNotNull();
    assertThat(e.kind()).isEqualTo(kind);
    assertThat(e).hasMessageStartingWith(message);
  }

  @Test
  void driverThatAnswersTwice_nextCommand_isAProtocolError() throws Exception {
    start("twice");
    driver.call(command(1, "hello"), PLENTY);

    DriverException e =
        catchThrowableOfType(DriverException.class, () -> driver.call(command(2, "emit"), PLENTY));

    assertThat(e.kind()).isEqualTo(DriverException.Kind.PROTOCOL);
    assertThat(e).hasMessage("the answer to emit has the id 1, but the command had 2");
  }

  @Test
  void driverWithAGrandchild_afterItsDeath_leavesNoProcess() throws Exception {
    start("grandchild");
    driver.call(command(1, "hello"), PLENTY);

    assertThatThrownBy(() -> driver.call(command(2, "emit"), SHORT))
        .isInstanceOf(DriverException.class);

    String named = heard.stderr.poll(30, TimeUnit.SECONDS);
    long pid = Long.parseLong(named.substring(named.lastIndexOf(' ') + 1));
    ProcessHandle.of(pid)
        .ifPresent(left -> assertThat(left.onExit()).succeedsWithin(Duration.ofSeconds(30)));
  }

  @Test
  void noisyDriver_answers_areReadAndNoiseIsHeard() throws Exception {
    start("garbage");

    assertThat(driver.call(command(1, "hello"), PLENTY).has("ok")).isTrue();

    assertThat(heard.noise).containsExactly("loading model weights 42%", "[1, 2]");
  }

  @Test
  void driverThatSplitsItsWrites_answers_areWhole() throws Exception {
    start("split-writes");

    assertThat(driver.call(command(1, "hello"), PLENTY).has("ok")).isTrue();
  }

  @Test
  void driverThatFloodsStderr_answers_areNotBlocked() throws Exception {
    start("stderr-flood");
    driver.call(command(1, "hello"), PLENTY);

    assertThat(driver.call(command(2, "emit"), PLENTY).has("ok")).isTrue();
  }

  @Test
  void exit_returnAndThrow_giveTheExitCodeOfTheProcess() throws Exception {
    start();
    assertThat(driver.callForExit(command(1, "exit").put("how", "return"), PLENTY))
        .isEqualTo(OptionalInt.of(0));

    start();
    assertThat(driver.callForExit(command(1, "exit").put("how", "throw"), PLENTY))
        .isEqualTo(OptionalInt.of(1));
  }

  @Test
  void missingProgram_start_isAnIoException() {
    assertThatThrownBy(() -> ProcessDriver.start(
            List.of("no-such-program"), Map.of(), Path.of("").toAbsolutePath()))
        .isInstanceOf(IOException.class)
        .hasMessage("the driver's program no-such-program is not on the PATH");
  }

  /** Remembers what a driver says without being asked. */
  private static final class Heard implements DriverListener {

    private final BlockingQueue<String> noise = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> stderr = new LinkedBlockingQueue<>();

    @Override
    public void event(ObjectNode event) {}

    @Override
    public void noise(String line) {
      noise.add(line);
    }

    @Override
    public void stderr(String line) {
      stderr.add(line);
    }
  }
}
