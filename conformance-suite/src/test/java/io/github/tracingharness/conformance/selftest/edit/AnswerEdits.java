package io.github.tracingharness.conformance.selftest.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Reply;
import io.github.tracingharness.conformance.history.HistoryEvent.ReplyKind;
import io.github.tracingharness.conformance.selftest.edit.HistoryEdit.Edited;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What the driver answered: results, ids, observations, counts and errors. */
final class AnswerEdits {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AnswerEdits() {}

  static List<HistoryEdit> all() {
    return List.of(
        result("success"),
        result("failure"),
        result("timeout"),
        new HistoryEdit(
            "answer-result-missing",
            "An answer tells no result",
            h -> bodies(h, (r, body) -> body.remove("result"))),
        new HistoryEdit(
            "answer-error",
            "An operation throws into the application",
            h -> Places.each(
                h,
                Reply.class,
                Reply::op,
                r -> RecordCopy.with(r, "kind", ReplyKind.ERROR, "body", error("subject")))),
        new HistoryEdit(
            "answer-driver-error",
            "The driver fails at an operation",
            h -> Places.each(
                h,
                Reply.class,
                Reply::op,
                r -> RecordCopy.with(r, "kind", ReplyKind.ERROR, "body", error("driver")))),
        new HistoryEdit(
            "answer-dropped",
            "An operation is not answered",
            h -> Places.eachDropped(h, Reply.class, Reply::op)),
        new HistoryEdit(
            "answer-secret",
            "A secret stands in an answer",
            h -> bodies(h, (r, body) -> body.put("note", RequestEdits.SECRET))),
        new HistoryEdit(
            "answer-refs-removed",
            "No ids of spans are told",
            h -> bodies(h, (r, body) -> body.remove("refs"))),
        new HistoryEdit(
            "answer-ref-removed",
            "The ids of a span are not told",
            h -> refs(h, (refs, name) -> refs.remove(name))),
        new HistoryEdit(
            "answer-trace-changed",
            "A span is said to be of another trace",
            h -> refs(h, (refs, name) -> turn(refs.withObject("/" + pointer(name)), "trace"))),
        new HistoryEdit(
            "answer-span-changed",
            "A span is said to have another id",
            h -> refs(h, (refs, name) -> turn(refs.withObject("/" + pointer(name)), "span"))),
        new HistoryEdit(
            "answer-told-changed",
            "The application saw something else",
            h -> refs(h, AnswerEdits::otherTold)),
        new HistoryEdit(
            "answer-told-removed",
            "The application saw nothing",
            h -> refs(h, (refs, name) -> refs.withObject("/" + pointer(name)).remove("told"))),
        new HistoryEdit(
            "answer-value-changed",
            "A value of an answer is another one",
            h -> values(h, AnswerEdits::otherValue)),
        new HistoryEdit(
            "answer-value-less",
            "A number of an answer is one less",
            h -> values(h, v -> v.isIntegralNumber() ? NODES.numberNode(v.longValue() - 1) : v)),
        new HistoryEdit(
            "answer-callers-slow",
            "The callers were held for a minute",
            h -> bodies(h, (r, body) -> {
              if (r.op().equals("emit")) {
                body.put("caller_total_ns", "60000000000").put("caller_max_ns", "60000000000");
              }
            })));
  }

  private static HistoryEdit result(String outcome) {
    return new HistoryEdit(
        "answer-" + outcome,
        "An operation tells " + outcome,
        h -> bodies(h, (r, body) -> {
          if (body.has("result")) {
            body.put("result", outcome);
          }
        }));
  }

  private static Stream<Edited> bodies(CaseHistory history, BiConsumer<Reply, ObjectNode> edit) {
    return Places.each(history, Reply.class, Reply::op, reply -> {
      if (reply.kind() != ReplyKind.OK || !(reply.body() instanceof ObjectNode body)) {
        return reply;
      }
      ObjectNode changed = body.deepCopy();
      edit.accept(reply, changed);
      return RecordCopy.with(reply, "body", changed);
    });
  }

  /** Changes one of the first refs of an answer at a time. */
  private static Stream<Edited> refs(CaseHistory history, BiConsumer<ObjectNode, String> edit) {
    List<Edited> variants = new ArrayList<>();
    for (Reply reply : history.replies("emit")) {
      List<String> names = new ArrayList<>();
      reply.body().path("refs").fieldNames().forEachRemaining(names::add);
      for (String name : names.subList(0, Math.min(10, names.size()))) {
        ObjectNode changed = reply.body().deepCopy();
        edit.accept((ObjectNode) changed.get("refs"), name);
        if (!changed.equals(reply.body())) {
          HistoryEvent other = RecordCopy.with(reply, "body", changed);
          variants.add(new Edited("emit", Places.replaced(history, reply, other)));
        }
      }
    }
    return variants.stream();
  }

  private interface ValueEdit {
    JsonNode of(JsonNode value);
  }

  /** Changes one value of an answer to {@code observe} or {@code stats} at a time. */
  private static Stream<Edited> values(CaseHistory history, ValueEdit edit) {
    return history.all(Reply.class).stream()
        .filter(r -> !r.op().equals("emit") && r.body().isObject())
        .flatMap(reply -> reply.body().properties().stream().flatMap(member -> {
          JsonNode other = edit.of(member.getValue());
          if (other.equals(member.getValue()) || member.getKey().equals("result")) {
            return Stream.empty();
          }
          ObjectNode changed = reply.body().deepCopy();
          changed.set(member.getKey(), other);
          HistoryEvent event = RecordCopy.with(reply, "body", changed);
          return Stream.of(new Edited(
              reply.op() + " " + member.getKey(), Places.replaced(history, reply, event)));
        }));
  }

  private static JsonNode otherValue(JsonNode value) {
    if (value.isIntegralNumber()) {
      return NODES.numberNode(value.longValue() + 1);
    }
    return value.isTextual() || value.isNull() ? NODES.textNode(value.asText() + "0") : value;
  }

  private static void otherTold(ObjectNode refs, String name) {
    JsonNode told = refs.path(name).path("told");
    for (Map.Entry<String, JsonNode> each : told.properties()) {
      if (each.getValue() instanceof ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        names.forEach(n -> object.put(n, object.get(n).asText().replace('1', '2') + "0"));
      } else {
        ((ObjectNode) told).put(each.getKey(), each.getValue().asText() + "0");
      }
    }
  }

  /** Another id of the same form. */
  private static void turn(ObjectNode ids, String member) {
    String id = ids.path(member).asText();
    if (!id.isEmpty()) {
      char last = id.charAt(id.length() - 1) == '0' ? '1' : '0';
      ids.put(member, id.substring(0, id.length() - 1) + last);
    }
  }

  private static String pointer(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static ObjectNode error(String kind) {
    return NODES.objectNode().put("kind", kind).put("type", "Edit").put("message", "edited");
  }
}
