package io.github.tracingharness.core.tracer;

import io.github.tracingharness.core.trace.PythonJson;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Texts of exceptions; an exception whose own methods throw is described without them. */
final class Exceptions {

  private Exceptions() {}

  static String typeOf(Throwable exception) {
    Class<?> type = exception.getClass();
    return type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
  }

  static String messageOf(Throwable exception) {
    try {
      String message = exception.getMessage();
      return message == null ? "" : PythonJson.str(message);
    } catch (RuntimeException e) {
      return "";
    }
  }

  static String stackTraceOf(Throwable exception) {
    StringWriter text = new StringWriter();
    try {
      exception.printStackTrace(new PrintWriter(text));
    } catch (RuntimeException e) {
      text.append(typeOf(exception));
    }
    return text.toString();
  }
}
