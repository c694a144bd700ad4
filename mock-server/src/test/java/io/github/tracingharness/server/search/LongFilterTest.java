package io.github.tracingharness.server.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.tracingharness.server.state.TrackingException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters that are long or evil: neither the stack nor the time may run out. */
class LongFilterTest {

  private static final int LONG = 50_000;
  private static final Duration FAR_TOO_LONG = Duration.ofSeconds(60);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'",
        "''",
        "'x",
        "\"",
        "(",
        "()",
        "('",
        "(''",
        "`",
        "``",
        "x",
        "<",
        "=",
        "!",
        " ",
        "'\"",
        "AND ",
        "name = 'a' AND ",
        "(x",
        "\u00ff",
        "'a''b(",
        "tags.`",
        "-1",
        ";",
        "IS NOT "
      })
  void filter_ofManyRepetitions_isReadOrRefused(String part) {
    String filter = part.repeat(LONG / part.length());

    assertTimeoutPreemptively(FAR_TOO_LONG, () -> {
      for (String whole : List.of(filter, "name = '" + filter, "name IN ('" + filter)) {
        try {
          ModelSearch.models(whole);
          TraceFilter.parse(whole);
        } catch (TrackingException refused) {
          assertThat(refused).hasMessageNotContaining("StackOverflow");
        }
      }
    });
  }

  @Test
  void text_ofManyCharacters_isCompared() {
    String text = "x''".repeat(LONG);

    Clauses.Clause clause = Clauses.parse("name = '" + text + "'").get(0);

    assertThat(Values.test(clause)).accepts(text).rejects("x");
    assertThat(Values.test(Clauses.parse("name IN ('a', '" + text + "')").get(0)))
        .accepts(text, "a")
        .rejects("b");
  }

  @Test
  void comparisons_inGreatNumber_areAllTested() {
    String filter = "name != 'a' AND ".repeat(20_000) + "name != 'last'";

    Predicate<String> all =
        Joined.all(Clauses.parse(filter).stream().map(Values::test).toList());

    assertThat(all).accepts("b").rejects("a", "last");
  }

  @Test
  void like_withManyWildcards_endsSoon() {
    String pattern = "%a".repeat(2_000) + "%b";

    assertTimeoutPreemptively(
        FAR_TOO_LONG,
        () -> assertThat(Matchers.like(pattern, false))
            .rejects("a".repeat(20_000))
            .accepts("a".repeat(20_000) + "b"));
  }

  @Test
  void like_withWildcards_fitsAsInSql() {
    assertThat(Matchers.like("a%b_d", false))
        .accepts("ab1d", "axxb\ud83d\ude00d")
        .rejects("abd", "Ab1d");
    assertThat(Matchers.like("A%Ä", true)).accepts("aä", "axÄ").rejects("a");
    assertThat(Matchers.like("", false)).accepts("").rejects("a");
    assertThat(Matchers.like("%", false)).accepts("", "a\nb");
    assertThat(Matchers.like("a.c", false)).accepts("a.c").rejects("abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a|aa)+$", "(.*a){30}$", "(a*)*b"})
  void regex_thatBacktracksForEver_isGivenUp(String regex) {
    Predicate<String> test = Matchers.regex(regex);

    assertTimeoutPreemptively(
        FAR_TOO_LONG,
        () -> assertThatThrownBy(() -> test.test("a".repeat(5_000) + "!"))
            .isInstanceOf(TrackingException.class)
            .hasMessageContaining(
                "The fake tracking server gave up the regular expression '" + regex));
  }

  @Test
  void regex_thatNeedsTooMuchStack_isGivenUp() {
    assertThat(Matchers.regex("(".repeat(LONG))).rejects("(");
    assertThatThrownBy(() -> Matchers.regex("(?:a|b)*c").test("a".repeat(1_000_000)))
        .isInstanceOf(TrackingException.class)
        .hasMessageContaining("too complex");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "*a", "a{2,1}"})
  void regex_thatIsWrong_isFoundNowhere(String regex) {
    assertThat(Matchers.regex(regex)).rejects("", "a", regex);
  }

  @Test
  void regex_onManyTexts_findsWithinItsBudget() {
    Predicate<String> test = Matchers.regex("^tool-[0-9]+$");

    for (int i = 0; i < 10_000; i++) {
      assertThat(test.test("tool-" + i)).isTrue();
      assertThat(test.test("agent-" + i)).isFalse();
    }
  }
}
