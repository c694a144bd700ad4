package io.github.tracingharness.server.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody thinks of a trace or a span.
 *
 * @param id its id
 * @param name its name, possibly empty
 * @param traceId the trace
 * @param spanId the span, or null
 * @param sourceType what kind of judge it comes from
 * @param sourceId who the judge is
 * @param createMillis when it was made, in milliseconds since 1970
 * @param updateMillis when it was changed last
 * @param kind what it is
 * @param content the member of its JSON that is named by the kind
 * @param rationale why, or null
 * @param metadata its metadata
 * @param overrides the id of the assessment that it takes the place of, or null
 * @param valid false once another one has taken its place
 */
public record Assessment(
    String id,
    String name,
    String traceId,
    @Nullable String spanId,
    String sourceType,
    String sourceId,
    long createMillis,
    long updateMillis,
    Kind kind,
    JsonNode content,
    @Nullable String rationale,
    Map<String, String> metadata,
    @Nullable String overrides,
    boolean valid) {

  /** Kinds of assessments. */
  public enum Kind {
    /** A judgement of what was produced. */
    FEEDBACK("feedback", "Feedback"),
    /** What should have been produced. */
    EXPECTATION("expectation", "Expectation"),
    /** A reference to a known issue; the assessment's name is the issue's id. */
    ISSUE("issue", "IssueReference");

    private final String member;
    private final String title;

    Kind(String member, String title) {
      this.member = member;
      this.title = title;
    }

    /**
     * The member of the JSON that has the content.
     *
     * @return its name
     */
    public String member() {
      return member;
    }

    /**
     * The name in the real server's messages.
     *
     * @return the name
     */
    public String title() {
      return title;
    }
  }

  /** Copies the metadata. */
  public Assessment {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * The same assessment, changed.
   *
   * @param newName the new name
   * @param newContent the new content
   * @param newRationale the new rationale
   * @param moreMetadata metadata to add or replace
   * @param now milliseconds since 1970
   * @return the changed assessment
   */
  public Assessment changed(
      String newName,
      JsonNode newContent,
      @Nullable String newRationale,
      Map<String, String> moreMetadata,
      long now) {
    Map<String, String> all = new LinkedHashMap<>(metadata);
    all.putAll(moreMetadata);
    return new Assessment(
        id,
        newName,
        traceId,
        spanId,
        sourceType,
        sourceId,
        createMillis,
        now,
        kind,
        newContent,
        newRationale,
        all,
        overrides,
        valid);
  }

  Assessment withValid(boolean nowValid) {
    return new Assessment(
        id,
        name,
        traceId,
        spanId,
        sourceType,
        sourceId,
        createMillis,
        updateMillis,
        kind,
        content,
        rationale,
        metadata,
        overrides,
        nowValid);
  }
}
