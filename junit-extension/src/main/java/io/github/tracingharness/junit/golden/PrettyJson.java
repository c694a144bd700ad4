package io.github.tracingharness.junit.golden;

import io.github.tracingharness.core.trace.PythonJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes JSON with members in order of their names; what is long gets a line for each part. */
final class PrettyJson {

  private static final int MAX_LINE = 80;

  private PrettyJson() {}

  static String write(@Nullable Object value, String indent) {
    Object sorted = sorted(value);
    String line = PythonJson.dumps(sorted);
    return line.length() <= MAX_LINE ? line : lines(sorted, indent);
  }

  private static @Nullable Object sorted(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> result = new TreeMap<>();
      members.forEach((key, member) -> result.put(String.valueOf(key), sorted(member)));
      return result;
    }
    if (value instanceof List<?> items) {
      List<@Nullable Object> result = new ArrayList<>();
      items.forEach(item -> result.add(sorted(item)));
      return result;
    }
    return value;
  }

  private static String lines(@Nullable Object value, String indent) {
    String below = indent + "  ";
    List<String> parts = new ArrayList<>();
    if (value instanceof Map<?, ?> members && !members.isEmpty()) {
      members.forEach(
          (key, member) -> parts.add(below + PythonJson.dumps(key) + ": " + write(member, below)));
      return "{\n" + String.join(",\n", parts) + "\n" + indent + "}";
    }
    if (value instanceof List<?> items && !items.isEmpty()) {
      items.forEach(item -> parts.add(below + write(item, below)));
      return "[\n" + String.join(",\n", parts) + "\n" + indent + "]";
    }
    return PythonJson.dumps(value);
  }
}
