package io.github.tracingharness.conformance.drivercheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.driver.Listening;
import io.github.tracingharness.conformance.driver.Python;
import io.github.tracingharness.conformance.drivercheck.CheckLine.Outcome;
import io.github.tracingharness.conformance.engine.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the author of a driver is told, for a sound driver and for each way to be at fault. */
class DriverCheckTest {

  private static final Path DRIVERS = Path.of("src", "test", "drivers").toAbsolutePath();

  @BeforeAll
  static void needsPython() {
    Python.assumePresent();
  }

  private static List<CheckLine> check(List<String> command) throws IOException {
    return check(Subject.process("driver", command, Map.of(), DRIVERS));
  }

  private static List<CheckLine> check(Subject subject) throws IOException {
    return new DriverCheck(subject, line -> {}).run();
  }

  @Test
  void driverOfTheGuide_check_findsNothing() throws IOException {
    List<CheckLine> lines =
        check(List.of("python3", "-B", DRIVERS.resolve("first_driver.py").toString()));

    assertThat(lines).noneMatch(CheckLine::isFault);
    assertThat(lines)
        .extracting(CheckLine::name)
        .containsExactly(
            "hello",
            "probe",
            "open",
            "config",
            "emit",
            "unicode",
            "gen",
            "big-line",
            "flush",
            "strange-session",
            "close",
            "schema",
            "noise",
            "stdin-end",
            "nobody-listens",
            "exit");
  }

  @Test
  void driverOfTheGuide_thatListens_isCheckedOverItsConnections() throws IOException {
    try (Listening listening = Listening.start(
        List.of("python3", "-B", DRIVERS.resolve("first_driver.py").toString(), "0"))) {
      List<CheckLine> lines = check(Subject.attached("attached", listening.address()));

      assertThat(lines).hasSize(16).noneMatch(CheckLine::isFault);
    }
  }

  /**
   * A fault of a driver and what its author is told.
   *
   * @param name the line that names it
   * @param text part of what is said
   * @param sound a part of the guide's driver
   * @param broken what stands there instead
   */
  record Broken(String name, Outcome outcome, String text, String sound, String broken) {

    @Override
    public String toString() {
      return name + ": " + text;
    }
  }

  static List<Broken> brokenDrivers() {
    return List.of(
        driverFault(
            "hello", "the driver ended with exit code 7", HELLO, HELLO + "\n    sys.exit(7)"),
        driverFault("hello", "sessions: does not have a value", "\"one\"", "\"several\""),
        new Broken(
            "names",
            Outcome.NOTE,
            "has retry.max_atempts",
            "\"config\": []",
            "\"config\": [\"retry.max_atempts\"]"),
        driverFault(
            "probe",
            "the made-up op x-probe-",
            "answer = {\"unsupported\": {\"reason\": \"unknown op \" + command[\"op\"]}}",
            "answer = {\"ok\": {}}"),
        driverFault(
            "config",
            "x-unknown.key stands neither in applied nor",
            "list(command.get(\"config\", {}))",
            "[]"),
        driverFault("emit", "refs must name root and kid", "\"refs\": refs", "\"refs\": {}"),
        driverFault("emit", "must share the trace", "parent[\"trace\"] if parent else ", ""),
        new Broken(
            "emit",
            Outcome.EXPORTER_FAULT,
            "\"message\":\"boom\"",
            EXPORT,
            "    raise RuntimeError('boom')"),
        driverFault(
            "unicode",
            "refs must be [Ключ",
            LOADS,
            LOADS.replace("line", "line.replace('\\\\u', '?')")),
        driverFault(
            "gen",
            "refs must be [g-0, g-1, g-2], not [g-0]",
            "range(command[\"gen\"][\"count\"])",
            "range(1)"),
        driverFault(
            "big-line",
            "the driver ended with exit code 7",
            LOADS,
            "if len(line) > 900_000:\n            sys.exit(7)\n        " + LOADS),
        new Broken(
            "flush",
            Outcome.EXPORTER_FAULT,
            "no request came",
            "            export(trace, span)",
            "            pass"),
        driverFault("close", "close was answered with", "\"close\": lambda command: {},", ""),
        driverFault("schema", "flush: $.result: does not have a value", "\"unknown\"", "\"done\""),
        driverFault(
            "schema",
            "emit: $.refs.root.span: does not match",
            "secrets.token_hex(8)",
            "'x'.join(span['ref'])"),
        driverFault(
            "noise",
            "lines on stdout are no JSON objects, such as: loading the model",
            LOADS,
            LOADS + "\n        print('loading the model', file=answers)"),
        driverFault(
            "stdin-end",
            "did not end within 2000 ms after the end of its input",
            "os._exit(0)",
            "time.sleep(60)"),
        new Broken(
            "nobody-listens",
            Outcome.EXPORTER_FAULT,
            "flush says success",
            "            export(trace, span)",
            "            try: export(trace, span)\n            except OSError: OPS['flush'] = lambda command: {'result': 'success'}"),
        new Broken("nobody-listens", Outcome.NOTE, "emit was answered with", LOADS, LOADS),
        driverFault(
            "exit",
            "the process ended with 4",
            "            sys.exit(0)",
            "            sys.exit(4)"));
  }

  private static final String HELLO = "def hello(command):";
  private static final String LOADS = "command = json.loads(line)";
  private static final String EXPORT = "    start = int(root.get(\"start\", time.time_ns()))";

  private static Broken driverFault(String name, String text, String sound, String broken) {
    return new Broken(name, Outcome.DRIVER_FAULT, text, sound, broken);
  }

  @ParameterizedTest
  @MethodSource("brokenDrivers")
  void driverWithOneFault_check_namesItAndItsOwner(Broken fault, @TempDir Path directory)
      throws IOException {
    String sound = Files.readString(DRIVERS.resolve("first_driver.py"))
        .replace("\"ops\": [\"flush\"", "\"ops\": [\"exit\", \"flush\"");
    assertThat(sound).contains(fault.sound());
    Path driver = directory.resolve("driver.py");
    Files.writeString(driver, sound.replace(fault.sound(), fault.broken()));

    List<CheckLine> lines = check(List.of("python3", "-B", driver.toString()));

    assertThat(lines)
        .filteredOn(line -> line.name().equals(fault.name()) && line.outcome() == fault.outcome())
        .as("all lines: %s", lines)
        .anySatisfy(line -> {
          assertThat(line.text()).contains(fault.text());
          assertThat(line.help()).isNotEmpty();
        });
  }
}
