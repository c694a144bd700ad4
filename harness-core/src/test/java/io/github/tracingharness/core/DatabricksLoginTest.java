package io.github.tracingharness.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.core.client.ClientSettings;
import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.testing.TrackingServerDouble.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabricksLoginTest {

  @TempDir
  private Path home;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void setHome() {
    environment.put("HOME", home.toString());
    environment.put("MLFLOW_TRACKING_URI", "databricks");
  }

  @Test
  void read_variables_areTheWholeLogin() throws IOException {
    file("[DEFAULT]\nhost = https://file\ntoken = from-file\n");
    environment.put("DATABRICKS_HOST", "my.cloud.databricks.com/");
    environment.put("DATABRICKS_TOKEN", "dapi-1");

    ClientSettings settings = read();

    assertThat(settings.databricks()).isTrue();
    assertThat(settings.trackingUri()).hasToString("https://my.cloud.databricks.com/");
    assertThat(settings.credentials()).hasToString("bearer");
    assertThat(settings.organization()).isEmpty();
  }

  @Test
  void read_nothingSet_takesTheDefaultProfile() throws IOException {
    file("[DEFAULT]\nhost = https://file\ntoken = t\nworkspace_id = 42\n");

    assertThat(read().trackingUri()).hasToString("https://file");
    assertThat(read().organization()).contains("42");
  }

  @Test
  void read_profileOfUri_winsOverVariables() throws IOException {
    file("[DEFAULT]\nhost = https://one\ntoken = t\n[two]\nhost = https://two\ntoken = t\n");
    environment.put("DATABRICKS_HOST", "https://variable");
    environment.put("DATABRICKS_TOKEN", "t");
    environment.put("DATABRICKS_CONFIG_PROFILE", "DEFAULT");
    assertThat(read().trackingUri()).hasToString("https://one");

    environment.put("MLFLOW_TRACKING_URI", "databricks://two");
    assertThat(read().trackingUri()).hasToString("https://two");
  }

  @Test
  void read_settingsSection_namesTheDefaultProfile() throws IOException {
    file("[__settings__]\ndefault_profile = two\n[two]\nhost = https://two\ntoken = t\n");

    assertThat(read().trackingUri()).hasToString("https://two");
  }

  @Test
  void read_configFile_mayBeElsewhere() throws IOException {
    Files.writeString(home.resolve("other.cfg"), "[DEFAULT]\nhost = http://other/p\ntoken = t\n");
    environment.put("DATABRICKS_CONFIG_FILE", "~/other.cfg");

    assertThat(read().trackingUri()).hasToString("http://other/p");
  }

  @Test
  void read_clientIdAndSecret_areOauth() {
    environment.put("DATABRICKS_HOST", "https://h");
    environment.put("DATABRICKS_CLIENT_ID", "id");
    environment.put("DATABRICKS_CLIENT_SECRET", "s3cret");

    assertThat(read().credentials()).hasToString("oauth-m2m");
    assertThat(read().toString()).doesNotContain("s3cret");
  }

  @Test
  void read_tokenAndClient_needAChoice() {
    environment.put("DATABRICKS_HOST", "https://h");
    environment.put("DATABRICKS_TOKEN", "t");
    environment.put("DATABRICKS_CLIENT_ID", "id");
    environment.put("DATABRICKS_CLIENT_SECRET", "s");
    assertThatThrownBy(this::read)
        .hasMessage("There are both DATABRICKS_TOKEN and DATABRICKS_CLIENT_ID; set"
            + " DATABRICKS_AUTH_TYPE to pat or oauth-m2m to choose.");

    environment.put("DATABRICKS_AUTH_TYPE", "pat");
    assertThat(read().credentials()).hasToString("bearer");
    environment.put("DATABRICKS_AUTH_TYPE", "azure-cli");
    assertThatThrownBy(this::read)
        .hasMessage("DATABRICKS_AUTH_TYPE is \"azure-cli\" but must be pat or oauth-m2m, the ones"
            + " supported here.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[p]\\ntoken = s3cret|There is no host in profile p of FILE.",
        "[p]\\nhost = https://h|There is neither token nor client_id with client_secret in profile p of FILE.",
        "[p]\\nhost = https://h\\nclient_id = i|There is no client_secret in profile p of FILE.",
        "[p]\\nhost = https://h\\ntoken = two s3cret|token in profile p of FILE must be of printable ASCII characters without spaces.",
        "[p]\\nhost = ftp://h\\ntoken = s3cret|host in profile p of FILE is \"ftp://h\" but must be an http:// or https:// URL without user, query and fragment.",
        "[p]\\nhost = https://u:s3cret@h|host in profile p of FILE holds a user but must be an http:// or https:// URL without user, query and fragment.",
        "[q]\\nhost = h\\n[a]|The file FILE has no Databricks profile p; it has a, q.",
        "[p]\\ns3cret|Line 2 of FILE is neither a section nor key = value."
      })
  void read_wrongProfile_namesFileProfileAndKeyOnly(String content, String message)
      throws IOException {
    file(content.replace("\\n", "\n"));
    environment.put("MLFLOW_TRACKING_URI", "databricks://p");

    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message.replace("FILE", home.resolve(".databrickscfg").toString()));
  }

  @Test
  void read_noFile_saysWhichOne() {
    String file = home.resolve(".databrickscfg").toString();
    assertThatThrownBy(this::read)
        .hasMessage("MLFLOW_TRACKING_URI is databricks but neither is DATABRICKS_HOST set nor is"
            + " there a file " + file + ".");
    environment.put("MLFLOW_TRACKING_URI", "databricks://p");
    assertThatThrownBy(this::read)
        .hasMessage(
            "The Databricks profile p is wanted but there is no file " + file + " to have it.");
    environment.remove("HOME");
    assertThatThrownBy(this::read)
        .hasMessage("Neither DATABRICKS_HOST nor DATABRICKS_CONFIG_FILE is set, and there is no"
            + " HOME in which to look for .databrickscfg.");
  }

  @Test
  void read_variablesWithoutHostOrLogin_sayWhatIsMissing() {
    environment.put("DATABRICKS_TOKEN", "s3cret");
    assertThatThrownBy(this::read).hasMessage("There is no DATABRICKS_HOST.");
    environment.remove("DATABRICKS_TOKEN");
    environment.put("DATABRICKS_HOST", "https://h");
    assertThatThrownBy(this::read)
        .hasMessage("There is neither DATABRICKS_TOKEN nor DATABRICKS_CLIENT_ID with"
            + " DATABRICKS_CLIENT_SECRET.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"databricks-uc", "databricks-uc://p", "databricks://scope:key", "databricks:/p"})
  void read_otherFormsOfDatabricks_areRefused(String uri) {
    environment.put("MLFLOW_TRACKING_URI", uri);

    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("MLFLOW_TRACKING_URI is \"" + uri
            + "\" but must be databricks or databricks://<profile> (");
  }

  @Test
  void read_destinationInUnityCatalogAlone_isDatabricks() {
    environment.remove("MLFLOW_TRACKING_URI");
    environment.put("DATABRICKS_HOST", "https://h");
    environment.put("DATABRICKS_TOKEN", "t");
    environment.put("MLFLOW_TRACING_DESTINATION", "catalog.schema");
    assertThat(read().databricks()).isTrue();

    environment.put("MLFLOW_TRACING_DESTINATION", "123");
    assertThatThrownBy(this::read).hasMessageStartingWith("MLFLOW_TRACKING_URI is not set");
  }

  @Test
  void read_budgets_areDatabricksOwn() {
    environment.put("DATABRICKS_HOST", "https://h");
    environment.put("DATABRICKS_TOKEN", "t");
    environment.put("MLFLOW_ASYNC_TRACE_LOGGING_RETRY_TIMEOUT", "7");
    environment.put("MLFLOW_DATABRICKS_ENDPOINT_HTTP_RETRY_TIMEOUT", "9");
    assertThat(read().retryBudget()).isEqualTo(Duration.ofSeconds(7));
    assertThat(read().endpointBudget()).isEqualTo(Duration.ofSeconds(9));

    environment.put("MLFLOW_TRACKING_URI", "http://h");
    assertThat(read().endpointBudget()).isEqualTo(Duration.ofSeconds(7));
    assertThat(read().databricks()).isFalse();
  }

  @Test
  void trace_databricksProfile_isStartedAndUploadedWithSignedUri() throws Exception {
    try (TrackingServerDouble server = new TrackingServerDouble("/r/three")) {
      String id = "tr-" + "5".repeat(32);
      String leave = "GET /api/2.0/mlflow/traces/" + id + "/credentials-for-data-upload";
      String location = "dbfs:/databricks/mlflow-tracking/1/" + id + "/artifacts";
      server.always(
          TrackingServerDouble.START_TRACE,
          Answer.of(
              200,
              "{\"trace\": {\"trace_info\": {\"trace_id\": \"" + id
                  + "\", \"tags\": {\"mlflow.artifactLocation\": \"" + location + "\"}}}}"));
      server.always(
          leave,
          Answer.of(
              200,
              "{\"credential_info\": {\"type\": \"AWS_PRESIGNED_URL\", \"signed_uri\": \""
                  + server.uri() + "/put?sig=1\"}}"));
      file("[dev]\nhost = " + server.uri() + "\ntoken = dapi-dev\n");
      try (MlflowTracing tracing = MlflowTracing.builder()
          .environment(environment)
          .trackingUri("databricks://dev")
          .experimentId("1")
          .asyncExport(false)
          .build()) {
        tracing.tracer().trace("predict", () -> "hello");

        assertThat(tracing.stats().traces().delivered()).isEqualTo(1);
        assertThat(tracing.stats().spans().delivered()).isEqualTo(1);
      }

      assertThat(server.endpoints())
          .isEqualTo(List.of(TrackingServerDouble.START_TRACE, leave, "PUT /put"));
      assertThat(server.calls().get(0).header("Authorization")).isEqualTo("Bearer dapi-dev");
    }
  }

  private void file(String content) throws IOException {
    Files.writeString(home.resolve(".databrickscfg"), content);
  }

  private ClientSettings read() {
    return ClientConfig.read(new SettingsReader(Map.of(), environment), BuilderValues.NONE);
  }
}
