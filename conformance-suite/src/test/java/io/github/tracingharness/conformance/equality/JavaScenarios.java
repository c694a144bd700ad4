package io.github.tracingharness.conformance.equality;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.SpanType;
import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.opentelemetry.context.Scope;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The scenarios of {@code scenarios.py}, line by line. */
final class JavaScenarios {

  private static final Map<String, String> REMOTE_PARENT =
      Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

  private JavaScenarios() {}

  /** Has the name of Python's, as exceptions are told by their class name. */
  private static final class ValueError extends RuntimeException {

    private static final long serialVersionUID = 1;

    ValueError(String message) {
      super(message);
    }
  }

  static void nested(MlflowTracing tracing) {
    MlflowTracer tracer = tracing.tracer();
    try (LiveSpan root = tracer.spanBuilder("root").type(SpanType.CHAIN).startSpan()) {
      root.setInputs(map("question", "What is a span?", "n", 3));
      try (LiveSpan retrieve =
          tracer.spanBuilder("retrieve").type(SpanType.RETRIEVER).startSpan()) {
        retrieve.setInputs("spans");
        try (LiveSpan rank = tracer.spanBuilder("rank").type(SpanType.TOOL).startSpan()) {
          rank.setOutputs(List.of(0.5, 1.0));
        }
        retrieve.setOutputs(List.of("doc-1", "doc-7"));
      }
      try (LiveSpan generate = tracer.spanBuilder("generate").type(SpanType.LLM).startSpan()) {
        generate.setOutputs("A named operation.");
      }
      root.setOutputs(map("answer", "A named operation."));
    }
  }

  static void error(MlflowTracing tracing) {
    MlflowTracer tracer = tracing.tracer();
    try (LiveSpan root = tracer.startSpan("root")) {
      root.setInputs(map("x", 1));
      try {
        tracer.trace("inner", (Runnable) () -> {
          throw new ValueError("boom, with ümlaut");
        });
      } catch (ValueError e) {
        root.recordException(e);
      }
    }
  }

  static void unicode(MlflowTracing tracing) {
    try (LiveSpan root = tracing.tracer().startSpan("würzel 根 😀")) {
      root.setInputs(map(
          "clé",
          "naïve 😀 \u2028 \u007f \u0001 \"quoted\" back\\slash \t tab",
          "😀",
          "\uD83D\uDC69\u200D\uD83D\uDCBB"));
      root.setAttribute("ключ", "значение");
      root.trace().tag("étiquette", "日本").metadata("données", "😀".repeat(300));
      root.setOutputs("ende 終 😀");
    }
  }

  static void big(MlflowTracing tracing) {
    try (LiveSpan root = tracing.tracer().startSpan("root")) {
      root.setInputs(map("text", "0123456789😀".repeat(20_000)));
      root.setOutputs(IntStream.range(0, 5000).boxed().toList());
      root.trace()
          .tag("long", "y".repeat(5000))
          .tag("k".repeat(300), "v")
          .metadata("long", "z".repeat(300));
    }
  }

  static void prompts(MlflowTracing tracing) {
    try (LiveSpan root = tracing.tracer().startSpan("root")) {
      root.setInputs(map("a", 1));
      root.trace()
          .prompt(PromptVersion.of("greeting", 1))
          .prompt(PromptVersion.of("farewell", 12))
          .prompt(PromptVersion.of("greeting", 1));
    }
  }

  static void facts(MlflowTracing tracing) {
    try (LiveSpan root = tracing.tracer().startSpan("root")) {
      root.setInputs(map("a", 1));
      root.trace()
          .tag("fruit", "apple")
          .tag("json", "{\"a\": [1]}")
          .metadata("color", "red")
          .tag("fruit", "pear")
          .session("session-1")
          .user("someone")
          .clientRequestId("request-1")
          .requestPreview("asked")
          .responsePreview("said")
          .state(TraceState.ERROR);
    }
  }

  static void events(MlflowTracing tracing) {
    try (LiveSpan root = tracing.tracer().startSpan("root")) {
      root.addEvent("plain", Map.of());
      root.addEvent(
          "typed",
          map(
              "text",
              "täxt",
              "int",
              5,
              "float",
              1.5,
              "bool",
              true,
              "texts",
              List.of("a", "b"),
              "ints",
              List.of(1, 2),
              "floats",
              List.of(0.5, 2.0),
              "bools",
              List.of(true, false)));
    }
  }

  static void links(MlflowTracing tracing) {
    LiveSpan root = tracing
        .tracer()
        .spanBuilder("root")
        .link(
            "tr-0af7651916cd43dd8448eb211c80319c",
            "b7ad6b7169203331",
            map("kind", "cause", "weight", 2))
        .link("tr-11111111111111111111111111111111", "2222222222222222", Map.of())
        .startSpan();
    root.setInputs(1);
    root.end();
  }

  static void attributes(MlflowTracing tracing) {
    try (LiveSpan root = tracing.tracer().startSpan("root")) {
      root.setInputs(null);
      map(
              "text",
              "täxt",
              "empty",
              "",
              "digits",
              "12345",
              "json text",
              "{\"a\": 1}",
              "true text",
              "true",
              "int",
              42,
              "zero",
              0,
              "negative",
              -7,
              "max",
              Long.MAX_VALUE,
              "min",
              Long.MIN_VALUE,
              "float",
              1.5,
              "whole",
              2.0,
              "small",
              1e-7,
              "large",
              1e22,
              "sixteen",
              1e16,
              "tenth",
              0.1,
              "minus zero",
              -0.0,
              "true",
              true,
              "false",
              false,
              "none",
              null,
              "list",
              Arrays.asList("a", 1, 1.5, null, true, List.of(2), map("k", "v")),
              "empty list",
              List.of(),
              "map",
              map("b", 1, "a", map("c", List.of(1, map("d", null)))),
              "empty map",
              Map.of())
          .forEach(root::setAttribute);
      root.setOutputs(false);
    }
  }

  static void odd(MlflowTracing tracing) {
    MlflowTracer tracer = tracing.tracer();
    try (LiveSpan root = tracer.startSpan("root")) {
      root.setInputs(map("x", 1));
      try (LiveSpan child = tracer.startSpan("child")) {
        Map<Object, String> keys = new LinkedHashMap<>();
        keys.put(5, "int");
        keys.put(null, "none");
        keys.put(true, "bool");
        keys.put(1.5, "float");
        child.setAttribute("beyond 64 bits", BigInteger.TWO.pow(70));
        child.setAttribute("nan", Double.NaN);
        child.setAttribute("infinity", Double.POSITIVE_INFINITY);
        child.setAttribute("keys", keys);
      }
    }
  }

  static void chat(MlflowTracing tracing) {
    LiveSpan root =
        tracing.tracer().spanBuilder("root").type(SpanType.CHAT_MODEL).startSpan();
    root.setInputs(map(
        "messages",
        List.of(
            map("role", "system", "content", "Be brief."),
            map("role", "user", "content", "Hi 😀"))));
    root.setAttribute(
        "mlflow.chat.tokenUsage", map("input_tokens", 3, "output_tokens", 5, "total_tokens", 8));
    root.setOutputs(
        map("choices", List.of(map("message", map("role", "assistant", "content", "Hello!")))));
    root.end();
  }

  static void remote(MlflowTracing tracing) {
    MlflowTracer tracer = tracing.tracer();
    Scope continued = tracer.continueTrace(REMOTE_PARENT);
    try (LiveSpan handler = tracer.startSpan("handler")) {
      handler.setInputs(map("x", 1));
      try (LiveSpan inner = tracer.startSpan("inner")) {
        inner.setOutputs("done");
      }
    } finally {
      continued.close();
    }
  }

  static void unityCatalog(MlflowTracing tracing) {
    MlflowTracer tracer = tracing.tracer();
    try (LiveSpan root = tracer.spanBuilder("root").type(SpanType.CHAIN).startSpan()) {
      root.setInputs(map("q", "hello"));
      try (LiveSpan inner = tracer.startSpan("inner")) {
        inner.setOutputs(map("k", List.of(1)));
      }
      root.trace().tag("fruit", "apple").session("session-1").user("someone");
      root.setOutputs("bye");
    }
  }

  static void otlp(MlflowTracing tracing) {
    otlp(tracing, Map.of());
  }

  static void otlpTags(MlflowTracing tracing) {
    otlp(tracing, Map.of("fruit", "apple"));
  }

  private static void otlp(MlflowTracing tracing, Map<String, String> tags) {
    MlflowTracer tracer = tracing.tracer();
    try (LiveSpan root = tracer.spanBuilder("root").type(SpanType.CHAIN).startSpan()) {
      root.setInputs(map("q", "hello", "n", 1));
      try (LiveSpan inner = tracer.spanBuilder("inner").type(SpanType.TOOL).startSpan()) {
        inner.setAttribute("int", 42).setAttribute("map", map("k", Arrays.asList(1, null)));
        inner.addEvent("happened", map("why", "because"));
        inner.setOutputs("plain");
      }
      tags.forEach(root.trace()::tag);
      root.setOutputs(map("answer", true));
    }
  }

  /** A map in order, from keys and values in turn. */
  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
