package io.github.tracingharness.core.trace;

/** Names of span types that MLflow knows; any other text is allowed. */
public final class SpanType {

  /** A call of a language model. */
  public static final String LLM = "LLM";

  /** A chain of steps. */
  public static final String CHAIN = "CHAIN";

  /** An agent. */
  public static final String AGENT = "AGENT";

  /** A call of a tool. */
  public static final String TOOL = "TOOL";

  /** A call of a chat model. */
  public static final String CHAT_MODEL = "CHAT_MODEL";

  /** A retrieval of documents. */
  public static final String RETRIEVER = "RETRIEVER";

  /** Parsing of an answer. */
  public static final String PARSER = "PARSER";

  /** A call of an embedding model. */
  public static final String EMBEDDING = "EMBEDDING";

  /** A new ranking of documents. */
  public static final String RERANKER = "RERANKER";

  /** Reading or writing of a memory. */
  public static final String MEMORY = "MEMORY";

  /** Nothing was said of the type; the default. */
  public static final String UNKNOWN = "UNKNOWN";

  private SpanType() {}
}
