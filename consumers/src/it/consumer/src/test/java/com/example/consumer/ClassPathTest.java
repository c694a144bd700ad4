package com.example.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;

/** The build has beside the extension what the row of the matrix says. */
class ClassPathTest {

  private static String expected(String name) {
    return System.getProperty("consumer." + name);
  }

  private static Attributes manifest(Class<?> type) throws IOException {
    URL place = type.getResource(type.getSimpleName() + ".class");
    return ((JarURLConnection) place.openConnection()).getManifest().getMainAttributes();
  }

  @Test
  void java_isTheOneThatWasAskedFor() {
    assertThat(System.getProperty("java.specification.version")).isEqualTo(expected("java"));
  }

  @Test
  void junit_isTheOneThatWasAskedFor() throws IOException {
    assertThat(manifest(Test.class).getValue("Implementation-Version"))
        .isEqualTo(expected("junit"));
  }

  @Test
  void jackson_isTheOneThatWasAskedFor() {
    assertThat(com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION)
        .hasToString(expected("jackson"));
    assertThat(com.fasterxml.jackson.core.json.PackageVersion.VERSION)
        .hasToString(expected("jackson"));
  }

  @Test
  void jetty_isTheOneThatWasAskedFor() {
    assertThat(org.eclipse.jetty.server.Server.getVersion()).isEqualTo(expected("jetty"));
  }

  @Test
  void protobuf_isTheOneThatWasAskedFor() throws IOException {
    assertThat(manifest(CodedInputStream.class).getValue("Bundle-Version"))
        .isEqualTo(expected("protobuf"));
  }

  @Test
  void harness_isAJarLikeAnyOther() throws IOException {
    assertThat(manifest(io.github.tracingharness.junit.TracingHarness.class)
            .getValue("Automatic-Module-Name"))
        .isEqualTo("io.github.tracingharness.junit");
    try (InputStream pom = getClass().getResourceAsStream(
        "/META-INF/maven/io.github.tracingharness/tracing-harness-junit/pom.properties")) {
      assertThat(pom).isNotNull();
    }
  }
}
