package io.github.tracingharness.conformance.drivercheck;

import static io.github.tracingharness.conformance.drivercheck.Conversation.PLENTY;
import static io.github.tracingharness.conformance.drivercheck.Conversation.SESSION;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.driver.DriverException;
import io.github.tracingharness.server.TrackingSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** A whole session with one driver, against a server that answers. */
final class TalkCheck {

  private static final String STRANGE_KEY = "x-unknown.key";

  private final JsonNode capabilities;
  private final Surroundings surroundings;
  private final Consumer<CheckLine> out;
  private final String type;
  private final String make;

  TalkCheck(JsonNode capabilities, Surroundings surroundings, Consumer<CheckLine> out) {
    this.capabilities = capabilities;
    this.surroundings = surroundings;
    this.out = out;
    this.type = capabilities.path("destinations").path(0).asText();
    this.make = makingOp(capabilities);
  }

  /** Returns the op that makes spans: {@code export} where nothing else is declared. */
  static String makingOp(JsonNode capabilities) {
    List<String> pipelines = names(capabilities.path("pipeline"));
    return pipelines.equals(List.of("direct")) ? "export" : "emit";
  }

  static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(name -> names.add(name.asText()));
    return names;
  }

  void run(Conversation talk) {
    String at = "probe";
    TrackingSpace space = surroundings.newSpace(type);
    try {
      int known = talk.problems().size();
      probe(talk);
      at = "open";
      if (!open(talk, space)) {
        return;
      }
      at = make;
      emit(talk);
      at = "unicode";
      refs("unicode", "names in any script come back as they were", talk, Spans.unicode(), 1);
      at = "gen";
      refs("gen", "a gen of 3 makes 3 spans", talk, Spans.generated(), 3);
      at = "big-line";
      refs("big-line", "a command of 1 MB is taken", talk, Spans.big(), 1);
      at = "flush";
      flush(talk, space);
      at = "strange-session";
      talk.call("flush", Spans.timeout(1_000).put("session", "nobody"), PLENTY);
      line("strange-session", "a command for a session that is not open is answered");
      at = "close";
      close(talk);
      schema(talk, known);
    } catch (DriverException e) {
      out.accept(CheckLine.driverFault(at, e.getMessage() + talk.lastWords(), helpFor(e)));
    }
    noise(talk);
  }

  static String helpFor(DriverException e) {
    return switch (e.kind()) {
      case DEADLINE ->
        "flush stdout after each line, and answer each command before the next is read";
      case CRASHED ->
        "catch what a command throws and answer it with error; the loop ends with stdin only";
      case PROTOCOL ->
        "one command, one line: {\"id\": <that of the command>, \"ok\": {…}}; lines without id are events";
    };
  }

  private void line(String name, String text) {
    out.accept(CheckLine.ok(name, text));
  }

  private void probe(Conversation talk) throws DriverException {
    String op = "x-probe-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    ObjectNode answer = talk.call(op, Spans.object(), PLENTY);
    if (answer.has("unsupported")) {
      line("probe", "an op that does not exist is refused, and the id comes back");
    } else {
      out.accept(
          CheckLine.driverFault(
              "probe",
              "the made-up op %s was answered with %s".formatted(op, shorten(answer)),
              "answer every op that you do not know with {\"unsupported\": {\"reason\": …}}; else nothing you say is believed"));
    }
  }

  private boolean open(Conversation talk, TrackingSpace space) throws DriverException {
    ObjectNode config = Surroundings.config(capabilities, Spans.object().put("async", true), type);
    config.put(STRANGE_KEY, 1);
    ObjectNode answer = talk.open(Surroundings.live(type, space), config);
    if (!answer.has("ok")) {
      out.accept(refused("open", answer));
      return false;
    }
    line(
        "open",
        "a session to %s is opened; members that are unknown are passed over".formatted(type));
    List<String> told = new ArrayList<>(names(answer.at("/ok/applied")));
    told.addAll(names(answer.at("/ok/ignored")));
    TreeSet<String> untold = new TreeSet<>();
    config.fieldNames().forEachRemaining(untold::add);
    told.forEach(untold::remove);
    boolean claims = names(answer.at("/ok/applied")).contains(STRANGE_KEY);
    if (claims || !untold.isEmpty()) {
      out.accept(
          CheckLine.driverFault(
              "config",
              claims
                  ? "the key %s, which no driver knows, stands in applied".formatted(STRANGE_KEY)
                  : "%s stands neither in applied nor in ignored"
                      .formatted(String.join(", ", untold)),
              "answer open with each key of config: in applied if the exporter got it, else in ignored"));
    } else {
      line("config", "a key that is not honoured is told as ignored");
    }
    return true;
  }

  private void emit(Conversation talk) throws DriverException {
    ObjectNode answer = talk.inSession(make, Spans.rootAndKid(), PLENTY);
    if (!answer.has("ok")) {
      out.accept(refused(make, answer));
      return;
    }
    JsonNode refs = answer.at("/ok/refs");
    if (!refs.has("root") || !refs.has("kid")) {
      out.accept(CheckLine.driverFault(
          make,
          "refs must name root and kid: " + shorten(answer),
          "answer the ids of every span by its ref"));
    } else if (!refs.at("/root/trace").equals(refs.at("/kid/trace"))
        || refs.at("/root/span").equals(refs.at("/kid/span"))) {
      out.accept(CheckLine.driverFault(
          make,
          "a span and its child must share the trace and have ids of their own: " + shorten(answer),
          "start a span with parent inside of the span of that ref"));
    } else {
      line(make, "a span and its child are made and their ids told");
    }
  }

  private void refs(String name, String text, Conversation talk, ObjectNode spans, int count)
      throws DriverException {
    List<String> wanted = new ArrayList<>();
    spans.path("spans").forEach(span -> wanted.add(span.path("ref").asText()));
    for (int n = 0; n < spans.path("gen").path("count").asInt(); n++) {
      wanted.add("g-" + n);
    }
    ObjectNode answer = talk.inSession(make, spans, PLENTY);
    if (!answer.has("ok")) {
      out.accept(CheckLine.driverFault(
          name,
          "%s was answered with %s, though a plain one was not".formatted(make, shorten(answer)),
          "spans of every kind, gen too, come to the exporter as any others do"));
      return;
    }
    List<String> told = new ArrayList<>();
    answer.at("/ok/refs").fieldNames().forEachRemaining(told::add);
    boolean all = told.size() == count && told.containsAll(wanted);
    out.accept(
        all
            ? CheckLine.ok(name, text)
            : CheckLine.driverFault(
                name,
                "refs must be %s, not %s".formatted(wanted, told),
                name.equals("gen")
                    ? "make count spans of the template; the refs get the suffixes -0, -1 and so on"
                    : "read stdin and write stdout as UTF-8, and keep refs as they are"));
  }

  private void flush(Conversation talk, TrackingSpace space) throws DriverException {
    List<String> ops = names(capabilities.path("ops"));
    String op = ops.contains("flush") ? "flush" : "shutdown";
    if (!ops.contains(op)) {
      out.accept(
          CheckLine.skipped("flush", "neither flush nor shutdown is among capabilities.ops"));
      return;
    }
    ObjectNode answer = talk.inSession(op, Spans.timeout(5_000), PLENTY);
    if (!answer.has("ok")) {
      out.accept(refused(op, answer));
    } else if (space.calls().isEmpty()) {
      out.accept(
          CheckLine.exporterFault(
              op,
              "no request came to destination.endpoint, although spans were made and %s was answered"
                  .formatted(op),
              "point the exporter at destination.endpoint and keep its path in front of every request"));
    } else {
      line(op, "is answered, and requests came to destination.endpoint");
    }
  }

  private void close(Conversation talk) throws DriverException {
    ObjectNode answer = talk.call("close", Spans.object().put("session", SESSION), PLENTY);
    out.accept(answer.has("ok") ? CheckLine.ok("close", "is answered") : refused("close", answer));
  }

  private void schema(Conversation talk, int known) {
    List<String> problems = talk.problems();
    problems.stream()
        .skip(known)
        .distinct()
        .forEach(problem -> out.accept(CheckLine.driverFault(
            "schema",
            problem,
            "schemas/edp-1.schema.json and docs/driver-protocol.md say what is expected")));
    if (problems.size() == known) {
      line("schema", "each answer is valid by schemas/edp-1.schema.json");
    }
  }

  private void noise(Conversation talk) {
    List<String> noise = talk.noise();
    out.accept(
        noise.isEmpty()
            ? CheckLine.ok("noise", "stdout has lines of the protocol only")
            : CheckLine.driverFault(
                "noise",
                "%d lines on stdout are no JSON objects, such as: %s"
                    .formatted(noise.size(), shorten(noise.get(0))),
                "keep file descriptor 1 for the protocol and point it at stderr for all others, before the SDK is loaded"));
  }

  /** Says whose fault an answer is that should have been {@code ok}. */
  static CheckLine refused(String name, ObjectNode answer) {
    JsonNode error = answer.path("error");
    String text = "%s was answered with %s".formatted(name, shorten(answer));
    return switch (error.path("kind").asText()) {
      case "subject" ->
        CheckLine.exporterFault(
            name, text, "the exporter threw: see whether the driver calls it as it should be");
      case "config" ->
        CheckLine.exporterFault(
            name, text, "the exporter refuses its configuration: see what the driver sets");
      default ->
        CheckLine.driverFault(
            name,
            text,
            "hello, open, emit and close are mandatory; spans with unknown members too");
    };
  }

  private static String shorten(Object text) {
    String whole = text.toString();
    return whole.length() <= 300 ? whole : whole.substring(0, 300) + "…";
  }
}
