package io.github.tracingharness.junit.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TracePictureTest {

  private static StoredSpan span(String id, @Nullable String parent, String name, long startMs) {
    return new StoredSpan(
        id,
        parent,
        name,
        startMs * 1_000_000,
        startMs * 1_000_000 + 500_000,
        "UNSET",
        "",
        Map.of(),
        List.of(),
        List.of());
  }

  private static StoredTrace trace(List<StoredSpan> spans) {
    return new StoredTrace(
        "tr-1",
        new TraceLocation.Experiment("0"),
        Optional.empty(),
        Instant.EPOCH,
        Optional.empty(),
        "IN_PROGRESS",
        Map.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        true,
        StoredTrace.SpansFrom.TRACKING_STORE,
        spans,
        List.of());
  }

  @Test
  void picture_nestedSpansInAnyOrder_areDrawnByParentAndStart() {
    assertThat(TracePicture.of(trace(List.of(
            span("d", "b", "leaf", 4),
            span("c", "a", "second", 5),
            span("a", null, "root", 1),
            span("b", "a", "first", 2)))))
        .isEqualTo("""
            tr-1  IN_PROGRESS  4 spans
              root        UNSET  0.000 ms  +0.500 ms
              ├─ first    UNSET  1.000 ms  +0.500 ms
              │  └─ leaf  UNSET  3.000 ms  +0.500 ms
              └─ second   UNSET  4.000 ms  +0.500 ms""");
  }

  @Test
  void picture_lostParentAndCircle_areDrawnAndMarked() {
    assertThat(TracePicture.of(trace(List.of(
            span("a", "x", "orphan", 1), span("b", "c", "egg", 2), span("c", "b", "hen", 3)))))
        .isEqualTo("""
            tr-1  IN_PROGRESS  3 spans
              ? orphan  UNSET  0.000 ms  +0.500 ms  (its parent x is missing)
              ? egg     UNSET  1.000 ms  +0.500 ms
                └─ hen  UNSET  2.000 ms  +0.500 ms""");
  }

  @Test
  void picture_veryManySpans_isCut() {
    List<StoredSpan> spans =
        IntStream.range(0, 1000).mapToObj(i -> span("s" + i, null, "root", i)).toList();

    assertThat(TracePicture.of(trace(spans)).lines().toList())
        .hasSize(202)
        .last()
        .isEqualTo("  … and 800 more");
  }
}
