package io.github.tracingharness.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of the reference, whole and in two shards, and what merging makes of the shards. */
class MergeCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  private static Path runs;

  @TempDir
  private Path directory;

  private final StringWriter err = new StringWriter();

  /** A list in which one case of either shard is known to fail, though it does not. */
  private static Path expectations;

  @BeforeAll
  static void runWholeAndInShards() throws IOException {
    expectations = runs.resolve("expected.yaml");
    Files.writeString(expectations, """
        subject: reference
        entries:
          - match: "MLF-SIZE-001"
            checks: [sizes]
            reason: only said here
        """);
    assertThat(run("whole")).isEqualTo(4);
    run("one", "--shard", "1/2");
    run("two", "--shard", "2/2");
  }

  private static int run(String name, String... more) {
    List<String> all = new ArrayList<>(List.of("run", "--case", "size", "--case", "export"));
    all.addAll(List.of("--seed", "7", "--expect", expectations.toString()));
    all.addAll(List.of("--out", runs.resolve(name).toString()));
    all.addAll(List.of(more));
    return HarnessCommand.commandLine().execute(all.toArray(String[]::new));
  }

  private int merge(Path... parts) {
    List<String> all = new ArrayList<>(List.of("merge", "--out", directory.toString()));
    all.addAll(List.of("--expect", expectations.toString()));
    for (Path part : parts) {
      all.add(part.toString());
    }
    return HarnessCommand.commandLine()
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  @Test
  void shards_ofOnePlan_haveEachCaseOnce() throws IOException {
    List<String> shards = new ArrayList<>(ids("one"));
    assertThat(shards).isNotEmpty();
    assertThat(ids("two")).isNotEmpty();
    shards.addAll(ids("two"));

    assertThat(shards).containsExactlyInAnyOrderElementsOf(ids("whole"));
  }

  @Test
  void merge_allShards_hasCountsCasesAndExitCodeOfTheWholeRun() throws IOException {
    assertThat(merge(runs.resolve("two"), runs.resolve("one"))).isEqualTo(4);

    JsonNode merged = report(directory);
    JsonNode whole = report(runs.resolve("whole"));
    assertThat(merged.path("counts")).isEqualTo(whole.path("counts"));
    assertThat(verdicts(merged)).isEqualTo(verdicts(whole));
    assertThat(merged.path("warnings")).isEqualTo(whole.path("warnings"));
    assertThat(merged.path("seed")).isEqualTo(whole.path("seed"));
    assertThat(directory).isDirectoryContaining("glob:**/TEST-conformance.xml");
  }

  @Test
  void merge_allShards_writesAHistoryThatCanBeJudged() throws IOException {
    merge(runs.resolve("one").resolve("run.ndjson"), runs.resolve("two"));
    Path again = directory.resolve("again");

    int code = HarnessCommand.commandLine()
        .execute(
            "judge",
            directory.resolve("run.ndjson").toString(),
            "--expect",
            expectations.toString(),
            "--out",
            again.toString());

    assertThat(code).isEqualTo(4);
    assertThat(verdicts(report(again))).isEqualTo(verdicts(report(directory)));
  }

  @Test
  void merge_missingShard_endsWithTwoAndNamesIt() {
    assertThat(merge(runs.resolve("one"))).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "shard 2/2 is missing; give the directories of all 2 shards" + System.lineSeparator());
  }

  @Test
  void merge_sameShardTwice_endsWithTwo() throws IOException {
    Path copy = changed("one", head -> {});

    assertThat(merge(runs.resolve("one"), copy)).isEqualTo(2);
    assertThat(err.toString()).contains("are both shard 1/2").hasLineCount(1);
  }

  @Test
  void merge_shardsOfDifferentRuns_endsWithTwoAndSaysWhatDiffers() throws IOException {
    Map<String, Consumer<ObjectNode>> changes = new TreeMap<>();
    changes.put("the seed is 7 and 8", head -> head.put("seed", 8));
    changes.put("the suite is", head -> head.put("suite", "9.9"));
    changes.put("the command is reference and other", head -> head.put("arguments", "other"));
    changes.put(
        "the version of the subject is",
        head -> ((ObjectNode) head.path("subject")).put("version", "0.0"));
    changes.put(
        "the selection of cases is", head -> ((ObjectNode) head.path("plan")).put("digest", "x"));
    changes.put(
        "does not say which shard it is; it was written by an older version",
        head -> head.remove("plan"));

    for (Map.Entry<String, Consumer<ObjectNode>> change : changes.entrySet()) {
      err.getBuffer().setLength(0);
      assertThat(merge(runs.resolve("one"), changed("two", change.getValue()))).isEqualTo(2);
      assertThat(err.toString()).contains(change.getKey()).hasLineCount(1);
    }
  }

  @Test
  void merge_overlappingShards_endsWithTwoAndNamesTheCase() throws IOException {
    List<String> one = Files.readAllLines(runs.resolve("one").resolve("run.ndjson"));
    List<String> two = Files.readAllLines(runs.resolve("two").resolve("run.ndjson"));
    List<String> both = new ArrayList<>(two.subList(0, two.size() - 1));
    both.addAll(one.subList(1, one.size()));
    Path file = Files.write(directory.resolve("two.ndjson"), both);

    assertThat(merge(runs.resolve("one"), file)).isEqualTo(2);
    assertThat(err.toString()).contains("both have the case MLF-");
  }

  @Test
  void merge_shardThatWasCutOff_endsWithTwo() throws IOException {
    List<String> two = Files.readAllLines(runs.resolve("two").resolve("run.ndjson"));
    Path file = Files.write(directory.resolve("two.ndjson"), two.subList(0, two.size() - 1));

    assertThat(merge(runs.resolve("one"), file)).isEqualTo(2);
    assertThat(err.toString()).contains("two.ndjson is cut off: its last line is missing");
  }

  @Test
  void merge_shardWithoutACaseOfIts_endsWithTwo() throws IOException {
    List<String> two =
        new ArrayList<>(Files.readAllLines(runs.resolve("two").resolve("run.ndjson")));
    String lost = "\"case\":\"" + ids("two").get(0) + "\"";
    int begin = 0;
    while (!two.get(begin).contains(lost)) {
      begin++;
    }
    int end = begin;
    while (!two.get(end).contains("\"line\":\"case-end\"")) {
      end++;
    }
    two.subList(begin, end + 1).clear();
    Path file = Files.write(directory.resolve("two.ndjson"), two);

    assertThat(merge(runs.resolve("one"), file)).isEqualTo(2);
    assertThat(err.toString()).contains("cases together, but").hasLineCount(1);
  }

  private Path changed(String name, Consumer<ObjectNode> change) throws IOException {
    List<String> lines = Files.readAllLines(runs.resolve(name).resolve("run.ndjson"));
    ObjectNode head = (ObjectNode) JSON.readTree(lines.get(0));
    change.accept(head);
    lines.set(0, head.toString());
    return Files.write(directory.resolve(name + ".ndjson"), lines);
  }

  private static JsonNode report(Path directory) throws IOException {
    return JSON.readTree(Files.readString(directory.resolve("report.json")));
  }

  private static List<String> ids(String name) throws IOException {
    List<String> ids = new ArrayList<>();
    report(runs.resolve(name)).path("cases").forEach(c -> ids.add(c.path("id").asText()));
    return ids;
  }

  private static Map<String, String> verdicts(JsonNode report) {
    Map<String, String> verdicts = new TreeMap<>();
    report
        .path("cases")
        .forEach(c -> verdicts.put(
            c.path("id").asText(),
            c.path("verdict").asText() + c.path("message").asText()));
    return verdicts;
  }
}
