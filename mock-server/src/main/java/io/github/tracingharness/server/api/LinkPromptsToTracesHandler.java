package io.github.tracingharness.server.api;

import io.github.tracingharness.core.trace.TraceIds;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.PromptLink;
import io.github.tracingharness.server.state.TrackingException;
import java.util.List;

/**
 * {@code POST /api/2.0/mlflow/unity-catalog/prompt-versions/links-to-traces}. A trace in Unity
 * Catalog need not have come yet: its info and its spans travel apart.
 */
final class LinkPromptsToTracesHandler implements Handler {

  private static final int MAX_LINKS = 25;
  private static final BodyReader BODY = BodyReader.of(
      Schema.of(
          Schema.message("prompt_versions", Schema.of(Schema.text("name"), Schema.text("version")))
              .list(),
          Schema.text("trace_ids").list()),
      "prompt_versions",
      "trace_ids");

  @Override
  public Reply handle(Call call) {
    Message said = BODY.read(call.request());
    List<PromptLink> prompts = said.messages("prompt_versions").stream()
        .map(prompt -> new PromptLink(prompt.text("name"), prompt.text("version")))
        .toList();
    requireAtMost("prompt_versions", prompts.size());
    List<String> traces = said.texts("trace_ids");
    requireAtMost("trace_ids", traces.size());
    for (String id : traces) {
      if (id.startsWith(TraceIds.V4_PREFIX)) {
        call.state().catalog().linkPrompts(id, prompts);
      } else if (!call.state().traces().linkPrompts(id, prompts)) {
        throw TrackingException.absent("Trace with ID '" + id + "' not found.");
      }
    }
    return Replies.emptyObject();
  }

  private static void requireAtMost(String what, int size) {
    if (size > MAX_LINKS) {
      throw TrackingException.invalid(
          what + " must have at most " + MAX_LINKS + " items, but has " + size + ".");
    }
  }
}
