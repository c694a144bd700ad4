package io.github.tracingharness.core.manager;

import io.github.tracingharness.core.trace.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Limits of the attributes that an application sets on a span through MLflow's API. MLflow's own
 * attributes are not limited: a trace without its inputs, or with half a JSON text, would be
 * misread.
 *
 * @param count how many a span may have
 * @param valueLength how many characters a text may have
 */
public record AttributeLimits(int count, int valueLength) {

  private static final String MLFLOW_PREFIX = "mlflow.";

  /** No limits. */
  public static AttributeLimits none() {
    return new AttributeLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  static boolean apply(String key) {
    return !key.startsWith(MLFLOW_PREFIX);
  }

  @Nullable
  Object cut(@Nullable Object value) {
    return value instanceof CharSequence text ? Texts.cut(text.toString(), valueLength) : value;
  }
}
