package io.github.tracingharness.junit.assertions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON value: {@code $.docs[0].title}, {@code docs[-1]}, {@code $['a.b']}. A negative
 * index counts from the end.
 */
final class JsonPath {

  private static final Pattern STEP =
      Pattern.compile("\\.?([^.\\[\\]']+)|\\[(-?\\d+)]|\\['([^']*)']");

  private final String text;
  private final List<Object> steps;

  private JsonPath(String text, List<Object> steps) {
    this.text = text;
    this.steps = steps;
  }

  static JsonPath parse(String text) {
    List<Object> steps = new ArrayList<>();
    String rest = text.startsWith("$") ? text.substring(1) : text;
    while (!rest.isEmpty()) {
      Matcher step = STEP.matcher(rest);
      if (!step.lookingAt()) {
        throw new IllegalArgumentException("The path \"" + text + "\" cannot be read at \"" + rest
            + "\"; paths look like $.docs[0].title or $['a.b'].");
      }
      if (step.group(2) != null) {
        steps.add(Integer.valueOf(step.group(2)));
      } else {
        steps.add(step.group(1) != null ? step.group(1) : step.group(3));
      }
      rest = rest.substring(step.end());
    }
    return new JsonPath(text, steps);
  }

  /** What is at the place, or how far one comes towards it. */
  Found in(@Nullable Object tree) {
    Object value = tree;
    String reached = "$";
    for (Object step : steps) {
      if (step instanceof Integer index && value instanceof List<?> items) {
        int position = index < 0 ? items.size() + index : index;
        if (position < 0 || position >= items.size()) {
          return new Found(false, value, reached);
        }
        value = items.get(position);
      } else if (step instanceof String key
          && value instanceof Map<?, ?> members
          && members.containsKey(key)) {
        value = members.get(key);
      } else {
        return new Found(false, value, reached);
      }
      reached += step instanceof Integer index ? "[" + index + "]" : "." + step;
    }
    return new Found(true, value, reached);
  }

  @Override
  public String toString() {
    return text;
  }

  /**
   * The end of a way through a value.
   *
   * @param complete whether the way was gone to its end
   * @param value what is there
   * @param reached the place that was reached
   */
  record Found(boolean complete, @Nullable Object value, String reached) {}
}
