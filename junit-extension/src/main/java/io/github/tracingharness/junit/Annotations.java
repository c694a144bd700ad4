package io.github.tracingharness.junit;

import java.lang.annotation.Annotation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Finds annotations of a test, meta-annotations included. */
final class Annotations {

  private Annotations() {}

  /** Returns the nearest one: that of the method, else of its class, else of a class around it. */
  static <A extends Annotation> Optional<A> find(ExtensionContext context, Class<A> type) {
    for (@Nullable ExtensionContext level = context;
        level != null;
        level = level.getParent().orElse(null)) {
      Optional<A> found =
          level.getElement().flatMap(element -> AnnotationSupport.findAnnotation(element, type));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
