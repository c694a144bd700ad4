package io.github.tracingharness.junit.example;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.trace.SpanType;
import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// begin-recipe
@ExtendWith(TracingHarness.class)
class AgentLoopRecipeTest {

  /** What the model says: either it calls a tool, or it answers. */
  private record Reply(String tool, String text) {}

  private record Message(String role, String content) {}

  /**
   * A loop as LangChain4j's AI services run it: ask the model, run the tool it wants, ask again.
   */
  private static String run(
      MlflowTracer tracer,
      String question,
      List<Reply> model,
      Map<String, UnaryOperator<String>> tools) {
    List<Message> messages = new ArrayList<>(List.of(new Message("user", question)));
    try (LiveSpan agent = tracer.startSpan("agent")) {
      agent.setSpanType(SpanType.AGENT).setInputs(messages);
      for (Reply reply : model) {
        try (LiveSpan chat = tracer.startSpan("chat")) {
          chat.setSpanType(SpanType.CHAT_MODEL).setInputs(Map.of("messages", messages));
          chat.setOutputs(reply);
          chat.setAttribute(
              "mlflow.chat.tokenUsage",
              Map.of("input_tokens", 10, "output_tokens", 5, "total_tokens", 15));
        }
        if (reply.tool() == null) {
          agent.setOutputs(reply.text());
          return reply.text();
        }
        try (LiveSpan call = tracer.startSpan(reply.tool())) {
          call.setSpanType(SpanType.TOOL).setInputs(reply.text());
          String result = tools.get(reply.tool()).apply(reply.text());
          call.setOutputs(result);
          messages.add(new Message("tool", result));
        }
      }
      throw new IllegalStateException("the model never answered");
    }
  }

  @Test
  void agent_thatCallsATool_tracesEveryStep(MlflowTracer tracer, Traces traces) {
    run(
        tracer,
        "How warm is Bern?",
        List.of(new Reply("weather", "Bern"), new Reply(null, "Bern has 21 degrees.")),
        Map.of("weather", city -> "21"));

    assertThat(traces.awaitTrace())
        .hasState(TraceState.OK)
        .hasTree("""
            agent
              chat
              weather
              chat
            """)
        .hasSpansInOrder("chat", "weather", "chat")
        .hasTokenUsage(20, 10, 30)
        .hasSpan(
            "agent",
            agent -> agent
                .hasType(SpanType.AGENT)
                .hasInput("$[0].content", "How warm is Bern?")
                .hasOutputs("Bern has 21 degrees."))
        .hasSpan("weather", tool -> tool.hasInputs("Bern").hasOutputs("21"))
        .hasSpan(
            "chat",
            second -> second.startedAfterEndOf("weather").hasInput("$.messages[-1].role", "tool"));
  }
}
// end-recipe
