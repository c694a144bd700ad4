package io.github.tracingharness.junit;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * Publishes a file with JUnit's report. JUnit can do so from 5.12 on, and names the type of the
 * media type differently in 5.12, 5.14 and 6, so it is called by reflection.
 */
final class Attachment {

  private Attachment() {}

  /** Publishes a page; returns where it is, or empty if this JUnit takes no files. */
  static Optional<Path> publishHtml(String name, String page, ExtensionContext context) {
    Path[] written = new Path[1];
    ThrowingConsumer<Path> writer = path -> {
      write(path, page);
      written[0] = path;
    };
    for (Method method : ExtensionContext.class.getMethods()) {
      if (method.getName().equals("publishFile") && method.getParameterCount() == 3) {
        try {
          Object html = method
              .getParameterTypes()[1]
              .getMethod("parse", String.class)
              .invoke(null, "text/html;charset=utf-8");
          method.invoke(context, name, html, writer);
          return Optional.ofNullable(written[0]);
        } catch (ReflectiveOperationException unavailable) {
          // This run has no folder for files, as in some launchers: a report is no reason to fail.
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static void write(Path path, String page) throws IOException {
    Files.writeString(path, page);
  }
}
