package io.github.tracingharness.server.state;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The assessments of traces; each lives and goes with its trace. Thread-safe. */
public final class AssessmentStore {

  private final TraceStore traces;

  AssessmentStore(TraceStore traces) {
    this.traces = traces;
  }

  /**
   * Finds an assessment.
   *
   * @param traceId the trace's id
   * @param id the assessment's id
   * @return the assessment, or empty
   */
  public Optional<Assessment> find(String traceId, String id) {
    return traces.find(traceId).stream()
        .flatMap(trace -> trace.assessments().stream())
        .filter(assessment -> assessment.id().equals(id))
        .findFirst();
  }

  /**
   * Adds an assessment. One that it overrides is not valid from then on.
   *
   * @param added the assessment
   * @return false if there is no such trace
   */
  public boolean add(Assessment added) {
    return traces.update(added.traceId(), draft -> {
      if (draft.assessments.stream().anyMatch(known -> known.id().equals(added.id()))) {
        throw TrackingException.internal("Failed to create assessment for trace '" + added.traceId()
            + "' due to a constraint violation.");
      }
      String overridden = added.overrides();
      if (overridden != null
          && draft.assessments.stream().noneMatch(known -> known.id().equals(overridden))) {
        throw TrackingException.absent("Assessment with ID '" + overridden
            + "' not found for trace '" + added.traceId() + "'");
      }
      setValid(draft.assessments, overridden, false);
      draft.assessments.add(added);
      return draft;
    });
  }

  /**
   * Changes an assessment.
   *
   * @param traceId the trace's id
   * @param id the assessment's id
   * @param change what to do
   */
  public void change(String traceId, String id, UnaryOperator<Assessment> change) {
    traces.update(traceId, draft -> {
      draft.assessments.replaceAll(known -> known.id().equals(id) ? change.apply(known) : known);
      return draft;
    });
  }

  /**
   * Deletes an assessment, if it exists. One that it had overridden is valid again.
   *
   * @param traceId the trace's id
   * @param id the assessment's id
   */
  public void delete(String traceId, String id) {
    find(traceId, id)
        .ifPresent(gone -> traces.update(traceId, draft -> {
          setValid(draft.assessments, gone.overrides(), true);
          draft.assessments.removeIf(known -> known.id().equals(id));
          return draft;
        }));
  }

  private static void setValid(List<Assessment> all, @Nullable String id, boolean valid) {
    all.replaceAll(known -> known.id().equals(id) ? known.withValid(valid) : known);
  }
}
