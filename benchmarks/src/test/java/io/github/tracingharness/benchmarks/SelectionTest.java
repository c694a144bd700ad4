package io.github.tracingharness.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {

  @Test
  void arguments_none_selectTheFullPlan() {
    assertThat(Selection.parse(List.of()))
        .isEqualTo(new Selection(
            BenchPlan.FULL,
            BenchPlan.STEPS.stream()
                .filter(step -> step.type() != PlantedBenchmark.class)
                .toList(),
            Path.of("target/benchmarks/results.json")));
  }

  @Test
  void quick_withoutSelection_leavesOutManyThreadsOnly() {
    assertThat(Selection.parse(List.of("--quick")).steps())
        .containsExactlyElementsOf(Selection.parse(List.of()).steps().stream()
            .filter(step -> step.threads() <= 4)
            .toList())
        .extracting(BenchPlan.Step::name)
        .containsAll(Selection.parse(List.of()).steps().stream()
            .map(BenchPlan.Step::name)
            .toList());
  }

  @Test
  void quick_withSelection_keepsManyThreads() {
    assertThat(Selection.parse(List.of("--quick", "--include", "SpanEnd.*span")).steps())
        .extracting(BenchPlan.Step::threads)
        .containsExactly(1, 4, 16, 64);
    assertThat(Selection.parse(List.of("--quick", "--threads", "16")).steps())
        .isNotEmpty()
        .allSatisfy(step -> assertThat(step.threads()).isEqualTo(16));
  }

  @Test
  void arguments_all_areRead() {
    Selection selection = Selection.parse(
        List.of("--quick", "--include", "Cost.*one", "--output", "results/bench.json"));

    assertThat(selection.plan()).isEqualTo(BenchPlan.QUICK);
    assertThat(selection.output()).isEqualTo(Path.of("results/bench.json"));
    assertThat(selection.steps())
        .isNotEmpty()
        .allSatisfy(step -> assertThat(step.name()).isEqualTo("SpanCostBenchmark.oneSpan"));
  }

  @Test
  void arguments_unknown_areNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Selection.parse(List.of("--fast")))
        .withMessage("Unknown argument \"--fast\".");
  }

  @Test
  void arguments_withoutTheirValue_areNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Selection.parse(List.of("--output")))
        .withMessage("A value is missing after --output.");
  }

  @Test
  void include_thatIsNoExpression_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Selection.parse(List.of("--include", "(")))
        .withMessage("\"(\" is no regular expression: Unclosed group.");
  }

  @Test
  void include_thatMatchesNothing_namesWhatThereIs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Selection.parse(List.of("--include", "Nothing")))
        .withMessageStartingWith("No benchmark has a name that matches \"Nothing\". There are: ")
        .withMessageContaining("SpanCostBenchmark.oneSpan, SpanCostBenchmark.tracedCall");
  }
}
