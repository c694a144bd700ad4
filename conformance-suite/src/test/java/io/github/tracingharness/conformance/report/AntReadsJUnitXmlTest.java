package io.github.tracingharness.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.tools.ant.Project;
import org.apache.tools.ant.taskdefs.optional.junit.AggregateTransformer;
import org.apache.tools.ant.taskdefs.optional.junit.XMLResultAggregator;
import org.apache.tools.ant.types.FileSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Ant's {@code junitreport} as a second reader of the XML, beside Surefire's. */
class AntReadsJUnitXmlTest {

  @TempDir
  Path directory;

  @ParameterizedTest
  @MethodSource("io.github.tracingharness.conformance.report.ReportsTest#runs")
  void junitreport_anyRun_readsAllItsCases(RunResult run) throws Exception {
    Element suite = (Element) aggregated(run).getElementsByTagName("testsuite").item(0);

    assertThat(suite.getElementsByTagName("testcase").getLength())
        .isEqualTo(run.cases().size());
    assertThat(suite.getAttribute("tests")).isEqualTo(String.valueOf(run.cases().size()));
  }

  @Test
  void junitreport_everyVerdict_makesAPageWithTheSameCounts() throws Exception {
    aggregated(SampleRun.everyVerdict());

    String page = Files.readString(directory.resolve("html").resolve("junit-noframes.html"));
    String summary = page.substring(page.indexOf("Summary"), page.indexOf("Packages"))
        .replaceAll("(?s)<[^>]*>", " ")
        .replaceAll("\\s+", " ");
    // tests, failures, errors, skipped
    assertThat(summary).contains(" 11 4 1 4 ");
    assertThat(page)
        .contains("MLF-EXPORT-002")
        .contains("expected exactly 1 request to START_TRACE");
  }

  private Document aggregated(RunResult run) throws Exception {
    write(run);
    Project project = new Project();
    project.init();
    project.setBaseDir(directory.toFile());
    XMLResultAggregator task = new XMLResultAggregator();
    task.setProject(project);
    task.setTodir(directory.toFile());
    FileSet files = new FileSet();
    files.setProject(project);
    files.setDir(directory.toFile());
    files.setIncludes("TEST-*.xml");
    task.addFileSet(files);
    AggregateTransformer report = task.createReport();
    report.setTodir(Files.createDirectories(directory.resolve("html")).toFile());
    AggregateTransformer.Format format = new AggregateTransformer.Format();
    format.setValue("noframes");
    report.setFormat(format);
    task.init();
    task.execute();
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(directory.resolve("TESTS-TestSuites.xml").toFile());
  }

  private void write(RunResult run) throws IOException {
    Files.writeString(
        directory.resolve("TEST-conformance.xml"),
        new String(
            JUnitXmlReport.render(run).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }
}
