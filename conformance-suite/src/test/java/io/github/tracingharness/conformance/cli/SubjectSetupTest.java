package io.github.tracingharness.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.conformance.driver.Python;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the fakes are shell scripts")
class SubjectSetupTest {

  @TempDir
  private Path directory;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private Path folder;
  private Path build;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectories(directory.resolve("subject"));
    build = directory.resolve("build");
  }

  private String prepare(SetupTool tool, String range, Map<String, String> environment) {
    return prepare(tool, range, environment, List.of());
  }

  private String prepare(
      SetupTool tool, String range, Map<String, String> environment, List<String> sources) {
    Map<String, String> all = new HashMap<>(System.getenv());
    all.putAll(environment);
    return new SubjectSetup(all, new PrintStream(printed, true, StandardCharsets.UTF_8))
        .prepare("mine", tool, range, folder, sources, build);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8).strip();
  }

  /** Makes a program that tells a version, and otherwise keeps its arguments and runs a script. */
  private Path fake(String name, String version, String script) throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path program = bin.resolve(name);
    Files.writeString(
        program,
        "#!/bin/sh\ncase \"$1\" in version|--version|-version) echo '" + version
            + "'; exit 0;; esac\necho \"$@\" >> '" + calls() + "'\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  private Path calls() {
    return directory.resolve("calls.txt");
  }

  private void write(String... names) throws IOException {
    for (String name : names) {
      Files.writeString(folder.resolve(name), "# " + name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "python, PYTHON, Python",
    "node, NODE, Node.js",
    "go, GO, Go",
    "rust, CARGO, Rust",
  })
  void prepare_programThatIsMissing_saysWhatIsNeededAndWhatHelps(
      String tool, String variable, String title) {
    assertThatThrownBy(
            () -> prepare(SetupTool.named(tool), ">=3.10", Map.of(variable, "no-such-program")))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "mine needs %s >=3.10, but %s=no-such-program is none: install it, or set %s to the path of one",
            title, variable, variable);
  }

  @Test
  void prepare_programThatIsTooOld_isRefused() throws IOException {
    Path go = fake("go", "go version go1.21.3 linux/amd64", "");
    write("go.mod", "go.sum");

    assertThatThrownBy(() -> prepare(SetupTool.named("go"), ">=1.25", Map.of("GO", go.toString())))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("mine needs Go >=1.25, but GO=");
  }

  @Test
  void prepare_go_buildsOnceAndAgainWhenASourceChanges() throws IOException {
    Path go = fake("go", "go version go1.26.8 linux/amd64", "touch '" + build + "/driver'");
    write("go.mod", "go.sum", "main.go");
    Map<String, String> environment = Map.of("GO", go.toString());

    String driver = prepare(new GoTool(), ">=1.25", environment, List.of("main.go"));
    prepare(new GoTool(), ">=1.25", environment, List.of("main.go"));

    assertThat(driver).isEqualTo(build.resolve("driver").toString());
    assertThat(calls()).content().hasLineCount(1).contains("build -C " + folder);
    assertThat(printed()).isEqualTo("Setting up mine (once): modules and a build …");

    Files.writeString(folder.resolve("main.go"), "changed");
    prepare(new GoTool(), ">=1.25", environment, List.of("main.go"));

    assertThat(calls()).content().hasLineCount(2);
  }

  @Test
  void prepare_whatWasMadeIsGone_isMadeAgain() throws IOException {
    Path go = fake("go", "go version go1.26.8 linux/amd64", "touch '" + build + "/driver'");
    write("go.mod", "go.sum");
    prepare(new GoTool(), ">=1.25", Map.of("GO", go.toString()));

    Files.delete(build.resolve("driver"));
    prepare(new GoTool(), ">=1.25", Map.of("GO", go.toString()));

    assertThat(build.resolve("driver")).exists();
  }

  @Test
  void prepare_node_installsTheLockedPackagesByTheNpmBesideIt() throws IOException {
    Path node = fake("node", "v22.1.0", "");
    fake("npm", "10.0.0", "");
    write("package.json", "package-lock.json");

    String program = prepare(new NodeTool(), ">=20.0", Map.of("NODE", node.toString()));

    assertThat(program).isEqualTo(node.toString());
    assertThat(build.resolve("package-lock.json")).hasContent("# package-lock.json");
    assertThat(calls()).content().startsWith("ci ").contains("--prefix " + build);
  }

  @Test
  void prepare_nodeWithoutNpm_saysSo() throws IOException {
    Path node = fake("node", "v22.1.0", "");
    write("package.json", "package-lock.json");

    assertThatThrownBy(() -> prepare(new NodeTool(), ">=20.0", Map.of("NODE", node.toString())))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "mine could not be set up: %s cannot be started; install it, or put it on the PATH",
            node.resolveSibling("npm"));
  }

  @Test
  void prepare_rust_keepsWhatAnOlderBuildLeft() throws IOException {
    Path cargo = fake(
        "cargo",
        "cargo 1.95.0 (f2d3ce0bd 2026-03-21)",
        "mkdir -p '" + build + "/release'; touch '" + build + "/release/driver'");
    write("Cargo.toml", "Cargo.lock");
    Files.createDirectories(build);
    Files.writeString(build.resolve("crate"), "compiled");

    String driver = prepare(new RustTool(), ">=1.85", Map.of("CARGO", cargo.toString()));

    assertThat(Path.of(driver)).exists();
    assertThat(build.resolve("crate")).exists();
    assertThat(calls()).content().contains("--locked");
  }

  @Test
  void prepare_maven_callsTheWrapperOfTheProject() throws IOException {
    fake("mvnw", "", "");
    write("pom.xml");

    String java = prepare(new MavenTool(directory.resolve("bin")), ">=17.0", Map.of());

    assertThat(Path.of(java)).isExecutable();
    assertThat(calls()).content().contains("-DbuildDirectory=" + build);
  }

  @Test
  void prepare_stepThatFails_showsItsLastLineAndIsTriedAgain() throws IOException {
    Path go = fake("go", "go version go1.26.8 linux/amd64", "echo no such module; exit 1");
    write("go.mod", "go.sum");
    Map<String, String> environment = Map.of("GO", go.toString());

    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThatThrownBy(() -> prepare(new GoTool(), ">=1.25", environment))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith("mine could not be set up: '" + go + " build")
          .hasMessageContaining("failed with 'no such module'; the whole output is in ");
      assertThat(calls()).content().hasLineCount(attempt);
    }
  }

  @Test
  void prepare_python_makesAnEnvironmentOnce() throws IOException {
    Python.assumePresent();
    write("requirements.txt");

    String interpreter = prepare(SetupTool.named("python"), ">=3.8", Map.of());
    prepare(SetupTool.named("python"), ">=3.8", Map.of());

    assertThat(Path.of(interpreter)).isExecutable();
    assertThat(printed()).isEqualTo("Setting up mine (once): virtual environment and packages …");
  }

  @Test
  void prepare_packageThatDoesNotExist_showsWhatPipSaid() throws IOException {
    Python.assumePresent();
    Files.writeString(
        folder.resolve("requirements.txt"), "/no/such/package-1.0-py3-none-any.whl\n");

    assertThatThrownBy(() -> prepare(SetupTool.named("python"), ">=3.8", Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("mine could not be set up: ")
        .hasMessageContaining("/no/such/package-1.0-py3-none-any.whl");
  }

  @Test
  void named_toolThatDoesNotExist_listsTheKnown() {
    assertThatThrownBy(() -> SetupTool.named("ruby"))
        .isInstanceOf(UsageException.class)
        .hasMessage("setup.tool ruby is unknown; allowed are python, node, go, rust, maven");
  }
}
