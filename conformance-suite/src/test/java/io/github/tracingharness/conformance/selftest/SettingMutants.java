package io.github.tracingharness.conformance.selftest;

import static io.github.tracingharness.conformance.selftest.Mutant.configured;
import static io.github.tracingharness.conformance.selftest.Mutant.onEachWire;
import static io.github.tracingharness.conformance.selftest.Mutant.onWire;
import static io.github.tracingharness.conformance.selftest.WireFault.call;
import static io.github.tracingharness.conformance.selftest.WireFault.swallowed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.subject.ReferenceSubject;
import io.github.tracingharness.conformance.subject.SessionConfig;
import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Variants of the reference that do not do what a setting, or an old server, asks for. */
final class SettingMutants {

  private static final String EXPERIMENT = "x-mlflow-experiment-id";
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
  private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
  private static final String DUAL = "MLFLOW_TRACE_ENABLE_OTLP_DUAL_EXPORT";

  private SettingMutants() {}

  static List<Mutant> all() {
    return List.of(
        configured(
            "samples whatever it is told",
            "MLF-SETTING-002/unsampled",
            builder -> builder.samplingRatio(1)),
        configured("samples nothing", "MLF-SETTING-001/seen", builder -> builder.samplingRatio(0)),
        without("has no processor of the application", "MLF-SPAN-018/warned", "span_processor"),
        without("knows no workspace", "MLF-SETTING-007/start", "MLFLOW_WORKSPACE"),
        without(
            "is silent on what it cannot read",
            "MLF-SETTING-008/reported",
            "MLFLOW_TRACE_TIMEOUT_SECONDS"),
        configured(
            "waits for nothing", "MLF-RETRY-033/second-waits", builder -> builder.backoffFactor(0)),
        configured(
            "waits twice as long",
            "MLF-RETRY-033/first-does-not",
            builder -> builder.backoffFactor(4)),
        configured("gives up soon", "MLF-RETRY-034/eight-attempts", b -> b.maxRetries(3)),
        without("knows no address for traces", "MLF-OTLP-002/path", TRACES_ENDPOINT),
        without("has no headers of a variable", "MLF-OTLP-003/header", HEADERS),
        without("never compresses", "MLF-OTLP-004/gzip", "OTEL_EXPORTER_OTLP_COMPRESSION"),
        without("knows no service", "MLF-OTLP-005/service", "OTEL_SERVICE_NAME"),
        without("knows one way only", "MLF-OTLP-008/collector", DUAL),
        without(
            "takes any protocol for its own",
            "MLF-OTLP-009/reported",
            "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"),
        new Mutant("asks a base address itself", "MLF-OTLP-001/path", new Resettled(settings -> {
          if (settings.has(ENDPOINT)) {
            settings.set(TRACES_ENDPOINT, settings.remove(ENDPOINT));
          }
        })),
        new Mutant(
            "sends to a collector whatever the destination",
            "MLF-OTLP-007/nothing-else",
            new Resettled(settings -> {
              if (settings.has(TRACES_ENDPOINT)) {
                settings.put(DUAL, "true");
              }
            })),
        onWire(
            "never uploads attachments",
            "MLF-ATTACH-001/one-upload",
            swallowed(c -> WireFault.isUpload(c) && !c.uri().getPath().endsWith("/traces.json"))),
        onWire(
            "never ends a trace of version 2",
            "MLF-LEGACY-001/ended",
            swallowed(SettingMutants::isEndOfVersion2)),
        onEachWire(
            "names traces of version 2 itself",
            "MLF-LEGACY-002/own-id",
            SettingMutants::ownIdInVersion2),
        onEachWire(
            "sends all spans to the first experiment",
            "MLF-WIRE-007/own-experiment",
            SettingMutants::firstExperiment),
        onWire(
            "takes an expired address for the last word",
            "UCT-EXPERIMENT-004/asked-again",
            (call, real) -> {
              HttpAnswer answer = real.send(call);
              return answer.status() == 403 ? answer.withStatus(400) : answer;
            }));
  }

  private static WireFault ownIdInVersion2() {
    AtomicBoolean version2 = new AtomicBoolean();
    return call(c -> {
      version2.compareAndSet(false, c.uri().getPath().endsWith("/api/2.0/mlflow/traces"));
      return version2.get() && WireFault.isUpload(c)
          ? c.withUri(URI.create(c.uri()
              .toString()
              .replaceFirst("/traces/[^/]+/artifacts/", "/traces/tr-1/artifacts/")))
          : c;
    });
  }

  private static WireFault firstExperiment() {
    AtomicReference<String> first = new AtomicReference<>();
    return call(c -> {
      String experiment = c.header(EXPERIMENT).orElse(null);
      if (experiment == null) {
        return c;
      }
      first.compareAndSet(null, experiment);
      return c.withoutHeader(EXPERIMENT).withHeader(EXPERIMENT, String.valueOf(first.get()));
    });
  }

  private static boolean isEndOfVersion2(HttpCall call) {
    return call.method().equals("PATCH")
        && call.uri().getPath().contains("/api/2.0/mlflow/traces/");
  }

  /** The reference, which does not get to know a setting. */
  private static Mutant without(String name, String mustKill, String setting) {
    return new Mutant(name, mustKill, new Resettled(settings -> settings.remove(setting)));
  }

  /** The reference with other settings than the case has. */
  private static final class Resettled extends VariedSubject {

    private final Consumer<ObjectNode> change;

    Resettled(Consumer<ObjectNode> change) {
      super(new ReferenceSubject());
      this.change = change;
    }

    @Override
    public Session open(SessionConfig config) {
      ObjectNode settings = config.settings().deepCopy();
      change.accept(settings);
      return sound.open(new SessionConfig(config.endpoint(), config.destination(), settings));
    }
  }
}
