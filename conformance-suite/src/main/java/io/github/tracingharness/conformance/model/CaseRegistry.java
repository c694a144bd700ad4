package io.github.tracingharness.conformance.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** All cases by id, in the order of their families. */
public final class CaseRegistry {

  private final Map<String, ConformanceCase> byId;

  private CaseRegistry(Map<String, ConformanceCase> byId) {
    this.byId = byId;
  }

  /**
   * Collects cases.
   *
   * @throws IllegalStateException if an id stands twice
   */
  public static CaseRegistry of(Collection<ConformanceCase> cases) {
    Map<String, ConformanceCase> byId = new LinkedHashMap<>();
    for (ConformanceCase each : cases) {
      if (byId.put(each.id(), each) != null) {
        throw new IllegalStateException("case id " + each.id() + " stands twice");
      }
    }
    return new CaseRegistry(byId);
  }

  /** Returns all cases. */
  public List<ConformanceCase> all() {
    return new ArrayList<>(byId.values());
  }

  /** Returns the case of that id, if there is one. */
  public Optional<ConformanceCase> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * Returns the cases whose id or family matches a glob such as {@code MLF-RETRY-*} or
   * {@code retry}.
   */
  public List<ConformanceCase> matching(String glob) {
    Pattern pattern = glob(glob);
    return byId.values().stream()
        .filter(c ->
            pattern.matcher(c.id()).matches() || pattern.matcher(c.family()).matches())
        .toList();
  }

  /** Returns a pattern for a glob, in which {@code *} stands for any characters. */
  public static Pattern glob(String glob) {
    StringBuilder regex = new StringBuilder();
    for (String literal : glob.split("(?<=\\*)|(?=\\*)", -1)) {
      regex.append(literal.equals("*") ? ".*" : Pattern.quote(literal));
    }
    return Pattern.compile(regex.toString());
  }
}
