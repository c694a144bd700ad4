package io.github.tracingharness.conformance.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.junit.example.BrokenDynamicExample;
import io.github.tracingharness.conformance.junit.example.BrokenExporterExample;
import io.github.tracingharness.conformance.junit.example.SoundExporterExample;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A failing case makes a Maven build red: Surefire is run for a project of a user's. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(220)
class MavenBuildTest {

  @TempDir
  private Path project;

  private record Build(int exitCode, String output) {}

  @Test
  void build_soundExporter_isGreenAndCountsTheCases() throws Exception {
    Build build = surefire(SoundExporterExample.class);

    assertThat(build.exitCode()).as(build.output()).isZero();
    assertThat(build.output()).contains("Tests run: 4, Failures: 0, Errors: 0, Skipped: 0");
    assertThat(reports()).contains("MLF-SIZE-001");
  }

  @Test
  void build_brokenExporterByEitherBridge_isRed() throws Exception {
    Build build = surefire(BrokenExporterExample.class, BrokenDynamicExample.class);

    assertThat(build.exitCode()).isEqualTo(1);
    assertThat(build.output())
        .contains("Tests run: 8, Failures: 8, Errors: 0, Skipped: 0")
        .contains("FAIL of MUST MLF-SEM-SIZE-01: nothing was observed")
        .contains("BUILD FAILURE");
  }

  private String reports() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.list(project.resolve("target").resolve("surefire-reports"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".xml")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private Build surefire(Class<?>... tests) throws Exception {
    Path home = Path.of("..").toRealPath();
    Files.writeString(project.resolve("pom.xml"), pom(home, List.of(tests)));
    List<String> command = new ArrayList<>(List.of(home.resolve("mvnw").toString()));
    command.addAll(List.of("-B", "-ntp", "-o", "-f", project.toString(), "surefire:test"));
    Process process = new ProcessBuilder(command)
        .directory(project.toFile())
        .redirectErrorStream(true)
        .redirectOutput(project.resolve("build.log").toFile())
        .start();
    try {
      assertThat(process.waitFor(200, TimeUnit.SECONDS)).as("Maven ends").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Build(process.exitValue(), Files.readString(project.resolve("build.log")));
  }

  /** A project whose test classes and class path are this one's. */
  private static String pom(Path home, List<Class<?>> tests)
      throws IOException, URISyntaxException {
    String parent = Files.readString(home.resolve("pom.xml"));
    StringBuilder classPath = new StringBuilder();
    for (String element :
        System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1)) {
      Path path = Path.of(element).toAbsolutePath();
      if (!path.getFileName().toString().matches("(surefire|junit-platform-console).*")) {
        classPath.append("<additionalClasspathElement>" + path + "</additionalClasspathElement>");
      }
    }
    StringBuilder includes = new StringBuilder();
    tests.forEach(t -> includes.append("<include>**/" + t.getSimpleName() + ".java</include>"));
    Path testClasses = Path.of(
        MavenBuildTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.example</groupId>
          <artifactId>consumer</artifactId>
          <version>1</version>
          <dependencies>
            <dependency>
              <groupId>org.junit.jupiter</groupId>
              <artifactId>junit-jupiter</artifactId>
              <version>%s</version>
              <scope>test</scope>
            </dependency>
          </dependencies>
          <build>
            <plugins>
              <plugin>
                <groupId>org.apache.maven.plugins</groupId>
                <artifactId>maven-surefire-plugin</artifactId>
                <version>%s</version>
                <configuration>
                  <testClassesDirectory>%s</testClassesDirectory>
                  <additionalClasspathElements>%s</additionalClasspathElements>
                  <includes>%s</includes>
                </configuration>
              </plugin>
            </plugins>
          </build>
        </project>
        """.formatted(
            first(parent, "<junit.version>(.*?)<"),
            first(parent, "maven-surefire-plugin</artifactId>\\s*<version>(.*?)<"),
            testClasses,
            classPath,
            includes);
  }

  private static String first(String text, String regex) {
    Matcher matcher = Pattern.compile(regex).matcher(text);
    assertThat(matcher.find()).as(regex).isTrue();
    return matcher.group(1);
  }
}
