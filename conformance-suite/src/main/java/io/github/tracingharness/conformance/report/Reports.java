package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes all reports of a run into one directory: {@code report.json},
 * {@code TEST-conformance.xml}, {@code report.html} and {@code summary.md}.
 */
public final class Reports {

  private static final Map<String, Renderer> RENDERERS = renderers();

  private Reports() {}

  /** Makes the text of one report. */
  @FunctionalInterface
  private interface Renderer {
    String render(RunResult run, RequirementRegistry requirements);
  }

  private static Map<String, Renderer> renderers() {
    Map<String, Renderer> renderers = new LinkedHashMap<>();
    renderers.put("report.json", (run, requirements) -> new JsonReport(requirements).render(run));
    renderers.put("TEST-conformance.xml", (run, requirements) -> JUnitXmlReport.render(run));
    renderers.put(
        "summary.md", (run, requirements) -> new MarkdownSummary(requirements).render(run));
    renderers.put("report.html", (run, requirements) -> new HtmlReport(requirements).render(run));
    return renderers;
  }

  /** Returns the names of the files that are written, in the order in which they are written. */
  public static List<String> fileNames() {
    return List.copyOf(RENDERERS.keySet());
  }

  /**
   * Writes all reports with the requirements that the suite ships.
   *
   * @see #writeAll(RunResult, RequirementRegistry, Path)
   */
  public static List<Path> writeAll(RunResult run, Path directory) throws IOException {
    return writeAll(run, RequirementRegistry.load(), directory);
  }

  /**
   * Writes all reports and returns their paths. Makes the directory where there is none and
   * replaces files of an earlier run, each at once, so that a reader never sees half a report. A
   * report that cannot be written does not keep the others from being written.
   *
   * @param requirements where the texts of requirements are looked up; a key that is missing there
   *     is shown without a text
   * @throws IOException the first one, after all reports were tried; the rest is suppressed in it
   */
  public static List<Path> writeAll(RunResult run, RequirementRegistry requirements, Path directory)
      throws IOException {
    Files.createDirectories(directory);
    List<Path> written = new ArrayList<>();
    IOException failed = null;
    for (Map.Entry<String, Renderer> each : RENDERERS.entrySet()) {
      Path file = directory.resolve(each.getKey());
      try {
        write(file, each.getValue().render(run, requirements));
        written.add(file);
      } catch (IOException | RuntimeException e) {
        failed = append(failed, new IOException("cannot write " + file + ": " + e, e));
      }
    }
    if (failed != null) {
      throw failed;
    }
    return written;
  }

  private static IOException append(@Nullable IOException first, IOException next) {
    if (first == null) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }

  // Through String.getBytes, which replaces lone surrogates instead of refusing them.
  private static void write(Path file, String text) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    Files.write(unfinished, text.getBytes(StandardCharsets.UTF_8));
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
