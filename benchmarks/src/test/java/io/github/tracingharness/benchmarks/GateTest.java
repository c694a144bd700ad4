package io.github.tracingharness.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tracingharness.benchmarks.Gate.Finding;
import io.github.tracingharness.benchmarks.Gate.Verdict;
import io.github.tracingharness.benchmarks.Scores.Score;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gate's judgement, on JMH's own files in {@code src/test/resources/gate}:
 * {@link PlantedBenchmark}, base and head in turn in one JVM, five rounds each, on a machine with
 * two cores that was busy with other things. {@code bench gate-check} does the same live.
 */
class GateTest {

  private static final Path RECORDED = Path.of("src", "test", "resources", "gate");
  private static final Gate GATE = new Gate(Gate.DEFAULT_LIMIT);

  @Test
  void recorded_30PercentMoreWork_isFound() {
    assertThat(judge("slower")).singleElement().satisfies(one -> {
      assertThat(one.verdict()).isEqualTo(Verdict.WORSE);
      assertThat(one.text()).startsWith("time × ").contains("more than × 1.15");
    });
  }

  @Test
  void recorded_64MoreBytes_areFound() {
    assertThat(judge("allocates")).singleElement().satisfies(one -> {
      assertThat(one.verdict()).isEqualTo(Verdict.WORSE);
      assertThat(one.text()).endsWith("; allocates 1,109 bytes/op instead of 1,046");
    });
  }

  static IntStream unchanged() {
    return IntStream.rangeClosed(1, 10);
  }

  @ParameterizedTest
  @MethodSource("unchanged")
  void recorded_nothingChanged_isQuiet(int number) {
    assertThat(judge("unchanged-" + number))
        .singleElement()
        .extracting(Finding::verdict)
        .isEqualTo(Verdict.SAME);
  }

  @Test
  void command_regression_printsOneLineAndExitsWith1() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int code = new BenchCommand(new PrintStream(text), new PrintStream(text))
        .run(
            List.of("judge", "--base", files("slower", "base"), "--head", files("slower", "head")));

    assertThat(code).isEqualTo(1);
    assertThat(text.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("WORSE   Planted.work: time × 1.");
  }

  @Test
  void throughput_thatFalls_isWorse() {
    assertThat(GATE.judge(rounds(true, 100, 101, 99), rounds(true, 70, 71, 69)))
        .singleElement()
        .extracting(Finding::verdict)
        .isEqualTo(Verdict.WORSE);
    assertThat(GATE.judge(rounds(true, 70, 71, 69), rounds(true, 100, 101, 99)))
        .singleElement()
        .extracting(Finding::verdict)
        .isEqualTo(Verdict.BETTER);
  }

  @Test
  void slowRound_ofTheWholeMachine_isNoRegression() {
    assertThat(GATE.judge(rounds(false, 100, 180, 100), rounds(false, 102, 182, 99)))
        .singleElement()
        .extracting(Finding::verdict)
        .isEqualTo(Verdict.SAME);
  }

  @Test
  void slowDown_withinTheNoise_isNoRegression() {
    assertThat(GATE.judge(rounds(false, 100, 100, 100), rounds(false, 60, 200, 125)))
        .singleElement()
        .extracting(Finding::verdict)
        .isEqualTo(Verdict.SAME);
  }

  @Test
  void benchmark_inBaseOnly_isNotComparedAndSaid() {
    Scores none = new Scores(Map.of());
    assertThat(GATE.judge(rounds(false, 1, 1, 1), List.of(none, none, none)))
        .singleElement()
        .extracting(Finding::verdict)
        .isEqualTo(Verdict.NOT_COMPARED);
  }

  @Test
  void rounds_tooFewOrUnequal_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GATE.judge(rounds(false, 1, 1), rounds(false, 1, 1)))
        .withMessageContaining("at least 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GATE.judge(rounds(false, 1, 1, 1), rounds(false, 1, 1)));
  }

  @Test
  void limit_ofOneOrLess_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Gate(1));
  }

  private static List<Finding> judge(String recorded) {
    return GATE.judge(read(recorded, "base"), read(recorded, "head"));
  }

  private static List<Scores> read(String recorded, String side) {
    return Stream.of(files(recorded, side).split(","))
        .map(Path::of)
        .map(Scores::read)
        .toList();
  }

  private static String files(String recorded, String side) {
    List<String> names = new ArrayList<>();
    for (int round = 1; round <= 5; round++) {
      names.add(RECORDED.resolve(recorded).resolve(side + "-" + round + ".json").toString());
    }
    return String.join(",", names);
  }

  private static List<Scores> rounds(boolean rate, double... values) {
    List<Scores> rounds = new ArrayList<>();
    for (double value : values) {
      String unit = rate ? "ops/s" : "ns/op";
      rounds.add(new Scores(
          Map.of("one", new Score(value, 1, unit, rate, List.of(value), OptionalDouble.empty()))));
    }
    return rounds;
  }
}
