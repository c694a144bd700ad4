/**
 * The cases of MLflow's V3 tracing protocol, one class for each family.
 *
 * <p>A case is a value: server script, steps, controls and checks. Spans are written with
 * {@link io.github.tracingharness.conformance.cases.CaseSpan}, steps with
 * {@link io.github.tracingharness.conformance.cases.Steps}, and checks with the vocabulary of the
 * package {@code check}. What a case needs of a subject follows from its parts; see
 * {@link io.github.tracingharness.conformance.model.CaseNeeds}.
 *
 * <p>Rules for authors: end with a flush or shutdown before counting, since "nothing more arrives"
 * needs a barrier. Set {@code retry.max_attempts} and {@code retry.base_ms} wherever failures are
 * scripted. Speak in refs, never in ids. Give times where times are judged.
 */
@NullMarked
package io.github.tracingharness.conformance.cases;

import org.jspecify.annotations.NullMarked;
