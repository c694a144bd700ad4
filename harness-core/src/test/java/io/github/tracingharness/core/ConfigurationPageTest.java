package io.github.tracingharness.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigurationPageTest {

  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @ParameterizedTest
  @EnumSource(Setting.class)
  void page_everySetting_isNamed(Setting setting) throws IOException {
    String page = Files.readString(PAGE)
        .replace("OTEL_EXPORTER_OTLP_[TRACES_]", "OTEL_EXPORTER_OTLP_TRACES_");
    String name = setting
        .variable()
        .replaceFirst("^OTEL_EXPORTER_OTLP_(?!TRACES_)(?!ENDPOINT)", "OTEL_EXPORTER_OTLP_TRACES_");

    assertThat(page).as("docs/configuration.md names every setting").contains(name);
  }
}
