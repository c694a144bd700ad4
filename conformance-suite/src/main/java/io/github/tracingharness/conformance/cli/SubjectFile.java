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
 * @param command program and arguments; <code>{tool}</code> is the program that the setup made or
 *     found, <code>{build}</code> the directory of what was made, <code>{subject}</code> the folder
 *     of this file
 * @param environment variables that are set, with the same names in braces
 * @param sessions {@code one} or {@code many}; the driver's answer to {@code hello} decides
 * @param expectations name of the file of known failures, or null
 * @param oneShot what is known of a program that is started for each case and speaks no protocol;
 *     null for a driver
 * @param container the container in which the driver runs, or null
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
    @Nullable String expectations,
    @JsonProperty("one-shot") @Nullable OneShotPart oneShot,
    @Nullable ContainerPart container) {

  /**
   * What is made before the driver can be started.
   *
   * @param tool {@code python}, {@code node}, {@code go}, {@code rust} or {@code maven}
   * @param version lowest version of the program that makes it, such as {@code ">=3.10"}
   * @param sources files and folders, relative to this file, that it is made of beside those that
   *     the tool always reads; or null
   */
  record Setup(
      @JsonProperty(required = true) String tool,
      @JsonProperty(required = true) String version,
      @Nullable List<String> sources) {}

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
          .readValue(Files.readString(file), SubjectFile.class);
    } catch (JsonProcessingException e) {
      throw new UsageException("%s is damaged: %s".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new UsageException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }
}
