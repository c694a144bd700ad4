package io.github.tracingharness.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ScannerTest {

  private static final String STRING = "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"";
  /** The rule as a regular expression: clear, but it takes stack for each character. */
  private static final Pattern RULE = Pattern.compile(
      "\\s+|(?:" + STRING + ")|\\((?:" + STRING + "|[^()'\"])*\\)|<>|[<>!]=|==|[=<>]"
          + "|(?:`[^`]*`|(?<=\\.)\"[^\"]*\"|[^\\s'\"()<>=!;,`])+|.",
      Pattern.DOTALL);

  @Test
  void tokens_ofAFilter_areTextsGroupsComparatorsAndWords() {
    assertThat(Scanner.tokens("tags.`a b`='it''s' AND name IN ('x', \"y)\");span.name<>1,"))
        .containsExactly(
            "tags.`a b`",
            "=",
            "'it''s'",
            "AND",
            "name",
            "IN",
            "('x', \"y)\")",
            ";",
            "span.name",
            "<>",
            "1",
            ",");
  }

  @Test
  void tokens_ofRandomTexts_areThoseOfTheRule() {
    Random random = new Random(5);
    for (int i = 0; i < 100_000; i++) {
      String filter = random(random);

      assertThat(Scanner.tokens(filter)).as(filter).isEqualTo(byRule(filter));
      assertThat(Scanner.isQuoted(filter)).as(filter).isEqualTo(filter.matches("(?s)" + STRING));
    }
  }

  @Test
  void quotedTexts_ofAGroup_areItsItems() {
    assertThat(Scanner.quotedTexts("('a', 'b''c', \"d\", 5)"))
        .containsExactly("'a'", "'b''c'", "\"d\"");
  }

  private static String random(Random random) {
    StringBuilder filter = new StringBuilder();
    for (int length = random.nextInt(14); length > 0; length--) {
      filter.append("''\"\"()` a=<>!;,b\n..".charAt(random.nextInt(19)));
    }
    return filter.toString();
  }

  private static List<String> byRule(String filter) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = RULE.matcher(filter);
    while (matcher.find()) {
      if (!matcher.group().isBlank()) {
        tokens.add(matcher.group());
      }
    }
    return tokens;
  }
}
