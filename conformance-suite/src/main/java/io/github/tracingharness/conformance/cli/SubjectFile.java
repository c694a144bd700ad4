package io.github.tracingharness.conformance.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code subject.yaml}: how a real exporter is set up and started.
 *
 * @param name name on the command line; the folder has the same
 * @param title name for a reader
 * @param language programming language
 * @param version version of the exporter that is pinned
 * @param setup what must be there before it can be started, or null
 * @param command program and arguments; {@code {python}} is the interpreter of the virtual
 *     environment, {@code {subject}} the folder of this file
 * @param environment variables that are set
 * @param sessions {@code one} or {@code many}; the driver's answer to {@code hello} decides
 * @param expectations name of the file of known failures, or null
 */
record SubjectFile(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) String title,
    @JsonProperty(required = true) String language,
    @JsonProperty(required = true) String version,
    @Nullable Setup setup,
    @JsonProperty(required = true) List<String> command,
    @Nullable Map<String, String> environment,
    @Nullable String sessions,
    @Nullable String expectations) {

  /**
   * What a subject in Python needs.
   *
   * @param python range of versions such as {@code ">=3.10"}
   * @param requirements name of the file for pip
   */
  record Setup(
      @JsonProperty(required = true) String python,
      @JsonProperty(required = true) String requirements) {}

  /**
   * Reads the file of a folder.
   *
   * @throws UsageException if it is damaged
   */
  static SubjectFile read(Path folder) {
    Path file = folder.resolve("subject.yaml");
    try {
      return new ObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .readValue(Files.readString(file), SubjectFile.class);
    } catch (JsonProcessingException e) {
      throw new UsageException("%s is damaged: %s".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new UsageException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }
}
