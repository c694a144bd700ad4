package io.github.tracingharness.server.differential;

import java.util.List;

/** The names, ids and short texts of conversations: few, so that requests meet. */
final class RandomNames {

  private final Choice choice;

  RandomNames(Choice choice) {
    this.choice = choice;
  }

  String experiment() {
    return choice.pick(List.of("${e0}", "${e0}", "${e0}", "${e0}", "${e1}", "${e2}", "99999999"));
  }

  String traceName() {
    return "t" + choice.number(4);
  }

  String trace() {
    return choice.number(15) == 0 ? "tr-unknown" : "${" + traceName() + "}";
  }

  String key() {
    return choice.pick(List.of(
        "color",
        "size",
        "mlflow.traceName",
        "a b",
        "a/b",
        "k\u00e4",
        "color",
        "mlflow.note",
        "a'b"));
  }

  String value() {
    return choice.pick(
        List.of("red", "blue", "", "5", "it's", "\u00e4\ud83d\ude00", "x".repeat(300)));
  }

  String pair() {
    return "\"key\":\"" + key() + "\",\"value\":\"" + value() + "\"";
  }

  String pairs() {
    return "[{" + pair() + "},{\"key\":\"other\",\"value\":\"" + value() + "\"}]";
  }

  String tagFilter() {
    return choice.pick(List.of("tags.color", "tag.size", "tags.`a b`")) + " "
        + choice.pick(List.of("=", "!=", "LIKE", "ILIKE")) + " '"
        + choice.pick(List.of("red", "r%", "%")) + "'";
  }
}
