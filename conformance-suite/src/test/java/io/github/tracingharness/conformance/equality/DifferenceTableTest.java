package io.github.tracingharness.conformance.equality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceTableTest {

  private static final String TABLE = """
      ## Other
      | any | not read |

      ## Sent

      | scenarios | request | field | Python | ours | reason |
      |---|---|---|---|---|---|
      | any | `…` | `headers/user-agent` | `"python/…` | `"java"` | it names the client |
      | nested, error | `POST /v1/traces` | `(times)` | `2` | `1` | batches |

      ## More
      | any | not read |
      """;

  private static Difference agent(String scenario) {
    return new Difference(
        scenario, "GET /version", "headers/user-agent", "\"python/1\"", "\"java\"");
  }

  private static Difference times(String scenario, String ours) {
    return new Difference(scenario, "POST /v1/traces", "(times)", "2", ours);
  }

  private static List<String> disagreements(Difference... found) {
    return DifferenceTable.parse(TABLE, "Sent").disagreements(List.of(found));
  }

  @Test
  void disagreements_eachDifferenceListedAndFound_areNone() {
    assertThat(disagreements(agent("big"), times("nested", "1"), times("error", "1")))
        .isEmpty();
  }

  @Test
  void disagreements_differenceWithAnotherValue_isNotListed() {
    assertThat(disagreements(
            agent("big"), times("nested", "1"), times("error", "1"), times("nested", "3")))
        .containsExactly("not listed: | nested | `POST /v1/traces` | `(times)` | `2` | `3` | ? |");
  }

  @Test
  void disagreements_differenceInAScenarioThatIsNotNamed_isNotListed() {
    assertThat(disagreements(
            agent("big"), times("nested", "1"), times("error", "1"), times("big", "1")))
        .containsExactly("not listed: | big | `POST /v1/traces` | `(times)` | `2` | `1` | ? |");
  }

  @Test
  void disagreements_differenceGoneInOneNamedScenario_isStale() {
    assertThat(disagreements(agent("big"), times("nested", "1")))
        .containsExactly("listed, but not found in error: "
            + "| nested, error | `POST /v1/traces` | `(times)` | `2` | `1` | batches |");
  }

  @Test
  void disagreements_differenceGoneEverywhere_isStale() {
    assertThat(disagreements(times("nested", "1"), times("error", "1")))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("listed, but not found in any: ");
  }

  @Test
  void parse_rowWithoutReason_isRefused() {
    assertThatThrownBy(
            () -> DifferenceTable.parse("## Sent\n| any | `x` | `y` | `1` | `2` | |", "Sent"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("and a reason: | any |");
  }

  @Test
  void parse_headingThatIsNotThere_isRefused() {
    assertThatThrownBy(() -> DifferenceTable.parse(TABLE, "Read back"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("no heading: Read back");
  }
}
