package io.github.tracingharness.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaServerTest {

  private static final String CLASS = BareStub.class.getName().replace('.', '/') + ".class";

  @TempDir
  private Path directory;

  private JavaServer stub(String main) throws IOException {
    Path jar = directory.resolve("stub.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        InputStream compiled = BareStub.class.getResourceAsStream("/" + CLASS)) {
      out.putNextEntry(new ZipEntry(CLASS));
      compiled.transferTo(out);
    }
    List<Path> classPath = new ArrayList<>(List.of(jar));
    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> entry.contains("wiremock") || entry.contains("slf4j"))
        .map(Path::of)
        .forEach(classPath::add);
    return new JavaServer(classPath, List.of(main, "%d"));
  }

  @Test
  void trained_starts_fromItsArchive() throws Exception {
    List<String> command =
        new ArrayList<>(stub(BareStub.class.getName()).trained(directory, "stub.jsa"));
    Path loaded = directory.resolve("loaded.txt");
    command.add(1, "-Xlog:class+load:file=" + loaded);

    ServerProcess.start(command, directory).close();

    assertThat(Files.readAllLines(loaded))
        .as("classes that the server loaded")
        .anyMatch(
            line -> line.contains(BareStub.class.getName()) && line.contains("shared objects file"))
        .anyMatch(line -> line.contains("com.github.tomakehurst.wiremock.WireMockServer ")
            && line.contains("shared objects file"));
  }

  @Test
  void trained_aServerThatDoesNotStart_saysWhatItPrinted() throws Exception {
    JavaServer broken = stub("no.such.Main");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> broken.trained(directory, "stub.jsa"))
        .withMessageContaining("no.such.Main");
  }

  @Test
  void classPath_withADirectory_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JavaServer(List.of(directory), List.of("Main")))
        .withMessage(
            "bench server runs from jars, as ./harness starts it, but this is none: " + directory);
  }

  @Test
  void module_thatIsNotPackaged_saysWhoBuildsIt() throws Exception {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> JavaServer.ofModule(directory, "some-*.jar", "Main"))
        .withMessage("There is no some-*.jar in " + directory + ": ./harness builds it.");
  }
}
