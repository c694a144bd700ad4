package io.github.tracingharness.core;

import io.github.tracingharness.core.client.Credentials;
import io.github.tracingharness.core.trace.TraceLocation;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a Databricks workspace is and how to log in there. All of it comes from one source, so that
 * a token never goes to the host of another one: from the profile that the tracking URI or
 * {@code DATABRICKS_CONFIG_PROFILE} names, else from the variables if there is any, else from the
 * default profile.
 *
 * @param host URL of the workspace
 * @param credentials credentials for it
 * @param workspaceId id of the workspace, if it was given
 */
record DatabricksLogin(URI host, Credentials credentials, Optional<String> workspaceId) {

  private static final Pattern URI_FORM =
      Pattern.compile("databricks(?:://(?<profile>[^/:?#@]+)/?)?");
  private static final String DEFAULT_PROFILE = "DEFAULT";
  private static final String SETTINGS_SECTION = "__settings__";

  /** Returns the login if the tracking URI is one of Databricks. */
  static Optional<DatabricksLogin> read(SettingsReader reader) {
    String uri = reader
        .text(Setting.TRACKING_URI)
        .map(String::strip)
        .orElseGet(() -> isUnityCatalog(reader) ? "databricks" : "");
    String start = uri.toLowerCase(Locale.ROOT);
    if (start.equals("databricks-uc") || start.startsWith("databricks-uc:")) {
      throw wrongUri(uri, "Unity Catalog is a model registry there");
    }
    if (!start.equals("databricks") && !start.startsWith("databricks:")) {
      return Optional.empty();
    }
    Matcher form = URI_FORM.matcher(uri);
    if (!form.matches()) {
      throw wrongUri(uri, "secret scopes are not supported");
    }
    Optional<String> profile = Optional.ofNullable(form.group("profile"))
        .or(() -> reader.text(Setting.DATABRICKS_CONFIG_PROFILE).map(String::strip));
    return Optional.of(login(source(reader, profile)));
  }

  /** As in MLflow, a destination in Unity Catalog says where the server is if nothing else does. */
  private static boolean isUnityCatalog(SettingsReader reader) {
    return DestinationReader.read(reader)
        .filter(TraceLocation.UnityCatalog.class::isInstance)
        .isPresent();
  }

  private static IllegalArgumentException wrongUri(String uri, String why) {
    return new IllegalArgumentException(Setting.TRACKING_URI.variable() + " is \""
        + TrackingUri.withoutSecrets(uri)
        + "\" but must be databricks or databricks://<profile> (" + why + ").");
  }

  /** What is read, with its name in either source. */
  private enum Key {
    HOST(Setting.DATABRICKS_HOST),
    TOKEN(Setting.DATABRICKS_TOKEN),
    CLIENT_ID(Setting.DATABRICKS_CLIENT_ID),
    CLIENT_SECRET(Setting.DATABRICKS_CLIENT_SECRET),
    AUTH_TYPE(Setting.DATABRICKS_AUTH_TYPE),
    WORKSPACE_ID(Setting.DATABRICKS_WORKSPACE_ID);

    private final Setting setting;

    Key(Setting setting) {
      this.setting = setting;
    }

    String inProfile() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Either the variables or one profile of a file. */
  private interface Source {
    Optional<String> get(Key key);

    String name(Key key);

    /** What the names belong to, with a blank before it; empty for the variables. */
    String place();
  }

  private static Source source(SettingsReader reader, Optional<String> profile) {
    Source variables = variables(reader);
    if (profile.isEmpty()
        && (variables.get(Key.HOST).isPresent()
            || variables.get(Key.TOKEN).isPresent()
            || variables.get(Key.CLIENT_ID).isPresent())) {
      return variables;
    }
    Path file = file(reader);
    Optional<IniFile> content = IniFile.read(file);
    if (content.isEmpty()) {
      throw new IllegalArgumentException(
          profile.isPresent()
              ? "The Databricks profile " + profile.get() + " is wanted but there is no file "
                  + file + " to have it."
              : Setting.TRACKING_URI.variable()
                  + " is databricks but neither is DATABRICKS_HOST set nor is there a file " + file
                  + ".");
    }
    IniFile ini = content.get();
    String name = profile.orElseGet(() -> defaultProfile(ini));
    Map<String, String> values =
        name.equals(SETTINGS_SECTION) ? null : ini.section(name).orElse(null);
    if (values == null) {
      TreeSet<String> known = new TreeSet<>(ini.sections());
      known.remove(SETTINGS_SECTION);
      throw new IllegalArgumentException("The file " + file + " has no Databricks profile " + name
          + (known.isEmpty() ? "." : "; it has " + String.join(", ", known) + "."));
    }
    return section(values, " in profile " + name + " of " + file);
  }

  private static String defaultProfile(IniFile ini) {
    return ini.section(SETTINGS_SECTION)
        .map(settings -> settings.getOrDefault("default_profile", ""))
        .filter(name -> !name.isBlank())
        .orElse(DEFAULT_PROFILE);
  }

  private static Path file(SettingsReader reader) {
    return reader
        .text(Setting.DATABRICKS_CONFIG_FILE)
        .map(reader::path)
        .or(() -> reader.home().map(home -> home.resolve(".databrickscfg")))
        .orElseThrow(() -> new IllegalArgumentException(
            "Neither DATABRICKS_HOST nor DATABRICKS_CONFIG_FILE is set, and there is no HOME in"
                + " which to look for .databrickscfg."));
  }

  private static Source variables(SettingsReader reader) {
    return new Source() {
      @Override
      public Optional<String> get(Key key) {
        return reader.text(key.setting).map(String::strip);
      }

      @Override
      public String name(Key key) {
        return key.setting.variable();
      }

      @Override
      public String place() {
        return "";
      }
    };
  }

  private static Source section(Map<String, String> values, String place) {
    return new Source() {
      @Override
      public Optional<String> get(Key key) {
        return Optional.ofNullable(values.get(key.inProfile())).filter(value -> !value.isEmpty());
      }

      @Override
      public String name(Key key) {
        return key.inProfile();
      }

      @Override
      public String place() {
        return place;
      }
    };
  }

  private static DatabricksLogin login(Source source) {
    URI host = TrackingUri.host(
        source.name(Key.HOST) + source.place(),
        source.get(Key.HOST).orElseThrow(() -> missing(source, source.name(Key.HOST))));
    Optional<String> workspaceId = source.get(Key.WORKSPACE_ID);
    if (workspaceId.isPresent() && !ClientConfig.HEADER_TEXT.test(workspaceId.get())) {
      throw wrong(source, Key.WORKSPACE_ID, "an id of printable ASCII characters");
    }
    return new DatabricksLogin(host, credentials(source, host), workspaceId);
  }

  private static Credentials credentials(Source source, URI host) {
    boolean token = source.get(Key.TOKEN).isPresent();
    boolean client =
        source.get(Key.CLIENT_ID).isPresent() || source.get(Key.CLIENT_SECRET).isPresent();
    String both = source.name(Key.TOKEN) + " and " + source.name(Key.CLIENT_ID);
    String type = source.get(Key.AUTH_TYPE).orElse("");
    if (type.isEmpty() && token && client) {
      throw new IllegalArgumentException("There are both " + both + source.place() + "; set "
          + source.name(Key.AUTH_TYPE) + " to pat or oauth-m2m to choose.");
    }
    if (type.isEmpty() && !token && !client) {
      throw missing(
          source,
          "neither " + source.name(Key.TOKEN) + " nor " + source.name(Key.CLIENT_ID) + " with "
              + source.name(Key.CLIENT_SECRET));
    }
    return switch (type.isEmpty() ? (token ? "pat" : "oauth-m2m") : type) {
      case "pat" -> Credentials.bearer(required(source, Key.TOKEN));
      case "oauth-m2m" ->
        Credentials.machine(
            tokenEndpoint(host),
            required(source, Key.CLIENT_ID),
            required(source, Key.CLIENT_SECRET));
      default -> throw wrong(source, Key.AUTH_TYPE, "pat or oauth-m2m, the ones supported here");
    };
  }

  private static URI tokenEndpoint(URI host) {
    String base = host.toString();
    return URI.create(
        (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/oidc/v1/token");
  }

  private static String required(Source source, Key key) {
    String value = source.get(key).orElseThrow(() -> missing(source, source.name(key)));
    if (!ClientConfig.HEADER_TEXT.test(value)) {
      throw new IllegalArgumentException(source.name(key) + source.place()
          + " must be of printable ASCII characters without spaces.");
    }
    return value;
  }

  private static IllegalArgumentException missing(Source source, String what) {
    boolean several = what.startsWith("neither");
    return new IllegalArgumentException(
        (several ? "There is " : "There is no ") + what + source.place() + ".");
  }

  private static IllegalArgumentException wrong(Source source, Key key, String allowed) {
    return new IllegalArgumentException(source.name(key) + source.place() + " is \""
        + source.get(key).orElse("") + "\" but must be " + allowed + ".");
  }
}
