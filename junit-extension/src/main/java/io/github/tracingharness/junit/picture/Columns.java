package io.github.tracingharness.junit.picture;

import java.util.ArrayList;
import java.util.List;

/** Aligns cells in columns; a cell that begins with {@code >} is set to the right. */
final class Columns {

  private static final String GAP = "  ";

  private Columns() {}

  static List<String> align(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int width = text(row.get(i)).length();
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(widths.get(i), width));
        }
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String cell = text(row.get(i));
      String blank = " ".repeat(widths.get(i) - cell.length());
      if (widths.get(i) > 0) {
        line.append(i == 0 ? "" : GAP)
            .append(row.get(i).startsWith(">") ? blank + cell : cell + blank);
      }
    }
    return line.toString().stripTrailing();
  }

  private static String text(String cell) {
    return cell.startsWith(">") ? cell.substring(1) : cell;
  }
}
