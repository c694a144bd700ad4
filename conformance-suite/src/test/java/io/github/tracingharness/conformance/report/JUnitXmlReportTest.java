package io.github.tracingharness.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.requirement.Level;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.SurefireReportParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class JUnitXmlReportTest {

  @TempDir
  Path directory;

  @Test
  void render_everyVerdict_matchesGolden() throws IOException {
    Goldens.assertMatches("TEST-conformance.xml", JUnitXmlReport.render(SampleRun.everyVerdict()));
  }

  @Test
  void render_everyVerdict_countsAndCasesAgreeForJdkParser() throws Exception {
    Element suite = parse(JUnitXmlReport.render(SampleRun.everyVerdict()));

    assertThat(suite.getTagName()).isEqualTo("testsuite");
    assertThat(suite.getAttribute("tests")).isEqualTo("11");
    assertThat(suite.getAttribute("failures")).isEqualTo("4");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("4");
    assertThat(suite.getAttribute("time")).isEqualTo("12.345");
    assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(11);
    assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(4);
    assertThat(suite.getElementsByTagName("error").getLength()).isEqualTo(1);
    assertThat(suite.getElementsByTagName("skipped").getLength()).isEqualTo(4);
    assertThat(suite.getElementsByTagName("system-out").getLength()).isEqualTo(1);
  }

  @Test
  void render_everyVerdict_surefireReadsTheSame() throws IOException {
    List<ReportTestSuite> suites = bySurefire(SampleRun.everyVerdict());

    // Surefire makes a suite of each class name, so these are the families.
    assertThat(suites)
        .extracting(ReportTestSuite::getFullClassName)
        .containsExactly(
            "conformance.export",
            "conformance.retry",
            "conformance.lifecycle",
            "conformance.unity-catalog",
            "conformance.caller");
    assertThat(sum(suites, ReportTestSuite::getNumberOfTests)).isEqualTo(11);
    assertThat(sum(suites, ReportTestSuite::getNumberOfFailures)).isEqualTo(4);
    assertThat(sum(suites, ReportTestSuite::getNumberOfErrors)).isEqualTo(1);
    assertThat(sum(suites, ReportTestSuite::getNumberOfSkipped)).isEqualTo(4);
    Map<String, ReportTestCase> byName = suites.stream()
        .flatMap(suite -> suite.getTestCases().stream())
        .collect(Collectors.toMap(ReportTestCase::getName, c -> c));
    ReportTestCase failed = byName.get("MLF-EXPORT-002");
    assertThat(failed.getFullClassName()).isEqualTo("conformance.export");
    assertThat(failed.hasFailure()).isTrue();
    assertThat(failed.getFailureType()).isEqualTo("assertion");
    assertThat(failed.getFailureMessage())
        .isEqualTo("expected exactly 1 request to START_TRACE; found 2 (requests 1 and 3)");
    assertThat(failed.getFailureDetail()).contains("repeat with: ./harness run mlflow-python");
    assertThat(byName.get("MLF-CALL-001").hasError()).isTrue();
    assertThat(byName.get("MLF-RETRY-001").isSuccessful()).isTrue();
  }

  @Test
  void render_hostileText_isReadByBothParsers() throws Exception {
    Element suite = parse(JUnitXmlReport.render(SampleRun.hostile()));
    Element failure = (Element) suite.getElementsByTagName("failure").item(0);

    assertThat(failure.getTextContent())
        .contains("</script><script>alert(1)</script>", "]]>", "\\u001b[31mred\\u0000", "\\ud800")
        .contains("é 漢 🎉");
    assertThat(sum(bySurefire(SampleRun.hostile()), ReportTestSuite::getNumberOfFailures))
        .isEqualTo(1);
  }

  @Test
  void render_emptyAndBigRun_countsAreRight() throws IOException {
    List<ReportTestSuite> big = bySurefire(SampleRun.big(500));

    assertThat(sum(big, ReportTestSuite::getNumberOfTests)).isEqualTo(500);
    assertThat(sum(big, ReportTestSuite::getNumberOfFailures)).isEqualTo(50);
    assertThat(sum(bySurefire(SampleRun.empty()), ReportTestSuite::getNumberOfTests))
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "PASS, none",
    "WARN, system-out",
    "FAIL, failure",
    "FLAKY, failure",
    "UNEXPECTED_PASS, failure",
    "HARNESS_ERROR, error",
    "KNOWN_FAILURE, skipped",
    "UNSUPPORTED, skipped",
    "NOT_APPLICABLE, skipped",
    "INCONCLUSIVE, skipped"
  })
  void render_verdict_becomesElement(Verdict verdict, String element) throws Exception {
    Element suite = parse(JUnitXmlReport.render(SampleRun.of(verdict, Level.MUST)));

    NodeList children =
        ((Element) suite.getElementsByTagName("testcase").item(0)).getElementsByTagName("*");
    if (element.equals("none")) {
      assertThat(children.getLength()).isZero();
    } else {
      assertThat(children.getLength()).isEqualTo(1);
      assertThat(children.item(0).getNodeName()).isEqualTo(element);
    }
    if (element.equals("skipped")) {
      assertThat(((Element) children.item(0)).getAttribute("message")).isEqualTo(verdict + ": why");
    }
  }

  private static Element parse(String xml) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement();
  }

  private List<ReportTestSuite> bySurefire(RunResult run) throws IOException {
    Files.writeString(directory.resolve("TEST-conformance.xml"), JUnitXmlReport.render(run));
    return new SurefireReportParser(List.of(directory.toFile()), new NullConsoleLogger())
        .parseXMLReportFiles();
  }

  private static int sum(List<ReportTestSuite> suites, ToIntFunction<ReportTestSuite> count) {
    return suites.stream().mapToInt(count).sum();
  }
}
