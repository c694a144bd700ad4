package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabricksLoginTest {

  private static final String API = "/api/2.0/mlflow/experiments/get?experiment_id=0";
  private static final String GRANT = "grant_type=client_credentials&scope=all-apis";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static FakeTrackingServer server;
  private TrackingSpace space;
  private TestClient client;

  @BeforeAll
  static void startServer() {
    server = FakeTrackingServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void newSpace() {
    space = server.newSpace();
    client = new TestClient(space);
  }

  @Test
  void workspace_asked_namesItsLoginBelowTheSpacesOwnPath() throws Exception {
    play(DatabricksProfile.standard());

    assertThat(client.get("/.well-known/databricks-config").body())
        .isEqualTo("{\"oidc_endpoint\":\"" + space.trackingUri() + "/oidc\"}");
    assertThat(json(client.get("/oidc/.well-known/oauth-authorization-server"))
            .path("token_endpoint")
            .textValue())
        .isEqualTo(space.trackingUri() + "/oidc/v1/token");
  }

  @Test
  void workspace_withAnId_tellsIt() throws Exception {
    play(DatabricksProfile.standard().withWorkspaceId("42"));

    assertThat(json(client.get("/.well-known/databricks-config"))
            .path("workspace_id")
            .textValue())
        .isEqualTo("42");
  }

  @Test
  void call_whereNothingIsDemanded_needsNoCredentials() throws Exception {
    play(DatabricksProfile.standard());

    assertThat(client.get(API).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
                  | 401 | 401 | Credential was not sent or was of an unsupported type for this API.
      Basic dTpw  | 401 | 401 | Credential was not sent or was of an unsupported type for this API.
      Bearer other| 403 | 403 | Invalid access token.
      """)
  void call_withoutTheDemandedToken_isRefusedAsByDatabricks(
      String authorization, int status, int code, String message) throws Exception {
    play(DatabricksProfile.standard().withToken("secret"));
    HttpRequest.Builder request = client.request(API).GET();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }

    HttpResponse<String> answer = client.send(request);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body())
        .isEqualTo("{\"error_code\":" + code + ",\"message\":\"" + message + "\"}");
    assertThat(client.get("/.well-known/databricks-config").statusCode()).isEqualTo(200);
    assertThat(client.get("/nowhere").statusCode()).isEqualTo(401);
  }

  @Test
  void call_withTheDemandedToken_isTaken() throws Exception {
    play(DatabricksProfile.standard().withToken("secret"));

    assertThat(get("secret")).isEqualTo(200);
  }

  @Test
  void client_withItsSecret_getsATokenThatIsTaken() throws Exception {
    play(DatabricksProfile.standard()
        .withClient("robot", "s3cret")
        .withTokenLifetime(Duration.ofMinutes(10)));
    assertThat(client.get(API).statusCode()).isEqualTo(401);

    JsonNode inHeader = json(token(GRANT, "robot:s3cret"));
    JsonNode inForm = json(token(GRANT + "&client_id=robot&client_secret=s3cret", null));

    assertThat(inHeader.path("token_type").textValue()).isEqualTo("Bearer");
    assertThat(inHeader.path("expires_in").intValue()).isEqualTo(600);
    assertThat(inHeader.path("scope").textValue()).isEqualTo("all-apis");
    assertThat(get(inHeader.path("access_token").textValue())).isEqualTo(200);
    assertThat(get(inForm.path("access_token").textValue())).isEqualTo(200);
    assertThat(get("guessed")).isEqualTo(403);
  }

  @Test
  void token_thatHasExpired_isNotTaken() throws Exception {
    play(DatabricksProfile.standard()
        .withClient("robot", "s3cret")
        .withTokenLifetime(Duration.ZERO));

    assertThat(get(json(token(GRANT, "robot:s3cret")).path("access_token").textValue()))
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({"robot:wrong", "other:s3cret", "robot", ":s3cret"})
  void client_withAnotherSecret_getsNoToken(String pair) throws Exception {
    play(DatabricksProfile.standard().withClient("robot", "s3cret"));

    HttpResponse<String> answer = token(GRANT, pair);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(json(answer).path("error").textValue()).isEqualTo("invalid_client");
  }

  @Test
  void token_askedForInAnotherWay_isRefused() throws Exception {
    play(DatabricksProfile.standard());

    assertThat(json(token("grant_type=password", "a:b")).path("error").textValue())
        .isEqualTo("unsupported_grant_type");
    assertThat(json(token(GRANT, null)).path("error").textValue()).isEqualTo("invalid_client");
    assertThat(json(client.post("/oidc/v1/token", "{}")).path("error").textValue())
        .isEqualTo("invalid_request");
  }

  @Test
  void mlflowServer_askedForAToken_knowsNothingOfIt() throws Exception {
    assertThat(client.get("/.well-known/databricks-config").statusCode()).isEqualTo(404);
    assertThat(token(GRANT, "a:b").statusCode()).isEqualTo(404);
    assertThat(space.calls())
        .extracting(RecordedCall::endpoint)
        .containsExactly(Endpoint.DATABRICKS_CONFIG, Endpoint.OIDC_TOKEN);
  }

  @Test
  void profile_printed_hidesItsSecrets() {
    DatabricksProfile profile =
        DatabricksProfile.standard().withToken("t0ken").withClient("robot", "s3cret");

    assertThat(ServerProfile.standard().withDatabricks(profile).toString())
        .contains("robot")
        .doesNotContain("t0ken", "s3cret");
  }

  @Test
  void profile_withNegativeLifetime_isRefused() {
    assertThatThrownBy(() -> DatabricksProfile.standard().withLinkLifetime(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("linkLifetime must not be negative, but is PT-1S");
  }

  private void play(DatabricksProfile profile) {
    space.profile(ServerProfile.standard().withDatabricks(profile));
  }

  private int get(String token) throws Exception {
    return client
        .send(client.request(API).header("Authorization", "Bearer " + token).GET())
        .statusCode();
  }

  private HttpResponse<String> token(String form, String basic) throws Exception {
    HttpRequest.Builder request = client
        .request("/oidc/v1/token")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form));
    if (basic != null) {
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
    }
    return client.send(request);
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return MAPPER.readTree(answer.body());
  }
}
