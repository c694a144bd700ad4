package io.github.tracingharness.core;

import io.github.tracingharness.core.trace.TraceLocation;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the destination of traces from its text form. */
final class DestinationReader {

  private static final Pattern EXPERIMENT = Pattern.compile("[A-Za-z0-9_-]{1,250}");
  private static final Pattern SCHEMA = Pattern.compile("([^.\\s/]{1,255})\\.([^.\\s/]{1,255})");

  private DestinationReader() {}

  static Optional<TraceLocation> read(SettingsReader reader) {
    return reader.text(Setting.DESTINATION).map(String::strip).map(text -> {
      var schema = SCHEMA.matcher(text);
      if (schema.matches()) {
        return new TraceLocation.UcSchema(schema.group(1), schema.group(2));
      }
      if (EXPERIMENT.matcher(text).matches()) {
        return new TraceLocation.Experiment(text);
      }
      throw reader.wrong(
          Setting.DESTINATION,
          text,
          "the id of an experiment, for example 123, or <catalog>.<schema> of Unity Catalog; a table"
              + " prefix can be given to the builder only");
    });
  }
}
