package io.github.tracingharness.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Settings of the pipeline and the server of each test. The annotation nearest to the test counts
 * as a whole: that of the method, else of its class, else of the class around it. It may be used as
 * a meta-annotation.
 *
 * @since 0.1.0
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface TracingConfig {

  /** Returns whether traces are exported in the background; default true. */
  boolean async() default true;

  /** Returns how often a failed request is sent again; default 7, as in MLflow. */
  int maxRetries() default 7;

  /**
   * Returns the base of the growing waits between attempts in seconds; default 0, so that a test of
   * retries does not wait. MLflow's own default is 2.
   */
  double backoffSeconds() default 0;

  /** Returns the limit of one HTTP attempt in milliseconds; default 30,000. */
  long requestTimeoutMillis() default 30_000;

  /** Returns how many traces may wait for their export; default 1000. */
  int maxQueueSize() default 1000;

  /** Returns how many traces are exported at once; default 10. */
  int maxWorkers() default 10;

  /** Returns how many spans travel together to Unity Catalog; default 5. */
  int maxSpanBatchSize() default 5;

  /** Returns how long a span waits for its batch to become full, in milliseconds; default 5000. */
  long maxBatchIntervalMillis() default 5000;

  /**
   * Returns the name of the experiment where traces are stored; by default that of the test class
   * and method. A real server, where names are unique, gets it with a random end.
   */
  String experiment() default "";

  /**
   * Returns the schema of Unity Catalog where traces are stored, as {@code catalog.schema}; the
   * server then plays a Databricks workspace. By default an experiment of each test's own.
   */
  String unityCatalogSchema() default "";

  /**
   * Returns the share of the traces that are recorded, 0 to 1; default 1. The system property
   * {@code MLFLOW_TRACE_SAMPLING_RATIO} comes first, if it is set.
   */
  double samplingRatio() default 1;

  /**
   * Returns whether the server stores spans that it gets by OTLP; default true. A server that does
   * not gets them as an uploaded file.
   */
  boolean serverStoresSpans() default true;

  /** Returns how long the server waits before each answer, in milliseconds; default 0. */
  long latencyMillis() default 0;

  /** Returns what goes wrong on the server; default nothing. */
  ServerFault[] faults() default {};

  /**
   * Returns whether a test that passed fails nevertheless when something went wrong beside its
   * assertions, and it did not ask for {@link Traces#warnings()}; default false. What counts is
   * listed there.
   */
  boolean strict() default false;

  /** Returns how long {@link Traces} waits by default, in milliseconds; default 5000. */
  long awaitMillis() default 5000;
}
