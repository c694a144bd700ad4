package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.tracingharness.server.DatabricksProfile.UploadCredentials;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DatabricksUploadTest {

  private static final String TRACE = "tr-0123456789abcdef0123456789abcdef";
  private static final String CREDENTIALS =
      "/api/2.0/mlflow/traces/" + TRACE + "/credentials-for-data-";
  private static final String DATA = """
      {"spans": [{"trace_id": "ASNFZ4mrze8BI0VniavN7w==", "span_id": "AAAAAAAAAKE=",
        "parent_span_id": null, "name": "root", "start_time_unix_nano": 5,
        "end_time_unix_nano": 7, "events": [], "links": [], "attributes": {},
        "status": {"code": "STATUS_CODE_OK", "message": ""}}]}
      """;
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
    play(DatabricksProfile.standard());
  }

  @Test
  void startTrace_onAWorkspace_namesAPlaceInDbfs() throws Exception {
    JsonNode info = json(client.startTrace(TRACE)).path("trace").path("trace_info");

    assertThat(info.path("tags").path("mlflow.artifactLocation").textValue())
        .isEqualTo("dbfs:/databricks/mlflow-tracking/0/" + TRACE + "/artifacts");
    assertThat(info.path("trace_metadata").has("mlflow.trace.infoFinalized")).isFalse();
    assertThat(json(client.get("/api/2.0/mlflow/experiments/get?experiment_id=0"))
            .path("experiment")
            .path("artifact_location")
            .textValue())
        .isEqualTo("dbfs:/databricks/mlflow-tracking/0");
  }

  @ParameterizedTest
  @EnumSource
  void upload_asEachCloudWantsIt_makesTheTraceComplete(UploadCredentials kind) throws Exception {
    play(DatabricksProfile.standard().withUploadCredentials(kind));
    client.startTrace(TRACE);
    JsonNode credentials = credentials("upload");
    assertThat(credentials.path("type").textValue()).isEqualTo(kind.name());
    assertThat(credentials.path("signed_uri").textValue())
        .startsWith(space.trackingUri() + "/presigned/");
    assertThat(space.traces()).isEmpty();

    upload(kind, credentials);

    StoredTrace trace = space.awaitTraces(1, Duration.ofSeconds(20)).get(0);
    assertThat(trace.spansFrom()).isEqualTo(StoredTrace.SpansFrom.ARTIFACT);
    assertThat(trace.spans()).extracting(StoredSpan::name).containsExactly("root");
    assertThat(client.send(request(credentials("download"), "").GET()).body()).isEqualTo(DATA);
  }

  @Test
  void upload_whereATokenIsDemanded_needsOnlyItsSignature() throws Exception {
    client.startTrace(TRACE);
    JsonNode credentials = credentials("upload");

    play(DatabricksProfile.standard().withToken("secret"));

    assertThat(client.get(CREDENTIALS + "upload").statusCode()).isEqualTo(401);
    assertThat(put(credentials, "", true, DATA).statusCode()).isEqualTo(200);
  }

  @Test
  void attachment_uploaded_liesBesideTheTraceData() throws Exception {
    client.startTrace(TRACE);
    JsonNode credentials = credentials("upload?path=attachments/a%20b");

    assertThat(put(credentials, "", true, "bytes").statusCode()).isEqualTo(200);

    assertThat(client
            .send(request(credentials("download?path=attachments/a%20b"), "").GET())
            .body())
        .isEqualTo("bytes");
    assertThat(space.traces()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_PRESIGNED_URL, 403, AccessDenied",
    "AZURE_SAS_URI, 403, AuthenticationFailed",
    "GCP_SIGNED_URL, 400, ExpiredToken"
  })
  void upload_withAnExpiredAddress_isRefused(UploadCredentials kind, int status, String code)
      throws Exception {
    play(DatabricksProfile.standard().withUploadCredentials(kind).withLinkLifetime(Duration.ZERO));
    client.startTrace(TRACE);

    HttpResponse<String> answer = put(credentials("upload"), "", true, DATA);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("<Code>" + code + "</Code>");
    assertThat(space.traces()).isEmpty();
  }

  @Test
  void upload_toS3WithoutTheGivenHeaders_isRefused() throws Exception {
    client.startTrace(TRACE);

    HttpResponse<String> answer = put(credentials("upload"), "", false, DATA);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("SignatureDoesNotMatch", "x-amz-server-side-encryption");
  }

  @Test
  void upload_toS3InChunks_isRefused() throws Exception {
    client.startTrace(TRACE);
    HttpRequest.Builder request = request(credentials("upload"), "")
        .header("x-amz-server-side-encryption", "AES256")
        .PUT(HttpRequest.BodyPublishers.ofInputStream(
            () -> new ByteArrayInputStream(DATA.getBytes(StandardCharsets.UTF_8))));

    assertThat(client.send(request).statusCode()).isEqualTo(501);
  }

  @ParameterizedTest
  @EnumSource
  void upload_withCredentialsBesideTheSignature_isRefused(UploadCredentials kind) throws Exception {
    play(DatabricksProfile.standard().withUploadCredentials(kind));
    client.startTrace(TRACE);
    HttpRequest.Builder request = request(credentials("upload"), "")
        .header("Authorization", "Bearer secret")
        .header("x-amz-server-side-encryption", "AES256")
        .header("x-ms-blob-type", "BlockBlob")
        .PUT(HttpRequest.BodyPublishers.ofString(DATA));

    HttpResponse<String> answer = client.send(request);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Only one auth mechanism allowed");
    assertThat(space.traces()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "X-Amz-Signature, SignatureDoesNotMatch",
    "X-Goog-Signature, SignatureDoesNotMatch",
    "sig, AuthenticationFailed",
    "other, AccessDenied"
  })
  void upload_withAWrongSignature_isRefused(String parameter, String code) throws Exception {
    client.startTrace(TRACE);

    HttpResponse<String> answer =
        client.put("/presigned/" + TRACE + "/traces.json?" + parameter + "=00", DATA);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains(code);
  }

  @Test
  void signature_ofAnotherFileOrDirection_isRefused() throws Exception {
    client.startTrace(TRACE);
    String signed = credentials("upload").path("signed_uri").textValue();
    String query = signed.substring(signed.indexOf('?'));

    assertThat(client.put("/presigned/" + TRACE + "/other.json" + query, DATA).statusCode())
        .isEqualTo(403);
    assertThat(client.put("/presigned/tr-other/traces.json" + query, DATA).statusCode())
        .isEqualTo(403);
    assertThat(client.get("/presigned/" + TRACE + "/traces.json" + query).statusCode())
        .isEqualTo(403);
  }

  @Test
  void azureUpload_thatIsNotWellFormed_isRefused() throws Exception {
    play(DatabricksProfile.standard().withUploadCredentials(UploadCredentials.AZURE_SAS_URI));
    client.startTrace(TRACE);
    JsonNode credentials = credentials("upload");

    assertThat(put(credentials, "", true, DATA).body()).contains("MissingRequiredHeader");
    assertThat(put(credentials, "&comp=block", true, DATA).body())
        .contains("InvalidQueryParameterValue");
    assertThat(put(credentials, "&comp=blocklist", true, "<BlockList>").body())
        .contains("InvalidXmlDocument");
    assertThat(put(credentials, "&comp=blocklist", true, blockList("bm9uZQ==")).body())
        .contains("InvalidBlockList");
    assertThat(space.traces()).isEmpty();
  }

  @Test
  void azureUpload_ofTwoBlocks_isJoinedInTheOrderOfTheList() throws Exception {
    play(DatabricksProfile.standard().withUploadCredentials(UploadCredentials.AZURE_SAS_URI));
    client.startTrace(TRACE);
    JsonNode credentials = credentials("upload");
    put(credentials, "&comp=block&blockid=Mg%3D%3D", true, DATA.substring(20));
    put(credentials, "&comp=block&blockid=MQ%3D%3D", true, DATA.substring(0, 20));

    put(credentials, "&comp=blocklist", true, blockList("MQ==", "Mg=="));

    assertThat(client.send(request(credentials("download"), "").GET()).body()).isEqualTo(DATA);
  }

  @Test
  void credentials_thatCannotBeGiven_areRefused() throws Exception {
    assertThat(client.get(CREDENTIALS + "upload").body())
        .isEqualTo("{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\"," + "\"message\":\"Trace with ID '"
            + TRACE + "' not found.\"}");
    client.startTrace(TRACE);
    assertThat(client.get(CREDENTIALS + "upload?path=../x").statusCode()).isEqualTo(400);
    HttpResponse<String> nothing =
        client.send(request(credentials("download"), "").GET());
    assertThat(nothing.statusCode()).isEqualTo(404);
    assertThat(nothing.body()).contains("NoSuchKey");

    space.profile(ServerProfile.standard());

    assertThat(client.get(CREDENTIALS + "upload").body()).contains("<title>404");
  }

  @Test
  void experiment_withItsOwnPlaceElsewhere_givesNoCredentials() throws Exception {
    String id = json(client.post(
            "/api/2.0/mlflow/experiments/create",
            "{\"name\": \"n\", \"artifact_location\": \"s3://bucket/x\"}"))
        .path("experiment_id")
        .textValue();
    client.post(
        TestClient.START,
        TestClient.startTraceBody(TRACE, 1)
            .replace("\"experiment_id\": \"0\"", "\"experiment_id\": \"" + id + "\""));

    assertThat(client.get(CREDENTIALS + "upload").body())
        .contains("INVALID_PARAMETER_VALUE", "are not stored in this workspace");
  }

  @Test
  void faults_onUploads_arePlayed() throws Exception {
    client.startTrace(TRACE);
    space.on(Endpoint.UPLOAD_CREDENTIALS).answer(Fault.status(500)).thenReal();
    space.on(Endpoint.SIGNED_UPLOAD).answer(Fault.status(503)).thenReal();

    assertThat(client.get(CREDENTIALS + "upload").statusCode()).isEqualTo(500);
    JsonNode credentials = credentials("upload");
    assertThat(put(credentials, "", true, DATA).statusCode()).isEqualTo(503);
    assertThat(put(credentials, "", true, DATA).statusCode()).isEqualTo(200);
  }

  private void play(DatabricksProfile profile) {
    space.profile(ServerProfile.standard().withDatabricks(profile));
  }

  private void upload(UploadCredentials kind, JsonNode credentials) throws Exception {
    if (kind == UploadCredentials.AZURE_SAS_URI) {
      assertThat(put(credentials, "&comp=block&blockid=MQ%3D%3D", true, DATA).statusCode())
          .isEqualTo(201);
      assertThat(put(credentials, "&comp=blocklist", true, blockList("MQ==")).statusCode())
          .isEqualTo(201);
    } else {
      assertThat(put(credentials, "", true, DATA).statusCode()).isEqualTo(200);
    }
  }

  private static String blockList(String... ids) {
    StringBuilder xml =
        new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<BlockList>\n");
    for (String id : ids) {
      xml.append("<Uncommitted>").append(id).append("</Uncommitted>\n");
    }
    return xml.append("</BlockList>").toString();
  }

  private JsonNode credentials(String which) throws Exception {
    return json(client.get(CREDENTIALS + which)).path("credential_info");
  }

  private HttpResponse<String> put(
      JsonNode credentials, String more, boolean withHeaders, String body) throws Exception {
    HttpRequest.Builder request =
        request(credentials, more).PUT(HttpRequest.BodyPublishers.ofString(body));
    if (withHeaders) {
      credentials
          .path("headers")
          .forEach(header -> request.header(
              header.path("name").textValue(), header.path("value").textValue()));
    }
    return client.send(request);
  }

  private HttpRequest.Builder request(JsonNode credentials, String more) {
    String signed = credentials.path("signed_uri").textValue();
    return client.request(signed.substring(space.trackingUri().toString().length()) + more);
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return MAPPER.readTree(answer.body());
  }
}
