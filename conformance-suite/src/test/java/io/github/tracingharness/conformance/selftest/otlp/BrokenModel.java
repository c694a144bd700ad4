package io.github.tracingharness.conformance.selftest.otlp;

import io.github.tracingharness.conformance.subject.ExporterSubject;
import java.util.List;
import java.util.stream.Stream;

/**
 * The model with one rule broken.
 *
 * @param name what is broken
 * @param subject the broken exporter
 * @param killedBy the checks that must notice, {@code CASE/check}
 */
public record BrokenModel(String name, ExporterSubject subject, List<String> killedBy) {

  /** Copies the list. */
  public BrokenModel {
    killedBy = List.copyOf(killedBy);
  }

  /** Returns all broken models. */
  public static List<BrokenModel> all() {
    return Stream.of(
            BrokenConfig.all(),
            BrokenSettings.all(),
            BrokenWire.all(),
            BrokenAnswers.all(),
            BrokenRetry.all(),
            BrokenPayload.all(),
            BrokenAttributes.all(),
            BrokenJson.all(),
            BrokenPipeline.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Returns a model that throws into the application after its shutdown. */
  public static ExporterSubject throwing() {
    return new OtlpModel(Rules.SOUND.with(new PipelineRules() {
      @Override
      void late() {
        throw new IllegalStateException("it was shut down");
      }
    }));
  }

  /** Returns a model that does not start with a value that it should warn about and ignore. */
  public static ExporterSubject refusing() {
    return new OtlpModel(Rules.SOUND.with(new ConfigRules() {
      @Override
      boolean isSet(String value) {
        return true;
      }

      @Override
      void ignored(Diagnostics log, String variable, String why) {
        throw new IllegalArgumentException(variable + " is wrong: " + why);
      }
    }));
  }

  /** Returns a model that reads answers of any length. */
  public static ExporterSubject readingItAll() {
    return new OtlpModel(Rules.SOUND.with(new WireRules() {
      @Override
      long responseLimit() {
        return Long.MAX_VALUE;
      }
    }));
  }

  static BrokenModel broken(String name, ConfigRules rules, String... killedBy) {
    return broken(name, Rules.SOUND.with(rules), killedBy);
  }

  static BrokenModel broken(String name, PayloadRules rules, String... killedBy) {
    return broken(name, Rules.SOUND.with(rules), killedBy);
  }

  static BrokenModel broken(String name, WireRules rules, String... killedBy) {
    return broken(name, Rules.SOUND.with(rules), killedBy);
  }

  static BrokenModel broken(String name, RetryRules rules, String... killedBy) {
    return broken(name, Rules.SOUND.with(rules), killedBy);
  }

  static BrokenModel broken(String name, PipelineRules rules, String... killedBy) {
    return broken(name, Rules.SOUND.with(rules), killedBy);
  }

  static BrokenModel broken(String name, Rules rules, String... killedBy) {
    return new BrokenModel(name, new OtlpModel(rules), List.of(killedBy));
  }
}
