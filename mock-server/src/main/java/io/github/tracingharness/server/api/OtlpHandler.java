package io.github.tracingharness.server.api;

import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.http.Request;
import io.github.tracingharness.server.otlp.JsonLinks;
import io.github.tracingharness.server.otlp.OtlpException;
import io.github.tracingharness.server.otlp.OtlpRequest;
import io.github.tracingharness.server.state.SpanIngest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code POST /v1/traces}. */
final class OtlpHandler implements Handler {

  private static final String EXPERIMENT_HEADER = "x-mlflow-experiment-id";
  private static final String HEADER_MISSING =
      "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"header\",\"x-mlflow-experiment-id\"],"
          + "\"msg\":\"Field required\",\"input\":null}]}";

  @Override
  public Reply handle(Call call) {
    if (call.profile().spanStorage() == ServerProfile.SpanStorage.ABSENT) {
      return Replies.notFound();
    }
    Request request = call.request();
    Optional<String> experiment = request.header(EXPERIMENT_HEADER);
    if (experiment.isEmpty()) {
      return Reply.of(422, "application/json", HEADER_MISSING.getBytes(StandardCharsets.UTF_8));
    }
    try {
      OtlpRequest spans = OtlpRequest.decode(
          request.body(),
          request.header("Content-Type").orElse(null),
          request.header("Content-Encoding").orElse(null));
      if (call.profile().spanStorage() == ServerProfile.SpanStorage.NOT_IMPLEMENTED) {
        return Replies.detail(501, "REST OTLP span logging is not supported by FileStore");
      }
      if (!experiment.get().isEmpty()) {
        boolean json = request.header("Content-Type").orElse("").startsWith("application/json");
        OtlpRequest taken = OtlpPart.taken(spans, request);
        call.state().spans().store(json ? JsonLinks.misread(taken) : taken, experiment.get());
      }
      return OtlpPart.answer(spans, request);
    } catch (OtlpException refused) {
      return refused.status() == 500
          ? Replies.crashedFastApi()
          : Replies.detail(refused.status(), String.valueOf(refused.getMessage()));
    } catch (SpanIngest.UnusableSpanException refused) {
      return Replies.detail(422, String.valueOf(refused.getMessage()));
    }
  }
}
