package io.github.tracingharness.conformance.compare;

import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.report.SubjectIdentity;
import io.github.tracingharness.conformance.requirement.Level;
import java.util.List;
import java.util.Map;

/** Results made by hand. */
final class SampleResults {

  static final String HOSTILE =
      "</script><script>alert(1)</script> | `x` \u001b[31m\u0000\u202e \"quoted\" & <b>";

  private static final Map<String, Statement> STATEMENTS = Map.of(
      "MLF-A-01",
      new Statement("MLF-A-01", Level.MUST, "A trace is sent once.", "mlflow tests: test_export"),
      "MLF-B-01",
      new Statement("MLF-B-01", Level.SHOULD, "A refused call is waited for.", "RFC 9110, 10.2.3"));

  private SampleResults() {}

  static SubjectResult result(String label, CaseLine... cases) {
    return new SubjectResult(
        label,
        new SubjectIdentity(label, "3.17.2", "Python", "CPython 3.11.7", "driver 1.0"),
        "tracing-harness 0.1.0",
        7,
        "2026-11-23T01:02:03Z",
        12_345,
        List.of(cases),
        STATEMENTS);
  }

  static CaseLine line(String id, Verdict verdict) {
    return line(id, "mlflow-3.17", "export", verdict, null, "it was seen that way");
  }

  static CaseLine known(String id, String reason, String url) {
    return line(
        id,
        "mlflow-3.17",
        "export",
        Verdict.KNOWN_FAILURE,
        new CaseLine.Known(reason, url),
        "expected 1 request, found 2");
  }

  static CaseLine hostile(String id) {
    return line(
        id, "mlflow-3.17", "export", Verdict.FAIL, new CaseLine.Known(HOSTILE, HOSTILE), HOSTILE);
  }

  static CaseLine line(
      String id, String set, String family, Verdict verdict, CaseLine.Known known, String message) {
    boolean warn = verdict == Verdict.WARN;
    boolean unmet = warn || verdict == Verdict.FAIL || verdict == Verdict.KNOWN_FAILURE;
    String requirement = warn ? "MLF-B-01" : "MLF-A-01";
    Level level = warn ? Level.SHOULD : Level.MUST;
    return new CaseLine(
        id,
        "Title of " + id,
        family,
        set,
        set.startsWith("uc") ? "databricks-uc" : "mlflow-v3",
        verdict,
        unmet ? "assertion" : "",
        level,
        requirement,
        verdict == Verdict.PASS ? "" : message,
        unmet ? List.of(new CaseLine.UnmetCheck("once", level, requirement, message)) : List.of(),
        known,
        verdict == Verdict.PASS ? List.of() : List.of("+70 ms  POST /traces => 503"),
        verdict == Verdict.PASS ? "" : "./harness run x --case " + id + " --seed 7");
  }
}
