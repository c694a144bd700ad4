/**
 * The JUnit extension: a traced pipeline and a tracking server for each test.
 *
 * <p>{@link io.github.tracingharness.junit.TracingHarness} resolves parameters. All its state lives
 * in JUnit's stores: one fake server in the root store, closed at the end of the run, and for each
 * test a URL space, an experiment and a pipeline, made when the first of them is asked for and
 * closed when the test has ended. The extension itself is immutable, so tests may run in parallel.
 * The global OpenTelemetry is lent to tests that ask for it by
 * {@link io.github.tracingharness.junit.UsesGlobalOpenTelemetry}, one at a time, and is otherwise
 * never touched.
 *
 * <p>The server behind a test is a space of the fake, or an experiment of a real server where a
 * setting names one ({@link io.github.tracingharness.junit.TracingHarness#TRACKING_URI}), which may
 * be a container that the run starts and stops. A real one is asked for complete traces every 50
 * ms, and its calls are recorded on this side.
 *
 * <p>A test blocks in {@link io.github.tracingharness.junit.Traces} only: it flushes the pipeline,
 * then waits on the server for complete traces, up to a deadline, without sleeping.
 *
 * <p>Packages in their order: {@code picture} draws traces, {@code golden} compares them with
 * files, {@code assertions} asserts on them, this package brings both to a test.
 */
@NullMarked
package io.github.tracingharness.junit;

import org.jspecify.annotations.NullMarked;
