package io.github.tracingharness.server.search;

import io.github.tracingharness.server.state.TrackingException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The right side of a comparison, and how it is compared with texts. */
final class Values {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

  private Values() {}

  static boolean isNumber(String written) {
    return NUMBER.matcher(written).matches();
  }

  static boolean isQuoted(String written) {
    return Scanner.isQuoted(written);
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
      case "LIKE" -> Matchers.like(wanted, false);
      case "ILIKE" -> Matchers.like(wanted, true);
      default -> Matchers.regex(wanted);
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

  private static List<String> list(String value) {
    return Scanner.quotedTexts(value).stream().map(Values::unquote).toList();
  }
}
