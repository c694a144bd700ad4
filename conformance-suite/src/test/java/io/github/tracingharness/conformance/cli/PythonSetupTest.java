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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonSetupTest {

  @TempDir
  private Path directory;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private PythonSetup setup(Map<String, String> environment) {
    return new PythonSetup(environment, new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private Path requirements(String text) throws IOException {
    return Files.writeString(directory.resolve("requirements.txt"), text);
  }

  @Test
  void prepare_withoutPython_saysWhatIsNeededAndWhatHelps() throws IOException {
    Path requirements = requirements("");

    assertThatThrownBy(() -> setup(Map.of("PYTHON", "no-such-python"))
            .prepare("mlflow-python", ">=3.10", requirements, directory.resolve("venv")))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "mlflow-python needs Python >=3.10, but PYTHON=no-such-python is none: install it, or set PYTHON to the path of one");
  }

  @Test
  void prepare_twice_makesTheEnvironmentOnce() throws IOException {
    Python.assumePresent();
    Path requirements = requirements("# nothing\n");
    Path venv = directory.resolve("venv");

    Path interpreter = setup(System.getenv()).prepare("empty", ">=3.8", requirements, venv);
    setup(System.getenv()).prepare("empty", ">=3.8", requirements, venv);

    assertThat(interpreter).isExecutable();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines("Setting up empty (once): virtual environment and packages …");
  }

  @Test
  void prepare_packageThatDoesNotExist_showsWhatPipSaid() throws IOException {
    Python.assumePresent();
    Path requirements = requirements("/no/such/package-1.0-py3-none-any.whl\n");

    assertThatThrownBy(() -> setup(System.getenv())
            .prepare("broken", ">=3.8", requirements, directory.resolve("venv")))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("broken could not be set up: ")
        .hasMessageContaining("/no/such/package-1.0-py3-none-any.whl");
  }
}
