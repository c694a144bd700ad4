package io.github.tracingharness.server.state;

import java.util.List;
import java.util.Map;

/**
 * A convention for span attributes of model calls that the server translates to its own.
 *
 * @param kind the attribute with the kind of span
 * @param types MLflow's span type for each kind
 * @param inputTokens the attribute with the input tokens
 * @param outputTokens the attribute with the output tokens
 * @param totalTokens the attributes with all tokens, possibly none
 * @param cacheRead the attributes with the tokens read from a cache, the first one counts
 * @param cacheWrite the attributes with the tokens written to a cache, the first one counts
 * @param inputs the attributes with the inputs, the first one counts
 * @param outputs the attributes with the outputs, the first one counts
 * @param models the attributes with the model's name, the first one counts
 * @param provider the attribute with the model's provider
 * @param tools the attributes with the definitions of tools, the first one counts
 */
record Convention(
    String kind,
    Map<String, String> types,
    String inputTokens,
    String outputTokens,
    List<String> totalTokens,
    List<String> cacheRead,
    List<String> cacheWrite,
    List<String> inputs,
    List<String> outputs,
    List<String> models,
    String provider,
    List<String> tools) {

  private static final Convention OPEN_INFERENCE = new Convention(
      "openinference.span.kind",
      Map.of(
          "TOOL", "TOOL",
          "CHAIN", "CHAIN",
          "LLM", "LLM",
          "RETRIEVER", "RETRIEVER",
          "EMBEDDING", "EMBEDDING",
          "AGENT", "AGENT",
          "RERANKER", "RERANKER",
          "UNKNOWN", "UNKNOWN",
          "GUARDRAIL", "GUARDRAIL",
          "EVALUATOR", "EVALUATOR"),
      "llm.token_count.prompt",
      "llm.token_count.completion",
      List.of("llm.token_count.total"),
      List.of("llm.token_count.prompt_details.cache_read"),
      List.of("llm.token_count.prompt_details.cache_write"),
      List.of("input.value"),
      List.of("output.value"),
      List.of(
          "llm.response.model_name",
          "llm.model_name",
          "llm.request.model_name",
          "embedding.model_name"),
      "llm.provider",
      List.of());

  private static final Convention GEN_AI = new Convention(
      "gen_ai.operation.name",
      Map.of(
          "chat", "CHAT_MODEL",
          "create_agent", "AGENT",
          "embeddings", "EMBEDDING",
          "execute_tool", "TOOL",
          "generate_content", "LLM",
          "invoke_agent", "AGENT",
          "text_completion", "LLM",
          "response", "LLM"),
      "gen_ai.usage.input_tokens",
      "gen_ai.usage.output_tokens",
      List.of(),
      List.of("gen_ai.usage.cache_read.input_tokens"),
      List.of("gen_ai.usage.cache_write.input_tokens", "gen_ai.usage.cache_creation.input_tokens"),
      List.of("gen_ai.input.messages", "gen_ai.tool.call.arguments"),
      List.of("gen_ai.output.messages", "gen_ai.tool.call.result"),
      List.of("gen_ai.response.model", "gen_ai.request.model"),
      "gen_ai.provider.name",
      List.of("gen_ai.tool.definitions"));

  private static final Convention TRACELOOP = new Convention(
      "traceloop.span.kind",
      Map.of(
          "workflow", "WORKFLOW",
          "task", "TASK",
          "agent", "AGENT",
          "tool", "TOOL",
          "unknown", "UNKNOWN"),
      "gen_ai.usage.prompt_tokens",
      "gen_ai.usage.completion_tokens",
      List.of("llm.usage.total_tokens"),
      List.of(),
      List.of(),
      List.of("traceloop.entity.input"),
      List.of("traceloop.entity.output"),
      List.of(),
      "gen_ai.system",
      List.of());

  /** The conventions in the order in which the server tries them. */
  static final List<Convention> ALL = List.of(OPEN_INFERENCE, GEN_AI, TRACELOOP);
}
