package io.github.tracingharness.conformance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.engine.Shard;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Joins the recorded parts of a run. Refuses parts that do not make up exactly one run. */
final class Merge {

  /** What all parts must say alike, as JSON pointers into the first line, and its name. */
  private static final Map<String, String> ALIKE = alike();

  private Merge() {}

  private static Map<String, String> alike() {
    Map<String, String> alike = new LinkedHashMap<>();
    alike.put("/subject/name", "subject");
    alike.put("/subject/version", "version of the subject");
    alike.put("/subject/driver", "driver");
    alike.put("/arguments", "command");
    alike.put("/suite", "suite");
    alike.put("/plan/digest", "selection of cases");
    alike.put("/plan/shards", "number of shards");
    alike.put("/seed", "seed");
    return alike;
  }

  /**
   * Returns the whole run.
   *
   * @param parts what stands in each file
   * @throws UsageException if parts belong to different runs, overlap, are cut off or missing
   */
  static HistoryFile.Content of(Map<Path, HistoryFile.Content> parts) {
    Map.Entry<Path, HistoryFile.Content> first = parts.entrySet().iterator().next();
    parts.forEach((file, part) -> checkAlike(first, file, part));
    checkComplete(parts);
    ObjectNode head = first.getValue().head().deepCopy();
    ((ObjectNode) head.path("plan")).put("shard", 1).put("shards", 1);
    List<CaseHistory> histories = new ArrayList<>();
    List<ObjectNode> notRun = new ArrayList<>();
    Map<String, Path> owners = new TreeMap<>();
    long millis = 0;
    for (Map.Entry<Path, HistoryFile.Content> each : parts.entrySet()) {
      HistoryFile.Content part = each.getValue();
      for (String id : caseIds(part)) {
        Path other = owners.put(id, each.getKey());
        if (other != null) {
          throw new UsageException(
              "%s and %s both have the case %s".formatted(other, each.getKey(), id));
        }
      }
      histories.addAll(part.histories());
      notRun.addAll(part.notRun());
      millis += part.end().map(end -> end.path("durationMs").asLong()).orElse(0L);
      String startedAt = part.head().path("startedAt").asText();
      if (startedAt.compareTo(head.path("startedAt").asText()) < 0) {
        head.put("startedAt", startedAt);
      }
    }
    int planned = head.at("/plan/cases").asInt();
    if (owners.size() != planned) {
      throw new UsageException("the shards have %d cases together, but %d were selected"
          .formatted(owners.size(), planned));
    }
    ObjectNode end = JsonNodeFactory.instance.objectNode().put("cases", planned);
    return new HistoryFile.Content(
        head, histories, notRun, Optional.of(end.put("durationMs", millis)));
  }

  private static void checkAlike(
      Map.Entry<Path, HistoryFile.Content> first, Path file, HistoryFile.Content part) {
    if (part.head().path("plan").isMissingNode()) {
      throw new UsageException(
          "%s does not say which shard it is; it was written by an older version of the suite"
              .formatted(file));
    }
    ALIKE.forEach((pointer, name) -> {
      JsonNode expected = first.getValue().head().at(pointer);
      JsonNode found = part.head().at(pointer);
      if (!expected.equals(found)) {
        throw new UsageException("%s and %s are shards of different runs: the %s is %s and %s"
            .formatted(first.getKey(), file, name, expected.asText(), found.asText()));
      }
    });
    if (part.end().isEmpty()) {
      throw new UsageException("%s is cut off: its last line is missing".formatted(file));
    }
  }

  private static void checkComplete(Map<Path, HistoryFile.Content> parts) {
    Map<Integer, Path> byIndex = new TreeMap<>();
    int count = 0;
    for (Map.Entry<Path, HistoryFile.Content> each : parts.entrySet()) {
      Shard shard = Shard.read(each.getValue().head().path("plan"));
      count = shard.count();
      Path other = byIndex.put(shard.index(), each.getKey());
      if (other != null) {
        throw new UsageException(
            "%s and %s are both shard %d/%d".formatted(other, each.getKey(), shard.index(), count));
      }
    }
    List<String> missing = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      if (!byIndex.containsKey(i)) {
        missing.add(i + "/" + count);
      }
    }
    if (!missing.isEmpty()) {
      throw new UsageException("shard %s is missing; give the directories of all %d shards"
          .formatted(String.join(", ", missing), count));
    }
  }

  private static Set<String> caseIds(HistoryFile.Content part) {
    Set<String> ids = new LinkedHashSet<>();
    part.histories().forEach(history -> ids.add(history.caseId()));
    part.notRun().forEach(line -> ids.add(line.path("case").asText()));
    return ids;
  }
}
