/**
 * What tracing costs, measured by JMH beside the peers in one run.
 *
 * <p>{@link io.github.tracingharness.benchmarks.BenchCommand} plans the runs, shows the progress
 * and prints a table in which every score stands beside its ratio to the peer of its group. Each
 * benchmark has one parameter that names the contender; contenders run in forks of their own, so
 * that one's profile does not spoil another's. No benchmark of the pipeline uses the fake tracking
 * server: they end in a transport or an exporter that takes everything at once.
 *
 * <p>Only ratios of one run are comparable. A score says as much about the machine, and what else
 * it was doing, as about the code.
 */
@NullMarked
package io.github.tracingharness.benchmarks;

import org.jspecify.annotations.NullMarked;
