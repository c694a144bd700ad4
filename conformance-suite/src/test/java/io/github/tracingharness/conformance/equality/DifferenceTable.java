package io.github.tracingharness.conformance.equality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The differences that are known: a table in {@code docs/differences.md} with the columns
 * scenarios, request, field, Python, ours, reason. In requests, fields and values {@code …} stands
 * for any text. Scenarios are {@code any}, of which at least one must show the difference, or
 * names, of which each must.
 */
final class DifferenceTable {

  private static final Path DOCUMENT = Path.of("..", "docs", "differences.md");
  private static final int COLUMNS = 6;
  private static final String ANY = "any";

  private final List<Row> rows;

  private DifferenceTable(List<Row> rows) {
    this.rows = rows;
  }

  private record Row(
      List<String> scenarios,
      String request,
      String field,
      String python,
      String ours,
      String line) {

    boolean names(Difference found) {
      return (scenarios.contains(ANY) || scenarios.contains(found.scenario()))
          && matches(request, found.request())
          && matches(field, found.field())
          && matches(python, found.python())
          && matches(ours, found.ours());
    }

    /** The scenarios that should show this difference and do not. */
    List<String> missingIn(List<Difference> found) {
      List<String> shown =
          found.stream().filter(this::names).map(Difference::scenario).toList();
      return scenarios.contains(ANY)
          ? (shown.isEmpty() ? scenarios : List.of())
          : scenarios.stream().filter(name -> !shown.contains(name)).toList();
    }

    private static boolean matches(String pattern, String text) {
      String regex = Arrays.stream(pattern.split("…", -1))
          .map(Pattern::quote)
          .collect(Collectors.joining(".*"));
      return text.matches("(?s)" + regex);
    }
  }

  /** Reads the table below a heading of {@code docs/differences.md}. */
  static DifferenceTable below(String heading) throws IOException {
    return parse(Files.readString(DOCUMENT), heading);
  }

  /**
   * Reads the rows of the table below a heading.
   *
   * @throws AssertionError if there is no such heading, or a row has not the columns or no reason
   */
  static DifferenceTable parse(String markdown, String heading) {
    int start = markdown.indexOf("## " + heading + "\n");
    if (start < 0) {
      throw new AssertionError("no heading: " + heading);
    }
    int end = markdown.indexOf("\n## ", start);
    List<Row> rows = markdown
        .substring(start, end < 0 ? markdown.length() : end)
        .lines()
        .filter(line -> line.startsWith("|"))
        .filter(line -> !line.startsWith("|---") && !line.startsWith("| scenarios |"))
        .map(DifferenceTable::row)
        .toList();
    return new DifferenceTable(rows);
  }

  private static Row row(String line) {
    List<String> cells = Arrays.stream(line.substring(1).split("\\|", -1))
        .map(cell -> cell.strip().replaceAll("^`(.*)`$", "$1"))
        .toList();
    if (cells.size() != COLUMNS + 1 || cells.get(COLUMNS - 1).isEmpty()) {
      throw new AssertionError("not a row with " + COLUMNS + " columns and a reason: " + line);
    }
    return new Row(
        List.of(cells.get(0).split(", ")),
        cells.get(1),
        cells.get(2),
        cells.get(3),
        cells.get(4),
        line);
  }

  /** Says what is wrong: differences that no row names, and rows that name none. */
  List<String> disagreements(List<Difference> found) {
    List<String> wrong = new ArrayList<>();
    found.stream()
        .filter(difference -> rows.stream().noneMatch(row -> row.names(difference)))
        .forEach(difference -> wrong.add("not listed: " + difference));
    for (Row row : rows) {
      List<String> missing = row.missingIn(found);
      if (!missing.isEmpty()) {
        wrong.add("listed, but not found in " + String.join(", ", missing) + ": " + row.line());
      }
    }
    return wrong;
  }
}
