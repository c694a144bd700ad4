package io.github.tracingharness.conformance.scoring;

import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.requirement.Requirement;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A frozen set of requirements.
 *
 * @param set name of the set, such as {@code mlflow-3.17}
 * @param requirements digest of each requirement by its key
 * @param cases ids of its cases
 */
public record SetLock(String set, SortedMap<String, String> requirements, SortedSet<String> cases) {

  /** Keeps copies. */
  public SetLock {
    requirements = new TreeMap<>(requirements);
    cases = new TreeSet<>(cases);
  }

  /** Returns the set as it is now. */
  public static SetLock of(
      String set, RequirementRegistry registry, Collection<ConformanceCase> cases) {
    SortedMap<String, String> requirements = new TreeMap<>();
    for (Requirement requirement : registry.all()) {
      if (requirement.set().equals(set)) {
        requirements.put(requirement.key(), digest(requirement));
      }
    }
    SortedSet<String> ids = new TreeSet<>();
    for (ConformanceCase c : cases) {
      if (requirements.containsKey(c.requirement())) {
        ids.add(c.id());
      }
    }
    return new SetLock(set, requirements, ids);
  }

  /**
   * Reads the lock of a set; empty where the set is not frozen.
   *
   * @throws IllegalStateException if the file is damaged
   */
  public static Optional<SetLock> load(String set) {
    String path = "/sets/" + set + ".lock";
    try (InputStream in = SetLock.class.getResourceAsStream(path)) {
      return in == null
          ? Optional.empty()
          : Optional.of(parse(set, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  static SetLock parse(String set, String text) {
    SortedMap<String, String> requirements = new TreeMap<>();
    SortedSet<String> cases = new TreeSet<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("requirement") && words.length == 3) {
        requirements.put(words[1], words[2]);
      } else if (words[0].equals("case") && words.length == 2) {
        cases.add(words[1]);
      } else if (!line.startsWith("#") && !line.isEmpty()) {
        throw new IllegalStateException(
            "the lock of the set %s is damaged at the line: %s".formatted(set, line));
      }
    }
    return new SetLock(set, requirements, cases);
  }

  /** Returns the text of the lock file. */
  public String text() {
    StringBuilder text = new StringBuilder("# The set " + set
        + ", frozen: ./harness sets --freeze " + set
        + " writes this file. A change of it is looked at like code.\n\n");
    requirements.forEach((key, digest) -> text.append("requirement " + key + " " + digest + "\n"));
    text.append('\n');
    cases.forEach(id -> text.append("case " + id + "\n"));
    return text.toString();
  }

  /** Returns whether a case belonged to the set when it was frozen. */
  public boolean contains(ConformanceCase c) {
    return requirements.containsKey(c.requirement()) && cases.contains(c.id());
  }

  /**
   * Returns what is not any more as it was frozen, a sentence each; what was added is none of that.
   *
   * @param now the set as it is now
   */
  public List<String> broken(SetLock now) {
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, String> each : requirements.entrySet()) {
      String digest = now.requirements().get(each.getKey());
      if (digest == null) {
        problems.add("the requirement " + each.getKey() + " is gone");
      } else if (!digest.equals(each.getValue())) {
        problems.add("the requirement " + each.getKey() + " does not say what it said");
      }
    }
    for (String id : cases) {
      if (!now.cases().contains(id)) {
        problems.add("the case " + id + " is gone");
      }
    }
    return problems;
  }

  private static String digest(Requirement requirement) {
    String content = String.join(
        "\n",
        requirement.key(),
        requirement.level().name(),
        requirement.kind(),
        requirement.text());
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return "sha256:"
          + HexFormat.of().formatHex(sha.digest(content.getBytes(StandardCharsets.UTF_8)), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
