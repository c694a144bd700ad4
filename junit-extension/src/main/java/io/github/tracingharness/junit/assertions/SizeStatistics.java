package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.TraceMetadataKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The size statistics that a sender adds to the metadata of a trace. */
record SizeStatistics(Map<?, ?> members) {

  private static final String TOTAL = "total_size_bytes";
  private static final String SPANS = "num_spans";
  private static final String MAX = "max";
  private static final List<String> ASCENDING = List.of("p25", "p50", "p75", MAX, TOTAL);

  static Optional<SizeStatistics> of(Map<String, String> metadata) {
    String text = metadata.get(TraceMetadataKey.SIZE_STATS);
    try {
      return text != null && PythonJson.loads(text) instanceof Map<?, ?> members
          ? Optional.of(new SizeStatistics(members))
          : Optional.empty();
    } catch (IllegalArgumentException notJson) {
      return Optional.empty();
    }
  }

  List<String> complaints(int spans, Map<String, String> metadata) {
    List<String> complaints = new ArrayList<>();
    OptionalLong counted = number(SPANS, complaints);
    if (counted.isPresent() && counted.getAsLong() != spans) {
      complaints.add(SPANS + " is " + counted.getAsLong() + ", but there are " + spans + " spans");
    }
    String smaller = "";
    long least = 0;
    for (String name : ASCENDING) {
      OptionalLong value = number(name, complaints);
      if (value.isPresent()) {
        if (value.getAsLong() < least) {
          complaints.add(
              name + " is " + value.getAsLong() + ", less than " + smaller + " of " + least);
        }
        smaller = name;
        least = value.getAsLong();
      }
    }
    String beside = metadata.get(TraceMetadataKey.SIZE_BYTES);
    if (!String.valueOf(members.get(TOTAL)).equals(beside)) {
      complaints.add(TOTAL + " is " + members.get(TOTAL) + ", but " + TraceMetadataKey.SIZE_BYTES
          + " is " + beside);
    }
    return complaints;
  }

  private OptionalLong number(String name, List<String> complaints) {
    if (members.get(name) instanceof Number number
        && (number instanceof Integer || number instanceof Long)
        && number.longValue() >= 0) {
      return OptionalLong.of(number.longValue());
    }
    complaints.add(name + " must be a count, but is " + PythonJson.dumps(members.get(name)));
    return OptionalLong.empty();
  }
}
