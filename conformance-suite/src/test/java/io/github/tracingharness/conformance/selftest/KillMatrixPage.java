package io.github.tracingharness.conformance.selftest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.selftest.KillMatrix.Turned;
import io.github.tracingharness.conformance.selftest.edit.HistoryEdit;
import io.github.tracingharness.conformance.selftest.edit.HistoryEdits;
import io.github.tracingharness.conformance.selftest.edit.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Renders {@code docs/kill-matrix.html} from the reviewed files and the registry, so that the same
 * files give the same page.
 */
final class KillMatrixPage {

  static final Path PAGE = Path.of("..", "docs", "kill-matrix.html");

  private static final Path TEMPLATE =
      Path.of("src", "test", "resources", "kill-matrix", "page.html");

  private KillMatrixPage() {}

  static void write() throws IOException {
    Files.writeString(PAGE, render());
  }

  static String render() throws IOException {
    KillMatrix matrix = KillMatrix.read();
    List<String> mutants = List.copyOf(matrix.mutants().keySet());
    List<HistoryEdit> edits = HistoryEdits.all(Pool.of(List.of()));
    List<String> editIds = edits.stream().map(HistoryEdit::id).toList();
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ArrayNode editList = data.putArray("edits");
    edits.forEach(e -> editList.addObject().put("id", e.id()).put("words", e.words()));
    ArrayNode mutantList = data.putArray("mutants");
    matrix.mutants().values().forEach(m -> {
      ObjectNode mutant = mutantList
          .addObject()
          .put("name", m.name())
          .put("killer", String.join(", ", m.killers()));
      m.families().forEach(mutant.putArray("families")::add);
    });
    ArrayNode cases = data.putArray("cases");
    for (ConformanceCase c : SelfTestRun.allCases()) {
      ObjectNode each =
          cases.addObject().put("id", c.id()).put("title", c.title()).put("family", c.family());
      ArrayNode checks = each.putArray("checks");
      c.checks().forEach(k -> {
        ObjectNode check = checks.addObject().put("id", k.id()).put("control", k.control());
        Turned by = matrix.checks().getOrDefault(c.id() + "/" + k.id(), Turned.none());
        by.edits().forEach(id -> check.withArray("edits").add(editIds.indexOf(id)));
        by.mutants().forEach(m -> check.withArray("mutants").add(mutants.indexOf(m)));
      });
    }
    ArrayNode verdict = data.putArray("verdict");
    matrix
        .checks()
        .getOrDefault(EditMatrix.VERDICT, Turned.none())
        .edits()
        .forEach(id -> verdict.add(editIds.indexOf(id)));
    // A closing tag in a text must not end the script.
    String json = data.toString().replace("</", "<\\/").replace("{\"id\":\"", "\n{\"id\":\"");
    return Files.readString(TEMPLATE).replace("\"DATA\"", json);
  }
}
