package io.github.tracingharness.core;

import io.github.tracingharness.core.client.Credentials;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and checks the credentials of an MLflow server: a token, else user and password, each from
 * its setting, else from the file {@code ~/.mlflow/credentials}.
 */
final class CredentialsConfig {

  private static final String SECTION = "mlflow";
  private static final String DEFAULTS = "DEFAULT";

  private CredentialsConfig() {}

  static Credentials read(SettingsReader reader) {
    refuseOtherKinds(reader);
    Optional<String> token = reader.text(Setting.TOKEN);
    if (token.isPresent()) {
      if (!ClientConfig.HEADER_TEXT.test(token.get())) {
        throw reader.wrong(
            Setting.TOKEN, "", "a token of printable ASCII characters without spaces");
      }
      return Credentials.bearer(token.get());
    }
    Optional<Path> file = reader.home().map(home -> home.resolve(".mlflow").resolve("credentials"));
    Optional<IniFile> content = file.flatMap(IniFile::read);
    Optional<String> user = value(reader, content, Setting.USERNAME);
    Optional<String> password = value(reader, content, Setting.PASSWORD);
    if (user.isPresent() && user.get().indexOf(':') >= 0) {
      throw reader.wrong(Setting.USERNAME, user.get(), "a user name without a colon");
    }
    if (user.isPresent() != password.isPresent()) {
      Setting given = user.isPresent() ? Setting.USERNAME : Setting.PASSWORD;
      Setting other = user.isPresent() ? Setting.PASSWORD : Setting.USERNAME;
      throw new IllegalArgumentException(given.variable() + " is set but " + other.variable()
          + " is not" + file.map(path -> ", nor is it in " + path).orElse("")
          + "; they must be set both or none.");
    }
    return user.isPresent()
        ? Credentials.basic(user.get(), password.orElse(""))
        : Credentials.none();
  }

  private static void refuseOtherKinds(SettingsReader reader) {
    if (reader.flag(Setting.AWS_SIGV4).orElse(false)) {
      throw reader.wrong(
          Setting.AWS_SIGV4,
          reader.text(Setting.AWS_SIGV4).orElse(""),
          "false, because signatures of AWS are not supported");
    }
    Optional<String> plugin = reader.text(Setting.TRACKING_AUTH);
    if (plugin.isPresent()) {
      throw reader.wrong(
          Setting.TRACKING_AUTH,
          plugin.get(),
          "unset, because it names a plugin of Python; use MLFLOW_TRACKING_TOKEN");
    }
  }

  /** The file has the same keys in lower case; its section of defaults counts as in Python. */
  private static Optional<String> value(
      SettingsReader reader, Optional<IniFile> content, Setting setting) {
    Optional<String> set = reader.text(setting);
    if (set.isPresent() || content.isEmpty()) {
      return set;
    }
    IniFile file = content.get();
    Optional<Map<String, String>> section = file.section(SECTION);
    String key = setting.variable().toLowerCase(Locale.ROOT);
    return section
        .map(values -> values.get(key))
        .or(() -> section.isPresent()
            ? file.section(DEFAULTS).map(values -> values.get(key))
            : Optional.empty())
        .map(text -> text.replace("%%", "%"))
        .filter(text -> !text.isEmpty());
  }
}
