package io.github.tracingharness.core.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.testing.TrackingServerDouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example of the module's README sends a trace, and is the one that is compiled here. */
class FirstTraceTest {

  private static final Path SOURCE =
      Path.of("src/test/java/io/github/tracingharness/core/example/FirstTrace.java");

  @Test
  void main_trackingUri_sendsOneTrace() {
    try (TrackingServerDouble server = new TrackingServerDouble()) {
      FirstTrace.main(new String[] {server.uri()});

      assertThat(server.endpoints())
          .containsExactly(
              TrackingServerDouble.VERSION,
              TrackingServerDouble.LOG_SPANS,
              TrackingServerDouble.START_TRACE);
      assertThat(server.calls(TrackingServerDouble.START_TRACE).get(0).text())
          .contains("\"request_preview\": \"\\\"What is a span?\\\"\"")
          .contains("\"state\": \"OK\"");
    }
  }

  @Test
  void readme_example_isTheCompiledOneInLessThanFifteenLines() throws IOException {
    String source = Files.readString(SOURCE);
    String example = source.substring(
        source.indexOf("// begin-readme\n") + "// begin-readme\n".length(),
        source.indexOf("// end-readme"));

    assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + example + "```\n");
    assertThat(example.lines()).hasSizeLessThan(15);
  }
}
