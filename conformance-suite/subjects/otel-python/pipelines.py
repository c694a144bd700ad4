"""The two ways from a span to the exporter."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

import spans


class BatchPipeline:
    """The SDK as applications set it up."""

    def __init__(self):
        self._maker = spans.SpanMaker(BatchSpanProcessor(OTLPSpanExporter()))

    def emit(self, command):
        specs, concurrency = spans.specs_of(command), command.get("concurrency")
        threads, repeat = (concurrency["threads"], concurrency["repeat"]) if concurrency else (1, 1)
        made, longest = [None] * (threads * repeat), [0] * threads
        start = threading.Barrier(threads)

        def work(thread):
            start.wait()
            for n in range(thread * repeat, (thread + 1) * repeat):
                made[n], end_ns = self._maker.make(specs)
                longest[thread] = max(longest[thread], end_ns)

        begun = time.perf_counter_ns()
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, range(threads)))
        refs = {f"{ref}#{n}" if concurrency else ref: ids for n, by_ref in enumerate(made) for ref, ids in by_ref.items()}
        return {"refs": refs, "accepted": len(refs), "caller_max_ns": str(max(longest)),
                "caller_total_ns": str(time.perf_counter_ns() - begun)}

    def flush(self, timeout_ms):
        """The SDK says False where the time was over."""
        return "success" if self._maker.provider.force_flush(timeout_ms) else "failure"

    def shutdown(self):
        self._maker.provider.shutdown()
        return "unknown"  # it returns nothing


class DirectPipeline:
    """The bare exporter, called with what the SDK has finished."""

    def __init__(self):
        self._exporter, self._finished = OTLPSpanExporter(), InMemorySpanExporter()
        self._maker = spans.SpanMaker(SimpleSpanProcessor(self._finished))

    def export(self, command):
        refs, _ = self._maker.make(spans.specs_of(command))
        batch = self._finished.get_finished_spans()
        self._finished.clear()
        result = self._exporter.export(batch)
        return {"refs": refs, "result": "success" if result is SpanExportResult.SUCCESS else "failure"}

    def flush(self, timeout_ms):
        return "success" if self._exporter.force_flush(timeout_ms) else "failure"

    def shutdown(self):
        self._exporter.shutdown()
        return "unknown"  # it returns nothing
