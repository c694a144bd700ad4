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

/** Variants of the reference that do not do what a setting, or an old server, asks for. */
final class SettingMutants {

  private static final String EXPERIMENT = "x-mlflow-experiment-id";

  private SettingMutants() {}

  static List<Mutant> all() {
    return List.of(
        configured(
            "samples whatever it is told",
            "MLF-SETTING-002/unsampled",
            builder -> builder.samplingRatio(1)),
        configured("samples nothing", "MLF-SETTING-001/seen", builder -> builder.samplingRatio(0)),
        new Mutant(
            "has no processor of the application", "MLF-SPAN-018/warned", new WithoutProcessor()),
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

  /** Takes no notice of the processor that the application has set. */
  private static final class WithoutProcessor extends VariedSubject {

    WithoutProcessor() {
      super(new ReferenceSubject());
    }

    @Override
    public Session open(SessionConfig config) {
      ObjectNode settings = config.settings().deepCopy();
      settings.remove("span_processor");
      return sound.open(new SessionConfig(config.endpoint(), config.destination(), settings));
    }
  }
}
