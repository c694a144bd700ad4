package io.github.tracingharness.conformance.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.check.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One case: a scripted server, steps for the subject, and named checks over the recorded history.
 *
 * @param id stable id such as {@code MLF-EXPORT-001}; never reused, never derived from an order
 * @param title what it shows, as a sentence in the present tense
 * @param family group of cases, lower case, such as {@code export}
 * @param requirement key of the requirement that it tests
 * @param needs capabilities beyond those that follow from steps, configuration and spans, as
 *     {@code kind:name}
 * @param destination where the session sends
 * @param collector the collector of a case with an OTLP destination
 * @param config configuration of the session, keys of the driver protocol; a text may hold
 *     {@code ${secret:NAME}}, replaced by a random secret of the run; with a collector
 *     {@code ${endpoint}}, {@code ${closed}} and the names of PEM files; with a tracking server
 *     {@code ${other}}, its address under another host name
 * @param given what the server is told before the session opens
 * @param steps what is done, in order
 * @param checks controls and checks, judged independently of each other
 * @param refusal what it means that an exporter refuses this configuration at start
 * @param alone whether it must run without other cases beside it, because it measures time
 * @param budget upper limit of the whole run, for a reader and for the deadlines
 */
public record ConformanceCase(
    String id,
    String title,
    String family,
    String requirement,
    Set<String> needs,
    CaseDestination destination,
    CollectorSetup collector,
    ObjectNode config,
    Consumer<CaseServer> given,
    List<Step> steps,
    List<NamedCheck> checks,
    Refusal refusal,
    boolean alone,
    Duration budget) {

  /** What it means that an exporter refuses the configuration of a case at start. */
  public enum Refusal {
    /** The case fails. */
    FAILS,
    /** The exporter deviates, without failing. */
    DEVIATES,
    /** The checks decide. */
    JUDGED
  }

  /** Limit of a case that states none: 20 seconds. */
  public static final Duration DEFAULT_BUDGET = Duration.ofSeconds(20);

  /** Keeps copies of the collections. */
  public ConformanceCase {
    needs = Set.copyOf(needs);
    steps = List.copyOf(steps);
    checks = List.copyOf(checks);
  }

  /** Starts the description of a case. */
  public static Builder conformanceCase(String id) {
    return new Builder(id);
  }

  /** Describes a case; ends with {@link #build()}. */
  public static final class Builder {

    private static final Pattern ID = Pattern.compile("[A-Z]+(-[A-Z0-9]+)+-[0-9]{3}");

    private final String id;
    private final Set<String> needs = new HashSet<>();
    private final ObjectNode config = JsonNodeFactory.instance.objectNode();
    private final List<Step> steps = new ArrayList<>();
    private final List<NamedCheck> checks = new ArrayList<>();
    private String title = "";
    private String family = "";
    private @Nullable String requirement;
    private CaseDestination destination = CaseDestination.MLFLOW_V3;
    private Consumer<CaseServer> given = server -> {};
    private CollectorSetup collector = CollectorSetup.PLAIN;
    private Refusal refusal = Refusal.FAILS;
    private boolean alone;
    private boolean negative;
    private Duration budget = DEFAULT_BUDGET;

    private Builder(String id) {
      if (!ID.matcher(id).matches()) {
        throw new IllegalArgumentException(
            "a case id looks like MLF-EXPORT-001, but this one is " + id);
      }
      this.id = id;
    }

    /** Says what the case shows. */
    public Builder title(String title) {
      this.title = title;
      return this;
    }

    /** Names the group of the case. */
    public Builder family(String family) {
      this.family = family;
      return this;
    }

    /** Names the requirement that the checks test unless they name another. */
    public Builder requirement(String key) {
      this.requirement = key;
      return this;
    }

    /** Adds a capability that does not follow from the rest, such as {@code signal:log}. */
    public Builder needs(String capability) {
      needs.add(capability);
      return this;
    }

    /** Says where the session sends; an experiment of an MLflow tracking server otherwise. */
    public Builder destination(CaseDestination where) {
      this.destination = where;
      return this;
    }

    /** Says which collector an OTLP destination is; a plain one otherwise. */
    public Builder collector(CollectorSetup setup) {
      this.collector = setup;
      return this;
    }

    /** Allows the exporter to refuse the configuration at start: a deviation, but no failure. */
    public Builder mayRefuse() {
      this.refusal = Refusal.DEVIATES;
      return this;
    }

    /** Leaves it to the checks what a refusal of the configuration at start is worth. */
    public Builder judgesRefusal() {
      this.refusal = Refusal.JUDGED;
      return this;
    }

    /** Sets a configuration key of the session. */
    public Builder config(String key, JsonNode value) {
      config.set(key, value);
      return this;
    }

    /** Sets a configuration key of the session. */
    public Builder config(String key, boolean value) {
      config.put(key, value);
      return this;
    }

    /** Sets a configuration key of the session. */
    public Builder config(String key, long value) {
      config.put(key, value);
      return this;
    }

    /** Sets a configuration key of the session. */
    public Builder config(String key, String value) {
      config.put(key, value);
      return this;
    }

    /** Says what the server is told before the session opens. */
    public Builder given(Consumer<CaseServer> setup) {
      this.given = this.given.andThen(setup);
      return this;
    }

    /** Adds steps. */
    public Builder when(Step... more) {
      steps.addAll(List.of(more));
      return this;
    }

    /** Adds a positive control. */
    public Builder control(String checkId, Check check) {
      return add(checkId, null, true, check);
    }

    /** Adds a check of the case's own requirement. */
    public Builder then(String checkId, Check check) {
      return add(checkId, null, false, check);
    }

    /** Adds a check of another requirement. */
    public Builder then(String checkId, String requirementKey, Check check) {
      return add(checkId, requirementKey, false, check);
    }

    /** Adds a negative check ("none", "at most", "never"), which makes a control mandatory. */
    public Builder never(String checkId, Check check) {
      negative = true;
      return add(checkId, null, false, check);
    }

    /** Adds a negative check of another requirement. */
    public Builder never(String checkId, String requirementKey, Check check) {
      negative = true;
      return add(checkId, requirementKey, false, check);
    }

    /** Lets the case run without others beside it, because it measures time. */
    public Builder alone() {
      this.alone = true;
      return this;
    }

    /** Sets the limit of the whole run. */
    public Builder budget(Duration budget) {
      this.budget = budget;
      return this;
    }

    private Builder add(String checkId, @Nullable String key, boolean control, Check check) {
      String requirementKey = key == null ? requirement : key;
      if (requirementKey == null) {
        throw new IllegalStateException(id + ": name the requirement before the checks");
      }
      if (checks.stream().anyMatch(c -> c.id().equals(checkId))) {
        throw new IllegalStateException(id + ": check " + checkId + " stands twice");
      }
      checks.add(new NamedCheck(checkId, requirementKey, control, check));
      return this;
    }

    /**
     * Returns the case.
     *
     * @throws IllegalStateException if a part is missing, or if it has a negative check but no
     *     control
     */
    public ConformanceCase build() {
      if (title.isEmpty() || family.isEmpty() || requirement == null || steps.isEmpty()) {
        throw new IllegalStateException(
            id + ": title, family, requirement and steps are mandatory");
      }
      if (checks.stream().allMatch(NamedCheck::control)) {
        throw new IllegalStateException(id + ": a case without a check says nothing");
      }
      if (negative && checks.stream().noneMatch(NamedCheck::control)) {
        throw new IllegalStateException(
            id + ": a negative check needs a positive control in the same history");
      }
      return new ConformanceCase(
          id,
          title,
          family,
          requirement,
          needs,
          destination,
          collector,
          config,
          given,
          steps,
          checks,
          refusal,
          alone,
          budget);
    }
  }
}
