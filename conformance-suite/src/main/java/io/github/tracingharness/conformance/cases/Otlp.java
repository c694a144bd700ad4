package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.model.CaseDestination;
import io.github.tracingharness.conformance.model.CaseServer;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.collector.CollectorAnswer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What cases with an OTLP destination have in common. */
final class Otlp {

  static final Requests TRACES = Requests.requests(Endpoints.OTLP_TRACES);
  static final Pattern ANY = Pattern.compile("\\S");

  static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
  static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
  static final String TRACES_HEADERS = "OTEL_EXPORTER_OTLP_TRACES_HEADERS";
  static final String COMPRESSION = "OTEL_EXPORTER_OTLP_COMPRESSION";
  static final String TRACES_COMPRESSION = "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION";
  static final String TIMEOUT = "OTEL_EXPORTER_OTLP_TIMEOUT";
  static final String TRACES_TIMEOUT = "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT";
  static final String PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL";
  static final String TRACES_PROTOCOL = "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL";

  private Otlp() {}

  /** The encodings of OTLP over HTTP. */
  enum Encoding {
    PROTOBUF("OTLP", ""),
    JSON("OTLP-JSON", ", in JSON");

    private final String prefix;
    private final String words;

    Encoding(String prefix, String words) {
      this.prefix = prefix;
      this.words = words;
    }

    /**
     * Starts a case whose spans go directly to the exporter.
     *
     * @param id id without its prefix, such as {@code RETRY-001}
     */
    ConformanceCase.Builder direct(String family, String id, String title) {
      return start(family, id, title).config("pipeline", "direct");
    }

    /** Starts a case whose spans go through the SDK and its batch span processor. */
    ConformanceCase.Builder batch(String family, String id, String title) {
      return start(family, id, title);
    }

    private ConformanceCase.Builder start(String family, String id, String title) {
      return conformanceCase(prefix + "-" + id)
          .title(title + words)
          .family("otlp-" + family)
          .destination(this == JSON ? CaseDestination.OTLP_JSON : CaseDestination.OTLP_PROTOBUF);
    }
  }

  /** Starts a case for protobuf whose spans go directly to the exporter. */
  static ConformanceCase.Builder direct(String family, String id, String title) {
    return Encoding.PROTOBUF.direct(family, id, title);
  }

  /** Starts a case for protobuf whose spans go through the SDK and its batch span processor. */
  static ConformanceCase.Builder batch(String family, String id, String title) {
    return Encoding.PROTOBUF.batch(family, id, title);
  }

  /** The collector answers the first requests so, and accepts the rest. */
  static Consumer<CaseServer> first(CollectorAnswer... answers) {
    return server -> server.answers(Arrays.asList(answers), CollectorAnswer.accept());
  }

  /** The collector answers so many requests so, and accepts the rest. */
  static Consumer<CaseServer> first(int times, CollectorAnswer answer) {
    return server -> server.answers(Collections.nCopies(times, answer), CollectorAnswer.accept());
  }

  /** The collector always answers so. */
  static Consumer<CaseServer> always(CollectorAnswer answer) {
    return server -> server.answers(List.of(), answer);
  }

  /** A plain span. */
  static CaseSpan work() {
    return root("work");
  }
}
