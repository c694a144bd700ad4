package io.github.tracingharness.core;

import static io.github.tracingharness.core.testing.TrackingServerDouble.LOG_SPANS;
import static io.github.tracingharness.core.testing.TrackingServerDouble.START_TRACE;
import static io.github.tracingharness.core.testing.TrackingServerDouble.UPLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.testing.LogCapture;
import io.github.tracingharness.core.testing.Tracings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.testing.TrackingServerDouble.Answer;
import io.github.tracingharness.core.testing.TrackingServerDouble.Call;
import io.github.tracingharness.core.trace.Attachment;
import io.github.tracingharness.core.trace.TraceLocation.UcSchema;
import io.github.tracingharness.core.tracer.LiveSpan;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attachments: a reference in the span, the bytes beside the trace. */
@SuppressWarnings("try") // A span that is only started and ended.
class AttachmentTest {

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

  private final TrackingServerDouble server = new TrackingServerDouble();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"false,true", "true,true", "false,false", "true,false"})
  void attachments_anywhereInAValue_areReferredToAndUploadedOnce(boolean async, boolean store) {
    if (!store) {
      server.withoutSpanStore();
    }
    Attachment image = Attachment.of(PNG, "image/png");
    Attachment text = Attachment.of(new byte[0], "text/plain; charset=utf-8");
    String traceId;
    try (MlflowTracing tracing = Tracings.start(server, async)) {
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        traceId = root.traceId();
        root.setInputs(Map.of("deep", List.of(Map.of("image", image))));
        root.setOutputs(new Object[] {text, image});
      }
      tracing.flush(Tracings.SOON);
    }

    String reference = "mlflow-attachment://" + image.id() + "?content_type=image%2Fpng&trace_id="
        + traceId + "&size=4";
    List<Call> uploads = server.calls(UPLOAD);
    Call spans = store ? server.calls(LOG_SPANS).get(0) : uploads.get(0);
    assertThat(spans.text()).contains(reference).contains(text.id());
    assertThat(server.calls(START_TRACE).get(0).text()).contains(reference);
    List<Call> attachments =
        uploads.stream().filter(call -> call.path().contains("/attachments/")).toList();
    assertThat(attachments).hasSize(2);
    assertThat(attachments.get(0).path())
        .isEqualTo("/api/2.0/mlflow-artifacts/artifacts/1/traces/" + traceId
            + "/artifacts/attachments/" + image.id());
    assertThat(attachments.get(0).body()).isEqualTo(PNG);
    assertThat(attachments.get(0).header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(server.endpoints().indexOf(START_TRACE))
        .isLessThan(server.endpoints().indexOf(attachments.get(0).endpoint()));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void media_inInputsAndOutputs_becomeAttachmentsUnlessSwitchedOff(boolean extracted) {
    String uri = "data:image/png;base64," + Base64.getEncoder().encodeToString(PNG);
    try (MlflowTracing tracing = Tracings.builder(server, false)
        .environment(Map.of("MLFLOW_TRACE_EXTRACT_ATTACHMENTS", Boolean.toString(extracted)))
        .build()) {
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        root.setInputs(Map.of("image", uri));
        root.setOutputs(List.of(uri));
        root.setAttribute("other", uri);
      }
    }

    assertThat(server.calls(UPLOAD)).hasSize(extracted ? 2 : 0);
    assertThat(server.calls(UPLOAD)).allSatisfy(call -> assertThat(call.body()).isEqualTo(PNG));
    assertThat(occurrences(server.calls(LOG_SPANS).get(0).text(), uri))
        .isEqualTo(extracted ? 1 : 3);
  }

  private static int occurrences(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  @Test
  void media_whereNoAttachmentCanBe_stayInTheSpan() {
    String uri = "data:image/png;base64," + Base64.getEncoder().encodeToString(PNG);
    try (MlflowTracing tracing =
        Tracings.builder(server, false).destination(new UcSchema("a", "b")).build()) {
      tracing.tracer().spanBuilder("root").inputs(uri).startSpan().end();
    }

    assertThat(server.calls(UPLOAD)).isEmpty();
    assertThat(server.calls().stream().map(Call::text)).anyMatch(text -> text.contains(uri));
  }

  @Test
  void attachment_tooLarge_isNotKeptAndTheSpanSaysSo() {
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = Tracings.builder(server, false)
            .environment(Map.of("MLFLOW_TRACE_MAX_ATTACHMENT_SIZE", "3"))
            .build()) {
      tracing
          .tracer()
          .spanBuilder("root")
          .inputs(Attachment.of(PNG, "image/png"))
          .startSpan()
          .end();
      assertThat(log.lines("MLFLOW_TRACE_MAX_ATTACHMENT_SIZE is 3")).hasSize(1);
    }

    assertThat(server.calls(UPLOAD)).isEmpty();
    assertThat(server.calls(LOG_SPANS).get(0).text())
        .contains("[Attachment too large: 4 bytes exceeds 3 bytes limit]");
  }

  @Test
  void upload_fails_isWarnedOfForEachAndLeavesTheTraceAlone() {
    server.always(UPLOAD, Answer.status(400));
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing = Tracings.start(server, true)) {
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        root.setInputs(List.of(Attachment.of(PNG, "image/png"), Attachment.of(PNG, "image/png")));
      }
      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();
      assertThat(log.lines("Failed to upload Attachment")).hasSize(2);
    }
  }

  @Test
  void unityCatalog_hasNoPlaceForAttachments_isWarnedOf() {
    try (LogCapture log = new LogCapture();
        MlflowTracing tracing =
            Tracings.builder(server, true).destination(new UcSchema("a", "b")).build()) {
      try (LiveSpan root = tracing.tracer().startSpan("root")) {
        root.setInputs(Attachment.of(PNG, "image/png"));
      }
      assertThat(tracing.flush(Tracings.SOON).isSuccess()).isTrue();
      assertThat(log.lines("the server named no artifact location")).hasSize(1);
    }
  }

  @Test
  void value_thatLeadsBackIntoItself_isStillTraced() {
    List<Object> circle = new ArrayList<>();
    circle.add(circle);
    try (MlflowTracing tracing = Tracings.start(server, true)) {
      tracing.tracer().spanBuilder("root").inputs(circle).startSpan().end();
    }

    assertThat(server.calls(START_TRACE)).hasSize(1);
  }
}
