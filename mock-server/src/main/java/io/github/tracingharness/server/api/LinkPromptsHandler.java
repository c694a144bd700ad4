package io.github.tracingharness.server.api;

import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.PromptLink;
import io.github.tracingharness.server.state.TrackingException;
import java.util.List;

/** {@code POST /api/2.0/mlflow/traces/link-prompts}. */
final class LinkPromptsHandler implements Handler {

  private static final BodyReader BODY = BodyReader.of(
      Schema.of(
          Schema.text("trace_id"),
          Schema.message("prompt_versions", Schema.of(Schema.text("name"), Schema.text("version")))
              .list()),
      "trace_id",
      "prompt_versions");

  @Override
  public Reply handle(Call call) {
    Message said = BODY.read(call.request());
    String id = said.text("trace_id");
    List<PromptLink> prompts = said.messages("prompt_versions").stream()
        .map(prompt -> new PromptLink(prompt.text("name"), number(prompt.text("version"))))
        .toList();
    if (!call.state().traces().linkPrompts(id, prompts)) {
      throw TrackingException.absent("Trace with ID '" + id + "' not found.");
    }
    return Replies.emptyObject();
  }

  private static String number(String version) {
    if (!version.matches("[0-9]{1,18}")) {
      throw new BodyReader.CrashException();
    }
    return version;
  }
}
