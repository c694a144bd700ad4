package io.github.tracingharness.conformance.expect;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.tracingharness.conformance.judge.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one expectation file; whatever is wrong in it becomes one sentence. */
final class ExpectationFile {

  private static final List<String> TOP_KEYS = List.of("subject", "entries");
  private static final List<String> ENTRY_KEYS =
      List.of("match", "checks", "kind", "versions", "reason", "url", "until");
  private static final Set<FailureKind> WITH_CHECKS =
      EnumSet.of(FailureKind.ASSERTION, FailureKind.NOTHING_OBSERVED);
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final Path file;

  private ExpectationFile(Path file) {
    this.file = file;
  }

  static Expectations read(Path file) {
    ExpectationFile reader = new ExpectationFile(file);
    try (JsonParser parser = YAML.createParser(Files.readString(file))) {
      return reader.read(parser);
    } catch (NoSuchFileException e) {
      throw reader.invalid("there is no such file");
    } catch (JsonProcessingException e) {
      throw reader.invalid(
          line(e.getLocation()) + "is not valid YAML: " + firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw reader.invalid("the file cannot be read: " + e);
    }
  }

  private Expectations read(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw invalid("the file must have the members subject and entries");
    }
    String subject = null;
    List<Expectation> entries = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonLocation where = parser.currentTokenLocation();
      parser.nextToken();
      switch (key) {
        case "subject" -> subject = subject(parser, where);
        case "entries" -> entries = entries(parser, where);
        default -> throw invalid(line(where) + unknownKey(key, TOP_KEYS));
      }
    }
    if (subject == null || subject.isBlank()) {
      throw invalid(
          "the member subject is missing: the name of the subject that the entries are for");
    }
    if (entries == null) {
      throw invalid("the member entries is missing: a list, which may be empty ([])");
    }
    return new Expectations(file.toString(), subject, entries);
  }

  private String subject(JsonParser parser, JsonLocation where) throws IOException {
    if (!parser.currentToken().isScalarValue()) {
      throw invalid(
          line(where) + "subject must be the name of the subject that the entries are for");
    }
    return parser.getText();
  }

  private List<Expectation> entries(JsonParser parser, JsonLocation where) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw invalid(line(where) + "entries must be a list, which may be empty ([])");
    }
    List<Expectation> entries = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      int number = entries.size() + 1;
      String place =
          "line " + parser.currentTokenLocation().getLineNr() + ", entry " + number + ": ";
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw invalid(place + "an entry has the members " + String.join(", ", ENTRY_KEYS));
      }
      JsonNode entry = YAML.readTree(parser);
      entries.add(entry(entry, place));
    }
    return entries;
  }

  private Expectation entry(JsonNode entry, String place) {
    for (Map.Entry<String, JsonNode> member : entry.properties()) {
      if (!ENTRY_KEYS.contains(member.getKey())) {
        throw invalid(place + unknownKey(member.getKey(), ENTRY_KEYS));
      }
    }
    String match = mandatory(entry, "match", "id of a case, or a glob such as MLF-RETRY-*", place);
    String reason = mandatory(entry, "reason", "why the case fails, in a sentence", place);
    FailureKind kind = kind(entry, place);
    return new Expectation(
        match,
        checks(entry, kind, place),
        kind,
        versions(entry, place),
        reason,
        text(entry, "url"),
        until(entry, place));
  }

  private String mandatory(JsonNode entry, String key, String what, String place) {
    String text = text(entry, key);
    if (text == null) {
      throw invalid(place + key + " is missing: " + what);
    }
    return text;
  }

  private static @Nullable String text(JsonNode entry, String key) {
    String text = entry.path(key).asText("").strip();
    return text.isEmpty() || entry.path(key).isNull() ? null : text;
  }

  private FailureKind kind(JsonNode entry, String place) {
    String label = text(entry, "kind");
    if (label == null) {
      return FailureKind.ASSERTION;
    }
    Optional<FailureKind> kind =
        Arrays.stream(FailureKind.values()).filter(k -> k.label().equals(label)).findFirst();
    return kind.orElseThrow(() -> invalid(place + "kind " + label + " does not exist; allowed are "
        + Arrays.stream(FailureKind.values())
            .map(FailureKind::label)
            .collect(Collectors.joining(", "))));
  }

  private Set<String> checks(JsonNode entry, FailureKind kind, String place) {
    JsonNode checks = entry.path("checks");
    if (!checks.isMissingNode() && !checks.isArray()) {
      throw invalid(place + "checks must be a list of check ids, such as [honest]");
    }
    Set<String> ids = new LinkedHashSet<>();
    checks.forEach(id -> ids.add(id.asText()));
    if (WITH_CHECKS.contains(kind) && ids.isEmpty()) {
      throw invalid(place + "checks is missing: a failure of kind " + kind.label()
          + " names the checks that fail");
    }
    if (!WITH_CHECKS.contains(kind) && !ids.isEmpty()) {
      throw invalid(place + "checks must be left out: no check is judged in a failure of kind "
          + kind.label());
    }
    return ids;
  }

  private VersionRange versions(JsonNode entry, String place) {
    String range = text(entry, "versions");
    try {
      return range == null ? VersionRange.ALL : VersionRange.parse(range);
    } catch (IllegalArgumentException e) {
      throw invalid(place + "versions: " + e.getMessage());
    }
  }

  private @Nullable LocalDate until(JsonNode entry, String place) {
    String date = text(entry, "until");
    try {
      return date == null ? null : LocalDate.parse(date);
    } catch (DateTimeParseException e) {
      throw invalid(place + "until must be a date such as 2027-06-30, but it is '" + date + "'");
    }
  }

  private static String unknownKey(String key, List<String> allowed) {
    return "the member " + key + " is unknown; allowed are " + String.join(", ", allowed);
  }

  private static String line(@Nullable JsonLocation location) {
    return location == null ? "" : "line " + location.getLineNr() + ": ";
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("").strip();
  }

  private InvalidExpectationsException invalid(String what) {
    return new InvalidExpectationsException("expectation file " + file + ": " + what);
  }
}
