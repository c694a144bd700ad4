/**
 * Entry to the reference implementation of MLflow tracing on the JVM.
 *
 * <p>{@link io.github.tracingharness.core.MlflowTracing} builds one pipeline: tracer, processor,
 * trace manager, export queue, exporter, tracking client. The packages stand in that order and
 * depend on each other in that direction only.
 *
 * <p>Settings are read once, when the pipeline is built: from the builder, else from the system
 * property, else from the environment, both under MLflow's variable names. A wrong value stops the
 * build with a sentence that names setting, value and what is allowed, where MLflow would go on
 * with tracing silently switched off.
 */
@NullMarked
package io.github.tracingharness.core;

import org.jspecify.annotations.NullMarked;
