/**
 * Brings traces to the server: queue, order of the requests, accounting.
 *
 * <p>{@link io.github.tracingharness.core.export.TraceExporter} is called by the trace manager. For
 * each trace there is one export that is worked on by one thread at a time: spans first, then the
 * trace info, then the upload where the server does not keep the spans itself, then the links of
 * prompts. This order holds in both modes, so a server that takes spans has them before it is asked
 * where they are, and nothing is stored twice.
 *
 * <p>In synchronous mode the thread that ends a span does the work. In asynchronous mode the export
 * of a trace is one task in a bounded queue, however many spans it has: spans that end while the
 * trace is being worked on travel together. A trace whose task finds no room is dropped as a whole
 * when it ends, never in part, and the thread that ended it is never blocked.
 *
 * <p>A hand-over takes no lock. Producers put tasks into a bounded array queue; a worker without
 * work looks at it every millisecond for a while before it sleeps, so that almost no span has to
 * wake a thread. Spans are read and encoded by the thread that exports, not by the one that ends
 * them. What becomes of a trace that finds no room says the
 * {@link io.github.tracingharness.core.export.OverloadPolicy}: it is dropped, the thread that ended
 * it waits, or that thread exports it.
 *
 * <p>Spans that the server refused stay with their trace and are offered again together with its
 * next spans. If none was ever taken, the upload carries all of them; if some were, the loss of the
 * others is logged and counted.
 *
 * <p>In Unity Catalog spans and trace infos go separate ways. In asynchronous mode a batcher with a
 * daemon thread of its own collects spans and makes tasks of them: full batches at once, the rest
 * when the oldest span has waited for the interval, at a flush and at shutdown. While the queue is
 * full, spans wait in the batcher; beyond its limit they are dropped. Tables share its room, so
 * that one that floods leaves room for others. At the end the batcher is drained into the queue
 * before the queue is closed.
 *
 * <p>Spans through OTLP take the same way through batcher and queue; only the request itself is
 * made by an exporter of OpenTelemetry, which is closed when the queue has nothing more to do.
 */
@NullMarked
package io.github.tracingharness.core.export;

import org.jspecify.annotations.NullMarked;
