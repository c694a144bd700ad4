package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Command;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.HistoryEvent.Gap;
import io.github.tracingharness.conformance.history.HistoryEvent.HarnessFault;
import io.github.tracingharness.conformance.history.HistoryEvent.Log;
import io.github.tracingharness.conformance.history.HistoryEvent.ProcessEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Released;
import io.github.tracingharness.conformance.history.HistoryEvent.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws a history over time as SVG: a lane for the driver's commands, one for each connection's
 * requests, one for what else happened. The transcript below it says the same in words.
 */
final class HtmlTimeline {

  private static final int MAX_LANES = 10;
  private static final int BAR_CHARS = 280;
  private static final int MIN_BARS = 16;
  private static final int MAX_BARS = 300;
  private static final int WIDTH = 960;
  private static final int GUTTER = 132;
  private static final int RIGHT = 16;
  private static final int LANE = 26;
  private static final int BAR = 16;
  private static final int CHAR = 7;
  private static final int AXIS = 22;

  private final CaseHistory history;
  private final double nanosPerPixel;
  private final long end;
  private final Html svg = new Html();
  private final Map<Integer, Integer> laneOfConnection = new LinkedHashMap<>();
  private final Map<Integer, List<Bar>> bars = new TreeMap<>();
  private final int maxBars;
  private int drawn;

  private record Bar(double x, double width, String style, String label, String title) {}

  private HtmlTimeline(CaseHistory history, int allowance) {
    this.history = history;
    this.maxBars = Math.max(MIN_BARS, Math.min(MAX_BARS, allowance / BAR_CHARS));
    long last = history.durationMs() * 1_000_000;
    for (HistoryEvent event : history.events()) {
      last = Math.max(last, event instanceof Exchange e ? e.answeredAt() : event.at());
    }
    this.end = Math.max(last, 1_000_000);
    this.nanosPerPixel = (double) end / (WIDTH - GUTTER - RIGHT);
  }

  /**
   * Returns the drawing, or nothing where nothing happened.
   *
   * @param allowance number of characters that the drawing may have, roughly; what comes first in
   *     the history is drawn, and the drawing says when something is missing
   */
  static String of(CaseHistory history, int allowance) {
    return history.events().isEmpty() ? "" : new HtmlTimeline(history, allowance).draw();
  }

  private String draw() {
    for (Exchange exchange : history.exchanges()) {
      laneOfConnection.computeIfAbsent(
          exchange.connection(), c -> Math.min(laneOfConnection.size(), MAX_LANES - 1) + 1);
    }
    int connections = Math.min(laneOfConnection.size(), MAX_LANES);
    int marks = connections + 1;
    int height = AXIS + (marks + 1) * LANE + (isCut() ? LANE : 4);
    svg.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + height,
        "class",
        "timeline",
        "role",
        "img",
        "aria-label",
        label());
    axis(height);
    gaps(height);
    lane(0, "driver");
    laneOfConnection.forEach((connection, lane) -> {
      if (lane < MAX_LANES) {
        lane(lane, "connection " + connection);
      }
    });
    if (laneOfConnection.size() >= MAX_LANES) {
      lane(
          MAX_LANES,
          laneOfConnection.size() == MAX_LANES
              ? "connection " + lastConnection()
              : (laneOfConnection.size() - MAX_LANES + 1) + " connections");
    }
    lane(marks, "log, process");
    commands();
    history.exchanges().forEach(this::exchange);
    bars.forEach(this::bars);
    EventWords.inOrder(history).forEach(event -> mark(event, marks));
    if (drawn > maxBars) {
      String note = "the first " + maxBars + " of " + drawn + " bars and marks are drawn";
      svg.element(
          "text",
          note,
          "class",
          "name",
          "x",
          String.valueOf(GUTTER),
          "y",
          String.valueOf(height - 8));
    }
    return svg.close("svg").toString();
  }

  private boolean isCut() {
    return history.events().size() > maxBars;
  }

  private int lastConnection() {
    return new ArrayList<>(laneOfConnection.keySet()).get(laneOfConnection.size() - 1);
  }

  private String label() {
    return "Timeline of " + EventWords.count(history.all(Command.class).size(), "command") + " and "
        + EventWords.count(history.exchanges().size(), "request") + " in "
        + EventWords.millis(end) + " ms; the transcript below holds the same";
  }

  private void axis(int height) {
    double step = step(end / 1e6);
    for (double tick = 0; tick <= end / 1e6; tick += step) {
      String x = number(x((long) (tick * 1e6)));
      svg.open(
              "line",
              "class",
              "tick",
              "x1",
              x,
              "x2",
              x,
              "y1",
              String.valueOf(AXIS),
              "y2",
              String.valueOf(height))
          .close("line");
      svg.element(
          "text", number(tick) + (tick == 0 ? " ms" : ""), "class", "axis", "x", x, "y", "14");
    }
  }

  /** Returns the distance of ticks, 1, 2 or 5 times a power of ten, so that there are 4 to 9. */
  static double step(double total) {
    double power = Math.pow(10, Math.floor(Math.log10(total / 4)));
    double factor = total / 4 / power;
    return power * (factor >= 5 ? 5 : factor >= 2 ? 2 : 1);
  }

  private void gaps(int height) {
    for (Gap gap : history.all(Gap.class)) {
      double to = x(gap.at());
      double from = Math.max(GUTTER, to - gap.millis() * 1e6 / nanosPerPixel);
      svg.open(
              "rect",
              "class",
              "gap",
              "x",
              number(from),
              "y",
              String.valueOf(AXIS),
              "width",
              number(Math.max(1, to - from)),
              "height",
              String.valueOf(height - AXIS))
          .element("title", EventWords.line(gap))
          .close("rect");
    }
  }

  private void lane(int lane, String name) {
    String y = String.valueOf(AXIS + (lane + 1) * LANE);
    svg.open("line", "class", "lane", "x1", "0", "x2", String.valueOf(WIDTH), "y1", y, "y2", y)
        .close("line");
    svg.element(
        "text", name, "class", "name", "x", "0", "y", String.valueOf(AXIS + lane * LANE + 18));
  }

  private void commands() {
    Map<Long, Reply> replies = new HashMap<>();
    history.all(Reply.class).forEach(r -> replies.putIfAbsent(r.id(), r));
    for (Command command : history.all(Command.class)) {
      Reply reply = replies.get(command.id());
      long until = reply == null ? end : reply.at();
      String style = reply == null
          ? "bar bad"
          : reply.kind() == HistoryEvent.ReplyKind.OK ? "bar command" : "bar odd";
      String words = command.op() + ", " + EventWords.millis(until - command.at()) + " ms"
          + (reply == null ? ", never answered" : "");
      bar(0, command.at(), until, style, command.op(), words);
    }
  }

  private void exchange(Exchange exchange) {
    int lane = laneOfConnection.getOrDefault(exchange.connection(), 1);
    String style = exchange.status() == 0 || exchange.status() >= 500
        ? "bar bad"
        : exchange.status() >= 300 ? "bar odd" : "bar request";
    String label = name(exchange) + " "
        + (exchange.status() == 0 ? "broken" : String.valueOf(exchange.status()));
    bar(lane, exchange.at(), exchange.answeredAt(), style, label, EventWords.line(exchange));
  }

  private static String name(Exchange exchange) {
    return exchange.endpoint().equals("OTHER")
        ? exchange.path().substring(exchange.path().lastIndexOf('/') + 1)
        : exchange.endpoint().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void bar(int lane, long from, long to, String style, String label, String title) {
    if (drawn++ < maxBars) {
      double width = Math.max(3, (to - from) / nanosPerPixel);
      bars.computeIfAbsent(lane, l -> new ArrayList<>())
          .add(new Bar(x(from), width, style, label, title));
    }
  }

  private void bars(int lane, List<Bar> inLane) {
    inLane.sort(Comparator.comparingDouble(Bar::x));
    for (int i = 0; i < inLane.size(); i++) {
      double next = i + 1 < inLane.size() ? inLane.get(i + 1).x() : WIDTH;
      draw(inLane.get(i), next, AXIS + lane * LANE + (LANE - BAR) / 2);
    }
  }

  private void draw(Bar bar, double next, int y) {
    svg.open(
            "rect",
            "class",
            bar.style(),
            "x",
            number(bar.x()),
            "y",
            String.valueOf(y),
            "width",
            number(bar.width()),
            "height",
            String.valueOf(BAR),
            "rx",
            "2")
        .element("title", bar.title())
        .close("rect");
    double textWidth = bar.label().length() * CHAR;
    boolean inside = textWidth + 8 < bar.width();
    double textX = inside ? bar.x() + 5 : bar.x() + bar.width() + 4;
    if (inside || textX + textWidth < next) {
      svg.element(
          "text",
          bar.label(),
          "class",
          inside ? "in" : "beside",
          "x",
          number(textX),
          "y",
          String.valueOf(y + 12));
    }
  }

  private void mark(HistoryEvent event, int lane) {
    String style;
    if (event instanceof Log log) {
      style = log.level().equals("ERROR") || log.level().equals("WARN") ? "mark loud" : "mark";
    } else if (event instanceof HarnessFault) {
      style = "mark bad";
    } else if (event instanceof ProcessEvent process) {
      boolean sound = List.of("started", "exited", "stderr").contains(process.what());
      style = sound ? "mark process" : "mark bad";
    } else if (event instanceof Released) {
      style = "mark release";
    } else {
      return;
    }
    int y = AXIS + lane * LANE + LANE / 2;
    svg.open(
            "circle",
            "class",
            style,
            "cx",
            number(x(event.at())),
            "cy",
            String.valueOf(y),
            "r",
            "4.5")
        .element("title", EventWords.line(event))
        .close("circle");
  }

  private double x(long nanos) {
    return GUTTER + nanos / nanosPerPixel;
  }

  private static String number(double value) {
    long tenths = Math.round(value * 10);
    return tenths % 10 == 0 ? String.valueOf(tenths / 10) : tenths / 10 + "." + tenths % 10;
  }
}
