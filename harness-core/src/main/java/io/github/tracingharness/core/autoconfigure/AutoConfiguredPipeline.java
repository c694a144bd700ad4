package io.github.tracingharness.core.autoconfigure;

import io.github.tracingharness.core.MlflowTracing;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pipeline of one autoconfigured SDK, built when it is first asked for; used by one thread. */
final class AutoConfiguredPipeline {

  private static final String EXPORTERS = "otel.traces.exporter";
  private static final String SAMPLER = "otel.traces.sampler";
  private static final String NAME = "mlflow";
  private static final String NO_EXPORTER = "none";

  /** Remembers that the name was there. */
  private static final String WANTED = "mlflow.autoconfigured";

  private @Nullable MlflowTracing tracing;

  /** Takes the name out of the list of exporters, none of which has it. */
  static Map<String, String> takeExporterName(ConfigProperties config) {
    List<String> others = new ArrayList<>(config.getList(EXPORTERS));
    if (!others.removeIf(NAME::equals)) {
      return Map.of();
    }
    String rest = others.isEmpty() ? NO_EXPORTER : String.join(",", others);
    return Map.of(EXPORTERS, rest, WANTED, "true");
  }

  Sampler addTo(Sampler sampler, ConfigProperties config) {
    if (!isWanted(config)) {
      return sampler;
    }
    boolean own = config.getString(SAMPLER) == null;
    return own ? tracing(config).sampler() : tracing(config).sampler(sampler);
  }

  SdkTracerProviderBuilder addTo(SdkTracerProviderBuilder provider, ConfigProperties config) {
    return isWanted(config) ? provider.addSpanProcessor(tracing(config).spanProcessor()) : provider;
  }

  private static boolean isWanted(ConfigProperties config) {
    return config.getBoolean(WANTED, false);
  }

  private MlflowTracing tracing(ConfigProperties config) {
    if (tracing == null) {
      try {
        tracing = MlflowTracing.builder()
            .environment(settings(config))
            .useDefaultTracerProvider(false)
            .build();
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException(String.valueOf(e.getMessage()), e);
      }
    }
    return tracing;
  }

  /** What OpenTelemetry's configuration says wins over the bare environment. */
  private static Map<String, String> settings(ConfigProperties config) {
    Map<String, String> settings = new HashMap<>(System.getenv());
    for (String name : MlflowTracing.settingNames()) {
      String value = config.getString(name.toLowerCase(Locale.ROOT).replace('_', '.'));
      if (value != null) {
        settings.put(name, value);
      }
    }
    return settings;
  }
}
