package io.github.tracingharness.core;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds the value of a setting, from the builder, the system property or the environment, and reads
 * it as its type.
 */
final class SettingsReader {

  private final Map<String, String> builder;
  private final Map<String, String> environment;

  SettingsReader(Map<String, String> builder, Map<String, String> environment) {
    this.builder = Map.copyOf(builder);
    this.environment = Map.copyOf(environment);
  }

  /** Returns the value; an empty text in property or environment counts as not set. */
  Optional<String> text(Setting setting) {
    String own = builder.get(setting.variable());
    if (own != null) {
      return Optional.of(own);
    }
    String property = System.getProperty(setting.variable(), otelProperty(setting));
    String value = property.isEmpty() ? environment.getOrDefault(setting.variable(), "") : property;
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /** Tells whether the value is the builder's, not one of the process. */
  boolean isFromBuilder(Setting setting) {
    return builder.containsKey(setting.variable());
  }

  /** OpenTelemetry's settings also have its own form of system properties. */
  private static String otelProperty(Setting setting) {
    return setting.variable().startsWith("OTEL_")
        ? System.getProperty(setting.variable().toLowerCase(Locale.ROOT).replace('_', '.'), "")
        : "";
  }

  /** Returns how strong the source of a value is: 0 builder, 1 property, 2 environment, 3 none. */
  int rank(Setting setting) {
    if (builder.containsKey(setting.variable())) {
      return 0;
    }
    if (!System.getProperty(setting.variable(), "").isEmpty()) {
      return 1;
    }
    return environment.getOrDefault(setting.variable(), "").isEmpty() ? 3 : 2;
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** Returns the home of the user as the environment says, so that tests can have another one. */
  Optional<Path> home() {
    return variable("HOME").or(() -> variable("USERPROFILE")).map(Path::of);
  }

  /** Returns a path whose leading {@code ~} stands for the home of the user. */
  Path path(String text) {
    String stripped = text.strip();
    if (stripped.equals("~") || stripped.startsWith("~/")) {
      return home()
          .map(home -> home.resolve(stripped.substring(Math.min(2, stripped.length()))))
          .orElseGet(() -> Path.of(stripped));
    }
    return Path.of(stripped);
  }

  Optional<Boolean> flag(Setting setting) {
    return text(setting).map(value -> switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw wrong(setting, value, "true, false, 1 or 0");
    });
  }

  int integer(Setting setting, int least, int most, int otherwise) {
    String allowed = "a whole number from " + least + " to " + most;
    return number(setting, allowed, Integer::valueOf, n -> n >= least && n <= most, otherwise);
  }

  double decimal(Setting setting, double least, double most, double otherwise) {
    String allowed = "a number from " + plain(least) + " to " + plain(most);
    return number(setting, allowed, Double::valueOf, n -> n >= least && n <= most, otherwise);
  }

  private <T> T number(
      Setting setting, String allowed, Function<String, T> parse, Predicate<T> valid, T otherwise) {
    Optional<String> text = text(setting);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      T value = parse.apply(text.get().strip());
      if (valid.test(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(setting, text.get(), allowed);
    }
    throw wrong(setting, text.get(), allowed);
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  IllegalArgumentException wrong(Setting setting, String value, String allowed) {
    String shown = setting.secret() ? "a hidden value" : "\"" + value + "\"";
    return new IllegalArgumentException(
        setting.variable() + " is " + shown + " but must be " + allowed + ".");
  }
}
