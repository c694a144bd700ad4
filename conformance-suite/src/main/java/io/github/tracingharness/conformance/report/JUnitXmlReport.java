package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.CheckVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.StringJoiner;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Renders {@code TEST-conformance.xml} in the form that CI servers read as JUnit results: one
 * {@code testsuite} as root, one {@code testcase} for each case with its id as name and
 * {@code conformance.<family>} as class name.
 *
 * <p>FAIL, FLAKY and UNEXPECTED_PASS are failures, HARNESS_ERROR is an error; KNOWN_FAILURE,
 * UNSUPPORTED, NOT_APPLICABLE and INCONCLUSIVE are skipped, with the reason; WARN passes and says
 * so in {@code system-out}.
 */
final class JUnitXmlReport {

  private final XMLStreamWriter xml;

  private JUnitXmlReport(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String render(RunResult run) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new JUnitXmlReport(xml).write(run);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML could not be written to memory", e);
    }
    return text.append('\n').toString();
  }

  private void write(RunResult run) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    newLine(0);
    xml.writeStartElement("testsuite");
    attribute("name", "conformance." + run.subject().name());
    attribute("tests", String.valueOf(run.cases().size()));
    attribute("failures", String.valueOf(count(run, Element.FAILURE)));
    attribute("errors", String.valueOf(count(run, Element.ERROR)));
    attribute("skipped", String.valueOf(count(run, Element.SKIPPED)));
    attribute("time", seconds(run.duration()));
    attribute("timestamp", run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
    properties(run);
    for (CaseResult c : run.cases()) {
      testcase(run, c);
    }
    newLine(0);
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void properties(RunResult run) throws XMLStreamException {
    SubjectIdentity subject = run.subject();
    newLine(1);
    xml.writeStartElement("properties");
    property("subject", subject.name());
    property("subject.version", subject.version());
    property("subject.language", subject.language());
    property("subject.runtime", subject.runtime());
    property("driver", subject.driver());
    property("suite", run.suiteVersion());
    property("seed", String.valueOf(run.seed()));
    newLine(1);
    xml.writeEndElement();
  }

  private void property(String name, String value) throws XMLStreamException {
    newLine(2);
    xml.writeEmptyElement("property");
    attribute("name", name);
    attribute("value", value);
  }

  private void testcase(RunResult run, CaseResult result) throws XMLStreamException {
    CaseVerdict verdict = result.verdict();
    newLine(1);
    xml.writeStartElement("testcase");
    attribute("name", result.conformanceCase().id());
    attribute("classname", "conformance." + result.conformanceCase().family());
    attribute("time", seconds(Duration.ofMillis(verdict.durationMs())));
    Element element = Element.of(verdict.verdict());
    switch (element) {
      case PASSED -> {}
      case WARNED -> textElement("system-out", details(run, result));
      case SKIPPED -> {
        newLine(2);
        xml.writeEmptyElement("skipped");
        attribute("message", verdict.verdict() + ": " + SafeText.oneLine(verdict.message()));
      }
      case FAILURE, ERROR -> {
        newLine(2);
        xml.writeStartElement(element == Element.FAILURE ? "failure" : "error");
        attribute("message", SafeText.oneLine(verdict.message()));
        attribute("type", type(verdict));
        xml.writeCharacters(XmlText.clean(details(run, result)));
        xml.writeEndElement();
      }
    }
    newLine(1);
    xml.writeEndElement();
  }

  private void textElement(String name, String text) throws XMLStreamException {
    newLine(2);
    xml.writeStartElement(name);
    xml.writeCharacters(XmlText.clean(text));
    xml.writeEndElement();
  }

  private static String type(CaseVerdict verdict) {
    return verdict.verdict() == Verdict.FAIL && verdict.kind() != null
        ? verdict.kind().label()
        : verdict.verdict().name();
  }

  private static String details(RunResult run, CaseResult result) {
    CaseVerdict verdict = result.verdict();
    StringJoiner lines = new StringJoiner("\n");
    lines.add(verdict.verdict() + " " + verdict.caseId() + ": "
        + result.conformanceCase().title());
    lines.add(verdict.level() + " " + verdict.requirement());
    String message = CaseWords.besideChecks(verdict);
    if (!message.isEmpty()) {
      lines.add(message);
    }
    for (CheckVerdict check : verdict.checks()) {
      if (check.verdict() != Verdict.PASS) {
        lines.add(check.verdict() + " " + check.id() + ": " + check.message());
      }
    }
    return lines.add("repeat with: " + Repro.command(run, verdict.caseId())).toString();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, XmlText.clean(value));
  }

  private void newLine(int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).toPlainString();
  }

  private static long count(RunResult run, Element element) {
    return run.counts().entrySet().stream()
        .filter(e -> Element.of(e.getKey()) == element)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private enum Element {
    PASSED,
    WARNED,
    SKIPPED,
    FAILURE,
    ERROR;

    static Element of(Verdict verdict) {
      return switch (verdict) {
        case PASS -> PASSED;
        case WARN -> WARNED;
        case KNOWN_FAILURE, UNSUPPORTED, NOT_APPLICABLE, INCONCLUSIVE -> SKIPPED;
        case FAIL, FLAKY, UNEXPECTED_PASS -> FAILURE;
        case HARNESS_ERROR -> ERROR;
      };
    }
  }
}
