package io.github.tracingharness.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CommandWordsTest {

  @Test
  void split_quotesAndBackslashes_areThoseOfAShell() {
    assertThat(CommandWords.split("  python3  my\\ driver.py 'a b' \"c 'd'\" '' e\"f\"g "))
        .containsExactly("python3", "my driver.py", "a b", "c 'd'", "", "efg");
    assertThat(CommandWords.split("   ")).isEmpty();
  }

  @Test
  void split_openQuote_isRefused() {
    assertThatThrownBy(() -> CommandWords.split("python3 'driver.py"))
        .isInstanceOf(UsageException.class)
        .hasMessage("a quote (') is not closed in: python3 'driver.py");
  }
}
