package io.github.tracingharness.core.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.testing.JsonValues;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Lengths are of code points, and no character is cut in two. */
class TextsPropertyTest {

  @Provide
  Arbitrary<String> texts() {
    return JsonValues.texts();
  }

  @Provide
  Arbitrary<String> units() {
    return JsonValues.units();
  }

  @Property
  void cut_anyText_isItsLongestBeginningWithinTheLimit(
      @ForAll("texts") String text, @ForAll @IntRange(max = 45) int limit) {
    String cut = Texts.cut(text, limit);

    assertThat(text).startsWith(cut);
    assertThat(length(cut)).isEqualTo(Math.min(limit, length(text)));
    assertThat(new String(cut.getBytes(UTF_8), UTF_8)).isEqualTo(cut);
    assertThat(Texts.cut(cut, limit)).isEqualTo(cut);
  }

  @Property
  void ellipsize_anyText_isTheTextOrItsBeginningWithDots(
      @ForAll("texts") String text, @ForAll @IntRange(min = 3, max = 45) int limit) {
    String shown = Texts.ellipsize(text, limit);

    if (length(text) <= limit) {
      assertThat(shown).isEqualTo(text);
    } else {
      assertThat(length(shown)).isEqualTo(limit);
      assertThat(shown).isEqualTo(Texts.cut(text, limit - 3) + "...");
    }
    assertThat(new String(shown.getBytes(UTF_8), UTF_8)).isEqualTo(shown);
    assertThat(Texts.ellipsize(shown, limit)).isEqualTo(shown);
  }

  @Property
  void wellFormed_anyUnits_canBeCarriedByUtf8(@ForAll("units") String units) {
    String text = Texts.wellFormed(units);

    assertThat(new String(text.getBytes(UTF_8), UTF_8)).isEqualTo(text);
    // Java's own encoder replaces each lone surrogate by a question mark, too.
    assertThat(text).isEqualTo(new String(units.getBytes(UTF_8), UTF_8));
    assertThat(Texts.wellFormed(text)).isEqualTo(text);
  }

  private static int length(String text) {
    return (int) text.codePoints().count();
  }
}
