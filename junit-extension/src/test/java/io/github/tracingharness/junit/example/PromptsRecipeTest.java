package io.github.tracingharness.junit.example;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingHarness;
import io.github.tracingharness.server.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// begin-recipe
@ExtendWith(TracingHarness.class)
class PromptsRecipeTest {

  @Test
  void answer_madeOfTwoPrompts_isLinkedToBoth(MlflowTracer tracer, Traces traces) {
    try (LiveSpan answer = tracer.startSpan("answer")) {
      answer.setInputs("Hello Ada, be brief.");
      answer.trace().prompt(new PromptVersion("greeting", "2"));
      answer.trace().prompt(new PromptVersion("style", "7"));
      answer.trace().prompt(new PromptVersion("greeting", "2")); // once more changes nothing
    }

    assertThat(traces.awaitTrace())
        .hasPrompts("greeting/2", "style/7")
        .hasSpan("answer", answer -> answer.hasInputs("Hello Ada, be brief."));
    assertThat(traces.exports())
        .hasCalls(Endpoint.LINK_PROMPTS, 1)
        .hasOrderInEachTrace(Endpoint.START_TRACE, Endpoint.LINK_PROMPTS);
  }
}
// end-recipe
