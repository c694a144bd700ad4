package io.github.tracingharness.conformance.selftest.otlp;

import static io.github.tracingharness.conformance.selftest.otlp.BrokenModel.broken;

import java.util.List;

/** Broken pipelines, and broken words to the caller. */
final class BrokenPipeline {

  private BrokenPipeline() {}

  static List<BrokenModel> all() {
    return List.of(
        broken(
            "tells success whatever happens",
            new PipelineRules() {
              @Override
              ExportResult told(ExportResult result) {
                return ExportResult.SUCCESS;
              }
            },
            "OTLP-RETRY-006/reported",
            "OTLP-RETRY-007/reported",
            "OTLP-RETRY-010/failure",
            "OTLP-THROTTLE-006/failure",
            "OTLP-THROTTLE-007/failure",
            "OTLP-TIMEOUT-001/failure",
            "OTLP-TIMEOUT-005/failure",
            "OTLP-RESPONSE-008/failure",
            "OTLP-RESPONSE-016/failure",
            "OTLP-RESPONSE-018/failure",
            "OTLP-BATCH-006/failure"),
        broken(
            "tells failure whatever happens",
            new PipelineRules() {
              @Override
              ExportResult told(ExportResult result) {
                return ExportResult.failure("as always");
              }
            },
            "OTLP-RETRY-003/success",
            "OTLP-RETRY-004/success",
            "OTLP-JSON-RETRY-003/success",
            "OTLP-BATCH-006/success"),
        broken(
            "does not log failures",
            new PipelineRules() {
              @Override
              void failed(String text, Diagnostics log) {
                // Nobody learns of it.
              }
            },
            "OTLP-RESPONSE-012/logged",
            "OTLP-RESPONSE-012/also-errors"),
        broken(
            "puts a refused batch back",
            new PipelineRules() {
              @Override
              boolean putsBack(ExportResult result) {
                return !result.success();
              }
            },
            "OTLP-RETRY-017/one-request",
            "OTLP-RESPONSE-015/dropped"),
        broken(
            "never exports by its timer",
            new PipelineRules() {
              @Override
              long delayMillis(long configured) {
                return 3_600_000;
              }
            },
            "OTLP-BATCH-001/before-shutdown"),
        broken(
            "puts all that is queued into one request",
            new PipelineRules() {
              @Override
              int batchSize(int queued, int maxBatch) {
                return queued;
              }

              @Override
              boolean isFull(int queued, int maxBatch) {
                return false;
              }
            },
            "OTLP-BATCH-002/size"),
        broken(
            "lets full batches wait",
            new PipelineRules() {
              @Override
              boolean isFull(int queued, int maxBatch) {
                return false;
              }
            },
            "OTLP-BATCH-003/before-shutdown"),
        broken(
            "makes the application wait for room",
            new PipelineRules() {
              @Override
              boolean waitsForRoom() {
                return true;
              }
            },
            "OTLP-BATCH-004/not-held"),
        broken(
            "has no limit of the queue",
            new PipelineRules() {
              @Override
              boolean hasRoom(int queued, int maxQueue) {
                return true;
              }
            },
            "OTLP-BATCH-004/bounded"),
        broken(
            "exports in the thread that flushes, too",
            new PipelineRules() {
              @Override
              boolean flushExportsItself() {
                return true;
              }
            },
            "OTLP-BATCH-005/one-at-a-time"),
        broken(
            "does not wait in a flush",
            new PipelineRules() {
              @Override
              long flushTarget(long added, long handedOut) {
                return 0;
              }
            },
            "OTLP-BATCH-002/by-the-flush"),
        broken(
            "waits in a flush for what is queued only",
            new PipelineRules() {
              @Override
              long flushTarget(long added, long handedOut) {
                return added == handedOut ? 0 : added;
              }
            },
            "OTLP-BATCH-013/covered"),
        broken(
            "does not limit a running export",
            new PipelineRules() {
              @Override
              Deadline exportLimit(long timeoutMillis) {
                return super.exportLimit(timeoutMillis * 4);
              }
            },
            "OTLP-BATCH-007/in-time"),
        broken(
            "exports what is not sampled",
            new PipelineRules() {
              @Override
              boolean exports(boolean sampled) {
                return true;
              }
            },
            "OTLP-BATCH-008/not-sampled"),
        broken(
            "gives a flush up early",
            new PipelineRules() {
              @Override
              Deadline flushLimit(long timeoutMillis) {
                return super.flushLimit(100);
              }
            },
            "OTLP-BATCH-006/waited"),
        broken(
            "waits in a flush for longer than it may",
            new PipelineRules() {
              @Override
              Deadline flushLimit(long timeoutMillis) {
                return super.flushLimit(timeoutMillis * 4);
              }
            },
            "OTLP-BATCH-014/in-time"),
        broken(
            "leaves the queue at shutdown",
            new PipelineRules() {
              @Override
              boolean shutdownFlushes() {
                return false;
              }
            },
            "OTLP-SHUTDOWN-002/waited",
            "OTLP-SHUTDOWN-002/not-given-up"),
        broken(
            "returns from a shutdown after the first batch",
            new PipelineRules() {
              @Override
              long shutdownTarget(long added) {
                return Math.min(1, added);
              }
            },
            "OTLP-SHUTDOWN-001/once"),
        broken(
            "exports after its shutdown",
            new PipelineRules() {
              @Override
              boolean exportsAfterShutdown() {
                return true;
              }
            },
            "OTLP-SHUTDOWN-003/failure",
            "OTLP-SHUTDOWN-003/nothing-sent"),
        broken(
            "takes spans after its shutdown",
            new PipelineRules() {
              @Override
              boolean exportsAfterShutdown() {
                return true;
              }

              @Override
              boolean takesSpansAfterShutdown() {
                return true;
              }
            },
            "OTLP-SHUTDOWN-006/nothing-sent"));
  }
}
