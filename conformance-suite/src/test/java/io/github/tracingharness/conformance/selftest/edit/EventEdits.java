package io.github.tracingharness.conformance.selftest.edit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.HarnessFault;
import io.github.tracingharness.conformance.history.HistoryEvent.Log;
import io.github.tracingharness.conformance.history.HistoryEvent.ProcessEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Released;
import io.github.tracingharness.conformance.history.HistoryEvent.Signal;
import io.github.tracingharness.conformance.selftest.edit.HistoryEdit.Edited;
import java.util.List;
import java.util.stream.Stream;

/** Log lines, releases of held answers, and what happens to the process. */
final class EventEdits {

  private EventEdits() {}

  static List<HistoryEdit> all(Pool pool) {
    return List.of(
        new HistoryEdit(
            "log-all-dropped",
            "Nothing is logged",
            h -> h.logs().isEmpty()
                ? Stream.empty()
                : Stream.of(new Edited("log", Places.without(h, e -> e instanceof Log)))),
        new HistoryEdit(
            "log-dropped",
            "A line is not logged",
            h -> Places.eachDropped(h, Log.class, l -> "log")),
        new HistoryEdit(
            "log-level-lowered",
            "All lines are logged for debugging alone",
            h -> Places.all(h, Log.class, l -> RecordCopy.with(l, "level", "DEBUG"))),
        new HistoryEdit(
            "log-text-changed",
            "All lines say nothing",
            h -> Places.all(h, Log.class, l -> RecordCopy.with(l, "text", "something happened"))),
        new HistoryEdit(
            "log-secret",
            "A secret is logged",
            h -> Stream.of(new Edited(
                "log",
                Places.with(h, new Log(1, "INFO", "edit", "token " + RequestEdits.SECRET))))),
        new HistoryEdit(
            "log-foreign",
            "A line of another case is logged as an error",
            h -> pool.logs().stream()
                .map(l -> new Edited("log", Places.with(h, RecordCopy.with(l, "level", "ERROR"))))),
        new HistoryEdit(
            "release-by-limit",
            "Held answers are let go since time is over",
            h -> Places.each(
                h,
                Released.class,
                r -> "release",
                r -> RecordCopy.with(r, "reason", "limit", "at", r.at() + 4_000_000_000L))),
        new HistoryEdit(
            "release-at-once",
            "Answers are not held at all",
            h -> Places.each(h, Released.class, r -> "release", r -> RecordCopy.with(r, "at", 0L))),
        new HistoryEdit(
            "release-missing",
            "Held answers are never let go",
            h -> Places.eachDropped(h, Released.class, r -> "release")),
        process("process-crashed", "The process crashes", "crashed"),
        process("process-deadline", "An operation is not answered in time", "deadline"),
        process("process-protocol", "The driver breaks the protocol", "protocol"),
        new HistoryEdit(
            "process-stderr-secret",
            "A secret is written to stderr",
            h -> Stream.of(new Edited(
                "process",
                Places.with(
                    h, new ProcessEvent(1, "stderr", "token " + RequestEdits.SECRET, null))))),
        new HistoryEdit(
            "signal-secret",
            "A secret stands in an event of the driver",
            h -> Stream.of(new Edited(
                "signal",
                Places.with(
                    h,
                    new Signal(
                        1,
                        JsonNodeFactory.instance.objectNode().put("note", RequestEdits.SECRET)))))),
        new HistoryEdit(
            "process-exit-code",
            "The process ends with another code",
            h -> Places.each(
                h,
                ProcessEvent.class,
                EventEdits::place,
                e -> e.code() == null ? e : RecordCopy.with(e, "code", e.code() + 3))),
        new HistoryEdit(
            "process-event-dropped",
            "The end of the process is not seen",
            h -> h.all(ProcessEvent.class).stream()
                .filter(e -> e.what().equals("exited"))
                .map(e -> new Edited(place(e), Places.without(h, x -> x == e)))),
        new HistoryEdit(
            "harness-fault",
            "The harness fails",
            h -> Stream.of(new Edited("harness", Places.with(h, new HarnessFault(1, "edited"))))));
  }

  private static String place(ProcessEvent event) {
    return "process " + event.what();
  }

  private static HistoryEdit process(String id, String words, String what) {
    return new HistoryEdit(
        id,
        words,
        h -> Stream.of(new Edited(
            "process", Places.with(h, new ProcessEvent(last(h), what, "edited", null)))));
  }

  private static long last(CaseHistory history) {
    return history.events().stream().mapToLong(HistoryEvent::at).max().orElse(0);
  }
}
