package io.github.tracingharness.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Lays measurements out as a table: one block per group, its peer first, and the ratio of the
 * others to it.
 */
final class ResultTable {

  /** Contenders that the others of their group are compared with. */
  private static final Set<String> PEERS =
      Set.of("jctools MPSC", "BatchSpanProcessor", "bare client");

  private ResultTable() {}

  static String format(List<Measurement> measurements) {
    Map<String, List<Measurement>> groups = new LinkedHashMap<>();
    for (Measurement one : measurements) {
      groups.computeIfAbsent(one.group(), group -> new ArrayList<>()).add(one);
    }
    int groupWidth = width(groups.keySet().stream().toList(), "benchmark");
    int nameWidth = width(measurements.stream().map(Measurement::contender).toList(), "contender");
    String layout = "%-" + groupWidth + "s  %-" + nameWidth + "s  %12s  %12s  %-6s  %10s  %s%n";
    StringBuilder text = new StringBuilder(String.format(
        Locale.ROOT,
        layout,
        "benchmark",
        "contender",
        "score",
        "error",
        "unit",
        "bytes/op",
        "ratio to the peer"));
    groups.forEach((group, members) -> {
      Measurement peer = peerOf(members);
      for (Measurement one : peerFirst(members, peer)) {
        text.append(String.format(
            Locale.ROOT,
            layout,
            one.equals(peer) ? group : "",
            one.contender(),
            number(one.score()),
            Double.isNaN(one.error()) ? "" : "± " + number(one.error()),
            one.unit(),
            one.bytesPerOp().isPresent() ? number(one.bytesPerOp().getAsDouble()) : "",
            one.equals(peer) ? "peer" : ratio(one, peer)));
      }
    });
    return text.toString();
  }

  private static Measurement peerOf(List<Measurement> members) {
    return members.stream()
        .filter(one -> PEERS.contains(one.contender()))
        .findFirst()
        .orElse(members.get(0));
  }

  private static List<Measurement> peerFirst(List<Measurement> members, Measurement peer) {
    List<Measurement> ordered = new ArrayList<>(members);
    ordered.remove(peer);
    ordered.add(0, peer);
    return ordered;
  }

  private static String ratio(Measurement one, Measurement peer) {
    double error = one.ratioErrorTo(peer);
    return number(one.ratioTo(peer)) + (Double.isNaN(error) ? "" : " ± " + number(error));
  }

  static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
  }

  private static int width(List<String> texts, String title) {
    return texts.stream().mapToInt(String::length).reduce(title.length(), Math::max);
  }
}
