package io.github.tracingharness.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {

  @Test
  void clean_controlAndFormatCharacters_areWrittenOut() {
    assertThat(SafeText.clean("a\u001b[31m\u0000\u202e\ud800\u007fé漢🎉\tb\nc"))
        .isEqualTo("a\\x1b[31m\\x00\\u202e\\ud800\\x7fé漢🎉    b\nc");
  }

  @Test
  void wrap_longLines_breakAtSpacesAndKeepTheIndent() {
    assertThat(SafeText.wrap("expected one two three\n   found four five six", 14))
        .containsExactly("expected one", "two three", "   found four", "   five six");
  }

  @Test
  void wrap_wordLongerThanTheLine_isBrokenButNotInsideACharacter() {
    assertThat(SafeText.wrap("abcdefghi🎉jkl", 10)).containsExactly("abcdefghi", "🎉jkl");
  }

  @Test
  void cut_lines_becomeOneOfThatLength() {
    assertThat(SafeText.cut("expected a\n   found b", 80)).isEqualTo("expected a; found b");
    assertThat(SafeText.cut("x".repeat(100), 10)).isEqualTo("xxxxxxx...");
  }

  @Test
  void cutInside_longLine_keepsItsEnd() {
    assertThat(SafeText.cutInside("PUT /a/very/long/path => 200", 20))
        .isEqualTo("PUT /a/...ath => 200");
    assertThat(SafeText.cutInside("PUT /a => 200", 20)).isEqualTo("PUT /a => 200");
  }
}
