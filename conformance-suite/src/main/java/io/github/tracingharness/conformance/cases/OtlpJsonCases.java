package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES;
import static io.github.tracingharness.conformance.cases.Otlp.work;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.export;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.OtlpSpans.sent;

import io.github.tracingharness.conformance.cases.Otlp.Encoding;
import io.github.tracingharness.conformance.check.Logs;
import io.github.tracingharness.conformance.check.OtlpJsonForm;
import io.github.tracingharness.conformance.check.OtlpRequests;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.collector.CollectorAnswer;
import java.util.List;
import java.util.regex.Pattern;

/** The JSON form of OTLP, where it is not what a JSON library does by itself. */
final class OtlpJsonCases {

  private OtlpJsonCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        ids(),
        enums(),
        keys(),
        longs(),
        nonNumbers(),
        bytes(),
        rejected("FORM-007", "as a string", "\"1\""),
        rejected("FORM-008", "as a number", "1"),
        loneSurrogate());
  }

  private static ConformanceCase ids() {
    return json("FORM-001", "Ids are hexadecimal strings")
        .requirement("OTLP-JSN-01")
        .when(emit(work(), child("kid", "work").link("work")), flush(), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("ids", OtlpJsonForm.hexadecimalIds())
        .then("link", sent("kid").linkTo(1, "work"))
        .build();
  }

  private static ConformanceCase enums() {
    return json("FORM-002", "Kinds and status codes are integers")
        .requirement("OTLP-JSN-02")
        .when(
            emit(root("server").kind("SERVER"), root("failed").status("ERROR", "boom")),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("integers", OtlpJsonForm.integerEnums())
        .build();
  }

  private static ConformanceCase keys() {
    return json("FORM-003", "Keys are lowerCamelCase")
        .requirement("OTLP-JSN-03")
        .when(
            emit(work().attribute("snake_case", "v").status("OK"), child("kid", "work")),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("keys", OtlpJsonForm.camelCaseKeys())
        .build();
  }

  private static ConformanceCase longs() {
    return json("FORM-004", "Integers of 64 bits are decimal strings")
        .requirement("OTLP-JSN-04")
        .when(emit(work().typed("n", "{'intValue': '7'}")), flush(), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("strings", OtlpJsonForm.longsAsStrings())
        .build();
  }

  private static ConformanceCase nonNumbers() {
    return json("FORM-005", "NaN and the infinities are strings")
        .requirement("OTLP-JSN-05")
        .when(
            emit(work()
                .typed("nan", "{'doubleValue': 'NaN'}")
                .typed("plus", "{'doubleValue': 'Infinity'}")
                .typed("minus", "{'doubleValue': '-Infinity'}")),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("strict", OtlpJsonForm.strict())
        .then("strings", OtlpJsonForm.nonNumbersAsStrings(3))
        .build();
  }

  private static ConformanceCase bytes() {
    return json("FORM-006", "Bytes are base64")
        .requirement("OTLP-JSN-06")
        .when(emit(work().typed("b", "{'bytesValue': '+/8='}")), flush(), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("base64", OtlpJsonForm.bytesAsBase64())
        .then("value", sent("work").attribute("b", new byte[] {(byte) 0xfb, (byte) 0xff}))
        .build();
  }

  private static ConformanceCase rejected(String id, String how, String number) {
    String answer = "{\"partialSuccess\": {\"rejectedSpans\": %s, \"errorMessage\": \"XYZZY\"}}"
        .formatted(number);
    return Encoding.JSON
        .direct("json", id, "The number of rejected spans %s is understood".formatted(how))
        .requirement("OTLP-JSN-08")
        .needs("signal:log")
        .given(Otlp.first(CollectorAnswer.encoded(new byte[0], answer)))
        .when(export(work()), export(root("next")))
        .control("seen", TRACES.atLeast(1))
        .then("told", Logs.logged("WARN", Pattern.compile("XYZZY")))
        .never("not-retried", TRACES.atMost(2))
        .then("goes-on", Replies.result("export", 2, "success"))
        .build();
  }

  private static ConformanceCase loneSurrogate() {
    return json("FORM-009", "A lone surrogate makes no JSON that a strict parser refuses")
        .requirement("OTLP-JSN-09")
        .when(
            emit(root("bad").typed("k", "{'invalidString': true}"), root("good")),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("strict", OtlpJsonForm.strict())
        .then("unicode", OtlpRequests.decode())
        .build();
  }

  private static ConformanceCase.Builder json(String id, String title) {
    return Encoding.JSON.batch("json", id, title);
  }
}
