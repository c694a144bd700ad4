package io.github.tracingharness.server.search;

import io.github.tracingharness.server.state.TrackingException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The right side of a comparison, and how it is compared with texts. */
final class Values {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
  private static final Pattern QUOTED =
      Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"", Pattern.DOTALL);

  private Values() {}

  static boolean isNumber(String written) {
    return NUMBER.matcher(written).matches();
  }

  static boolean isQuoted(String written) {
    return QUOTED.matcher(written).matches();
  }

  static boolean isList(String written) {
    return written.startsWith("(");
  }

  /** Refuses what is neither a text nor a list; lists only where they are allowed. */
  static void requireText(String what, String written, boolean orList) {
    if (isNumber(written) || (isList(written) && !orList)) {
      throw noText(what, written);
    }
    if (!isList(written)) {
      unquote(written);
    }
  }

  static TrackingException noText(String what, String written) {
    return TrackingException.invalid(
        "Expected a quoted string value for " + what + " (e.g. 'my-value'). Got value " + written);
  }

  static String unquote(String written) {
    if (!isQuoted(written)) {
      throw TrackingException.invalid(
          "Parameter value is either not quoted or unidentified quote types used for string value "
              + written
              + ". Use either single or double quotes.");
    }
    return written.substring(1, written.length() - 1);
  }

  static Predicate<String> test(Clauses.Clause clause) {
    String comparator = clause.comparator();
    if (comparator.endsWith("IN")) {
      List<String> wanted = list(clause.value());
      return comparator.equals("IN") ? wanted::contains : actual -> !wanted.contains(actual);
    }
    return test(comparator, unquote(clause.value()));
  }

  static Predicate<String> test(String comparator, String wanted) {
    return switch (comparator) {
      case "=" -> wanted::equals;
      case "!=" -> actual -> !wanted.equals(actual);
      case "LIKE" -> like(wanted, 0).asMatchPredicate();
      case "ILIKE" ->
        like(wanted, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE).asMatchPredicate();
      default -> regex(wanted).asPredicate();
    };
  }

  static boolean compares(int sign, String comparator) {
    return switch (comparator) {
      case ">" -> sign > 0;
      case ">=" -> sign >= 0;
      case "<" -> sign < 0;
      case "<=" -> sign <= 0;
      case "=" -> sign == 0;
      default -> sign != 0;
    };
  }

  private static Pattern regex(String wanted) {
    try {
      return Pattern.compile(wanted);
    } catch (PatternSyntaxException e) {
      throw TrackingException.internal(
          "Invalid regular expression '" + wanted + "': " + e.getDescription());
    }
  }

  private static Pattern like(String wanted, int flags) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < wanted.length(); i++) {
      char c = wanted.charAt(i);
      regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
  }

  private static List<String> list(String value) {
    List<String> items = new ArrayList<>();
    Matcher quoted = QUOTED.matcher(value);
    while (quoted.find()) {
      items.add(unquote(quoted.group()));
    }
    return items;
  }
}
