/**
 * Traces and spans that are still open, in memory.
 *
 * <p>{@link io.github.tracingharness.core.manager.TraceManager} is told of every start and end of a
 * span by the span processor, and of tags, inputs and the like by the tracer. A trace is complete
 * when its root and all spans that were started in it have ended, on whatever thread; a flush
 * completes traces whose root has ended without waiting for children that are open. Updates after
 * that have no effect.
 *
 * <p>Locks are taken in the order trace, span, export; none is held while the network is used. The
 * number of open traces is bounded: beyond it the oldest is given up, or exported if its root has
 * ended. There is no age limit unless one is set: a root that is open for hours is exported like
 * any other. With a limit, a daemon thread ends roots that exceed it as failed.
 */
@NullMarked
package io.github.tracingharness.core.manager;

import org.jspecify.annotations.NullMarked;
