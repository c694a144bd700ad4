package io.github.tracingharness.core.client;

import io.github.tracingharness.core.trace.Trace;
import io.github.tracingharness.core.trace.TraceInfo;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what a tracking server has, enough for tests and small tools. All calls block, are retried
 * as the pipeline's settings say, and may be made by many threads; none may be made after the
 * pipeline's shutdown.
 *
 * @since 0.1.0
 */
public interface TrackingReader {

  /**
   * Returns what is known of a trace as a whole.
   *
   * @throws TrackingException if there is no such trace ({@link TrackingException#isNotFound()}) or
   *     the server does not answer
   */
  TraceInfo getTraceInfo(String traceId) throws TrackingException;

  /**
   * Returns a trace with its spans, from where the server keeps them: its own store, artifacts, or
   * on Databricks the storage behind it. Traces in Unity Catalog cannot be read.
   *
   * @throws TrackingException if there is no such trace ({@link TrackingException#isNotFound()}),
   *     its spans are not there yet, or the server does not answer
   */
  Trace getTrace(String traceId) throws TrackingException;

  /**
   * Returns one page of traces of experiments, without their spans.
   *
   * @throws TrackingException if the server does not answer or does not understand the search
   */
  Page<TraceInfo> searchTraces(List<String> experimentIds, Search search) throws TrackingException;

  /**
   * Returns all traces of experiments that a search finds, page by page as they are taken. A page
   * that fails throws an {@link IllegalStateException} with the {@link TrackingException} as its
   * cause.
   */
  Stream<TraceInfo> streamTraces(List<String> experimentIds, Search search);

  /**
   * Returns an experiment.
   *
   * @throws TrackingException if there is no such experiment
   *     ({@link TrackingException#isNotFound()}) or the server does not answer
   */
  ExperimentInfo getExperiment(String experimentId) throws TrackingException;

  /**
   * Returns the experiment of a name, or empty if there is none.
   *
   * @throws TrackingException if the server does not answer
   */
  Optional<ExperimentInfo> findExperiment(String name) throws TrackingException;

  /**
   * Creates an experiment and returns its id.
   *
   * @throws TrackingException if there is one of that name or the server does not answer
   */
  String createExperiment(String name) throws TrackingException;

  /**
   * Returns one page of experiments that are not deleted.
   *
   * @throws TrackingException if the server does not answer or does not understand the search
   */
  Page<ExperimentInfo> searchExperiments(Search search) throws TrackingException;
}
