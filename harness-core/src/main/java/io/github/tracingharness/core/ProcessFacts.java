package io.github.tracingharness.core;

import io.github.tracingharness.core.trace.Texts;
import io.github.tracingharness.core.trace.TraceMetadataKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every trace of this process says of it: who runs it and what it is. */
final class ProcessFacts {

  private static final int LIMIT = 250;
  private static final String UNKNOWN_PROGRAM = "java";

  private ProcessFacts() {}

  static Map<String, String> metadata() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(TraceMetadataKey.USER, cut(System.getProperty("user.name", "")));
    facts.put(TraceMetadataKey.SOURCE_NAME, cut(program()));
    facts.put(TraceMetadataKey.SOURCE_TYPE, "LOCAL");
    return facts;
  }

  /** Main class or jar without arguments, which may hold secrets. */
  private static String program() {
    String command = System.getProperty("sun.java.command", UNKNOWN_PROGRAM).strip();
    int end = command.indexOf(' ');
    return end < 0 ? command : command.substring(0, end);
  }

  private static String cut(String text) {
    return Texts.cut(Texts.wellFormed(text), LIMIT);
  }
}
