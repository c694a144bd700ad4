package io.github.tracingharness.server.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The first answer of a conversation that is another one.
 *
 * @param steps all requests up to the one that was answered in another way
 * @param parts what is different, a sentence each
 */
record Difference(List<Step> steps, List<String> parts, Answer real, Answer fake) {

  private static final int SHOWN = 1500;

  static List<String> between(Map<String, String> real, Map<String, String> fake) {
    List<String> parts = new ArrayList<>();
    TreeSet<String> all = new TreeSet<>(real.keySet());
    all.addAll(fake.keySet());
    for (String part : all) {
      String wanted = real.getOrDefault(part, "absent");
      String found = fake.getOrDefault(part, "absent");
      if (!wanted.equals(found)) {
        parts.add(part + " is " + shortened(found) + " instead of " + shortened(wanted));
      }
    }
    return parts;
  }

  Step last() {
    return steps.get(steps.size() - 1);
  }

  /** What differences of one cause have in common: the kind of request and what is different. */
  String signature() {
    String first = parts.get(0).replaceAll("«[^»]*»|[0-9]+", "#");
    return last().kind() + ": " + first;
  }

  @Override
  public String toString() {
    return last().kind() + ", answered in another way than by the real server after "
        + steps.size() + " request(s):" + Step.print(steps) + "\n  " + String.join("\n  ", parts)
        + "\n  real: " + real.status() + " " + shortened(real.body()) + "\n  fake: "
        + fake.status() + " " + shortened(fake.body()) + "\n";
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
