package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.TraceMetadataKey;
import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.junit.picture.TracePicture;
import io.github.tracingharness.server.StoredTrace;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on what a trace is besides its spans, open to extension.
 *
 * @param <SELF> type of the assertion itself
 * @since 0.1.0
 */
public abstract class AbstractTraceInfoAssert<SELF extends AbstractTraceInfoAssert<SELF>>
    extends AbstractAssert<SELF, StoredTrace> {

  /** Creates assertions on a trace. */
  protected AbstractTraceInfoAssert(@Nullable StoredTrace actual, Class<?> selfType) {
    super(actual, selfType);
  }

  /**
   * Verifies the state of the trace.
   *
   * <pre>{@code
   * assertThat(okTrace).hasState(TraceState.OK);    // passes
   * assertThat(okTrace).hasState(TraceState.ERROR); // fails
   * }</pre>
   */
  public SELF hasState(TraceState expected) {
    isNotNull();
    if (!actual.state().equals(expected.name())) {
      fail("to have state " + expected + " but it is " + actual.state());
    }
    return myself;
  }

  /** Verifies the duration, which is stored in milliseconds. */
  public SELF hasDuration(Duration expected) {
    isNotNull();
    if (!actual.executionDuration().equals(Optional.of(expected))) {
      fail("to have the duration " + Words.millis(expected) + " but " + durationText());
    }
    return myself;
  }

  /**
   * Verifies that the duration, which is stored in milliseconds, is within bounds.
   *
   * <pre>{@code
   * assertThat(trace).hasDurationBetween(Duration.ofMillis(250), Duration.ofSeconds(5));
   * }</pre>
   *
   * @param shortest least duration that passes
   * @param longest greatest duration that passes
   */
  public SELF hasDurationBetween(Duration shortest, Duration longest) {
    isNotNull();
    if (actual
        .executionDuration()
        .filter(found -> found.compareTo(shortest) >= 0 && found.compareTo(longest) <= 0)
        .isEmpty()) {
      fail("to have a duration from " + Words.millis(shortest) + " to " + Words.millis(longest)
          + " but " + durationText());
    }
    return myself;
  }

  /** Verifies a tag. */
  public SELF hasTag(String key, String value) {
    isNotNull();
    requireEntry("tag", "tags", actual.tags(), key, value);
    return myself;
  }

  /** Verifies that there is no tag with that key. */
  public SELF doesNotHaveTag(String key) {
    isNotNull();
    requireNoEntry("tag", actual.tags(), key);
    return myself;
  }

  /** Verifies a metadata value. */
  public SELF hasMetadata(String key, String value) {
    isNotNull();
    requireEntry("metadata value", "metadata", actual.metadata(), key, value);
    return myself;
  }

  /** Verifies that there is no metadata value with that key. */
  public SELF doesNotHaveMetadata(String key) {
    isNotNull();
    requireNoEntry("metadata value", actual.metadata(), key);
    return myself;
  }

  /** Verifies the preview of the request. */
  public SELF hasRequestPreview(String expected) {
    isNotNull();
    requireText("request preview", actual.requestPreview(), expected);
    return myself;
  }

  /** Verifies the preview of the response. */
  public SELF hasResponsePreview(String expected) {
    isNotNull();
    requireText("response preview", actual.responsePreview(), expected);
    return myself;
  }

  /** Verifies the id that the application gave to the request. */
  public SELF hasClientRequestId(String expected) {
    isNotNull();
    requireText("client request id", actual.clientRequestId(), expected);
    return myself;
  }

  /** Verifies that a version of a prompt is linked to the trace. */
  public SELF hasPrompt(String name, String version) {
    isNotNull();
    String prompt = name + "/" + version;
    if (!actual.prompts().contains(prompt)) {
      fail("to be linked to the prompt " + Words.quoted(prompt) + " but its prompts are: "
          + Words.list(actual.prompts()) + Words.nearest(prompt, actual.prompts()));
    }
    return myself;
  }

  /**
   * Verifies that exactly these prompts are linked to the trace, in any order.
   *
   * <pre>{@code
   * assertThat(trace).hasPrompts("greeting/2", "rules/7"); // passes
   * assertThat(trace).hasPrompts();                        // fails: there are two
   * }</pre>
   *
   * @param prompts each as name, slash, version; none for no prompts at all
   */
  public SELF hasPrompts(String... prompts) {
    isNotNull();
    List<String> wanted = Arrays.stream(prompts).sorted().toList();
    if (!wanted.equals(actual.prompts().stream().sorted().toList())) {
      fail("to be linked to exactly the prompts " + Words.list(wanted) + " but its prompts are: "
          + Words.list(actual.prompts()));
    }
    return myself;
  }

  /** Verifies the experiment that the trace belongs to. */
  public SELF isInExperiment(String experimentId) {
    isNotNull();
    if (!actual.experimentId().equals(experimentId)) {
      fail("to be in experiment " + experimentId + " but it is in " + actual.experimentId());
    }
    return myself;
  }

  /** Verifies how many tokens all language models of the trace used together. */
  public SELF hasTokenUsage(long input, long output, long total) {
    isNotNull();
    Map<String, Long> wanted = new LinkedHashMap<>();
    wanted.put("input_tokens", input);
    wanted.put("output_tokens", output);
    wanted.put("total_tokens", total);
    String found = actual.metadata().get(TraceMetadataKey.TOKEN_USAGE);
    if (found == null) {
      fail("to have the token usage " + PythonJson.dumps(wanted) + " but it has none");
    } else {
      JsonTree.difference(JsonTree.of(wanted), JsonTree.read(found))
          .ifPresent(difference -> fail("to have the token usage\n  " + PythonJson.dumps(wanted)
              + "\nbut it is\n  " + found + "\n" + difference));
    }
    return myself;
  }

  /**
   * Verifies that the trace has size statistics which agree with themselves and with the trace:
   * they count its spans, no span is greater than the whole, the percentiles ascend, and the size
   * that is stored beside them is the same.
   */
  public SELF hasConsistentSizeStatistics() {
    isNotNull();
    Optional<SizeStatistics> statistics = SizeStatistics.of(actual.metadata());
    if (statistics.isEmpty()) {
      fail("to have size statistics but its metadata are:\n" + Words.entries(actual.metadata()));
    } else {
      List<String> complaints =
          statistics.get().complaints(actual.spans().size(), actual.metadata());
      if (!complaints.isEmpty()) {
        fail("to have consistent size statistics but\n- " + String.join("\n- ", complaints));
      }
    }
    return myself;
  }

  /** Verifies that the size of the trace in bytes, as announced by its sender, is within bounds. */
  public SELF hasSizeBetween(long leastBytes, long mostBytes) {
    isNotNull();
    String found = actual.metadata().get(TraceMetadataKey.SIZE_BYTES);
    boolean within = false;
    if (found != null && found.matches("\\d{1,18}")) {
      long bytes = Long.parseLong(found);
      within = bytes >= leastBytes && bytes <= mostBytes;
    }
    if (!within) {
      fail("to have a size from " + leastBytes + " to " + mostBytes + " bytes but "
          + (found == null ? "it announces none" : "it announces " + found));
    }
    return myself;
  }

  private void requireEntry(
      String kind, String kinds, Map<String, String> entries, String key, String value) {
    String found = entries.get(key);
    if (found == null) {
      fail("to have a " + kind + " " + Words.quoted(key) + " but its " + kinds + " are:\n"
          + Words.entries(entries) + Words.nearest(key, entries.keySet()));
    } else if (!found.equals(value)) {
      fail("to have a " + kind + " " + Words.quoted(key) + " with value " + Words.quoted(value)
          + " but it is " + Words.quoted(found));
    }
  }

  private void requireNoEntry(String kind, Map<String, String> entries, String key) {
    if (entries.containsKey(key)) {
      fail("not to have a " + kind + " " + Words.quoted(key) + " but it is "
          + Words.quoted(entries.get(key)));
    }
  }

  private void requireText(String kind, Optional<String> found, String expected) {
    if (!found.equals(Optional.of(expected))) {
      fail("to have the " + kind + "\n  " + Words.quoted(expected) + "\nbut "
          + found.map(text -> "it is\n  " + Words.quoted(text)).orElse("it has none"));
    }
  }

  private String durationText() {
    return actual
        .executionDuration()
        .map(found -> "it is " + Words.millis(found))
        .orElse("it is unknown");
  }

  /** Fails with the expectation, what is instead, and a picture of the trace. */
  void fail(String expectation) {
    failWithMessage(
        "%s",
        "Expecting trace\n  " + actual.traceId() + "\n" + expectation + "\n\n"
            + TracePicture.of(actual));
  }
}
