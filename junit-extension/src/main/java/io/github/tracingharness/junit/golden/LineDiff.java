package io.github.tracingharness.junit.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows which lines of two texts differ, with a few equal ones around them. */
final class LineDiff {

  private static final int CONTEXT = 2;

  /** Beyond this the table of common lines would be too large; the texts are then shown whole. */
  private static final long MAX_CELLS = 4_000_000;

  private record Line(char mark, String text) {}

  private LineDiff() {}

  /** Returns the difference, or empty if the texts are equal. */
  static Optional<String> of(String expected, String found) {
    return expected.equals(found)
        ? Optional.empty()
        : Optional.of(shown(lines(expected.lines().toList(), found.lines().toList())));
  }

  private static List<Line> lines(List<String> expected, List<String> found) {
    List<Line> result = new ArrayList<>();
    if ((expected.size() + 1L) * (found.size() + 1L) > MAX_CELLS) {
      expected.forEach(line -> result.add(new Line('-', line)));
      found.forEach(line -> result.add(new Line('+', line)));
      return result;
    }
    int[][] common = new int[expected.size() + 1][found.size() + 1];
    for (int i = expected.size() - 1; i >= 0; i--) {
      for (int j = found.size() - 1; j >= 0; j--) {
        common[i][j] = expected.get(i).equals(found.get(j))
            ? common[i + 1][j + 1] + 1
            : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < expected.size() || j < found.size()) {
      if (i < expected.size() && j < found.size() && expected.get(i).equals(found.get(j))) {
        result.add(new Line(' ', expected.get(i)));
        i++;
        j++;
      } else if (j == found.size()
          || (i < expected.size() && common[i + 1][j] >= common[i][j + 1])) {
        result.add(new Line('-', expected.get(i++)));
      } else {
        result.add(new Line('+', found.get(j++)));
      }
    }
    return result;
  }

  private static String shown(List<Line> lines) {
    StringBuilder text = new StringBuilder();
    boolean gap = false;
    for (int i = 0; i < lines.size(); i++) {
      if (isNearAChange(lines, i)) {
        text.append(gap ? "\n  …" : "");
        text.append('\n')
            .append(lines.get(i).mark())
            .append(' ')
            .append(lines.get(i).text());
        gap = false;
      } else {
        gap = true;
      }
    }
    return text.append(gap ? "\n  …" : "").substring(1);
  }

  private static boolean isNearAChange(List<Line> lines, int at) {
    int last = Math.min(lines.size() - 1, at + CONTEXT);
    for (int i = Math.max(0, at - CONTEXT); i <= last; i++) {
      if (lines.get(i).mark() != ' ') {
        return true;
      }
    }
    return false;
  }
}
