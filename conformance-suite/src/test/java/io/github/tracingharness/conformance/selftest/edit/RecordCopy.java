package io.github.tracingharness.conformance.selftest.edit;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/**
 * Copies a record with some components changed, by their names: so an edit keeps components of
 * which it knows nothing.
 */
public final class RecordCopy {

  private RecordCopy() {}

  /** Returns a copy; names and values in turn. */
  public static <T extends Record> T with(T original, Object... changes) {
    RecordComponent[] components = original.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    int changed = 0;
    try {
      for (int i = 0; i < components.length; i++) {
        values[i] = components[i].getAccessor().invoke(original);
        for (int n = 0; n < changes.length; n += 2) {
          if (changes[n].equals(components[i].getName())) {
            values[i] = changes[n + 1];
            changed++;
          }
        }
      }
      if (changed * 2 != changes.length) {
        throw new IllegalArgumentException(
            "%s has not all of %s".formatted(original.getClass(), Arrays.toString(changes)));
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      @SuppressWarnings("unchecked")
      T copy = (T) original.getClass().getDeclaredConstructor(types).newInstance(values);
      return copy;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot copy " + original.getClass(), e);
    }
  }
}
