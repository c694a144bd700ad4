package io.github.tracingharness.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.testing.TrackingServerDouble.Answer;
import io.github.tracingharness.core.testing.TrackingServerDouble.Call;
import io.github.tracingharness.core.trace.TraceData;
import io.github.tracingharness.core.trace.TraceDataText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabricksUploadTest {

  private static final String ID = "tr-4def4748ecad31027832de02c0f3662f";
  private static final String LEAVE =
      "GET /api/2.0/mlflow/traces/" + ID + "/credentials-for-data-upload";
  private static final String FILE = "PUT /storage/traces.json";
  private static final StartedTrace TRACE = new StartedTrace(
      ID,
      Map.of(
          "mlflow.artifactLocation", "dbfs:/databricks/mlflow-tracking/123/" + ID + "/artifacts"));
  private static final TraceDataText DATA = TraceDataText.of(new TraceData(List.of()));

  private final TrackingServerDouble server = new TrackingServerDouble("/r/one");
  private final RestTrackingClient client = Clients.databricks(server);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_PRESIGNED_URL", "GCP_SIGNED_URL"})
  void upload_signedUrl_isOnePutWithGivenHeadersAndNoCredentials(String type) throws Exception {
    server.always(LEAVE, leave(type, "X-Amz-Signature=s3cr3t", """
        [{"name": "x-amz-server-side-encryption", "value": "AES256"},
         {"name": "Host", "value": "elsewhere"}]"""));

    client.uploadTraceData(TRACE, DATA, CallScope.CALLER);

    assertThat(server.endpoints()).containsExactly(LEAVE, FILE);
    assertThat(server.calls().get(0).header("Authorization")).isEqualTo("Bearer dapi-secret");
    Call put = server.calls().get(1);
    assertThat(put.query()).isEqualTo("X-Amz-Signature=s3cr3t");
    assertThat(put.text()).isEqualTo("{\"spans\": []}");
    assertThat(put.header("x-amz-server-side-encryption")).isEqualTo("AES256");
    assertThat(put.header("Authorization")).isEmpty();
    assertThat(put.header("Content-Type")).isEmpty();
    assertThat(put.header("X-MLflow-Client-Version")).isEmpty();
  }

  @Test
  void upload_azureSas_isABlockAndTheListOfBlocks() throws Exception {
    server.always(LEAVE, leave("AZURE_SAS_URI", "sig=dummy", "[]"));

    client.uploadTraceData(TRACE, DATA, CallScope.CALLER);

    assertThat(server.endpoints()).containsExactly(LEAVE, FILE, FILE);
    Call block = server.calls().get(1);
    assertThat(block.query()).matches("sig=dummy&comp=block&blockid=[A-Za-z0-9]+(%3D)*");
    assertThat(block.header("x-ms-blob-type")).isEqualTo("BlockBlob");
    assertThat(block.text()).isEqualTo("{\"spans\": []}");
    String id = URLDecoder.decode(
        block.query().substring(block.query().indexOf("blockid=") + 8), StandardCharsets.UTF_8);
    Call list = server.calls().get(2);
    assertThat(list.query()).isEqualTo("sig=dummy&comp=blocklist");
    assertThat(list.header("x-ms-blob-type")).isEmpty();
    assertThat(list.text())
        .isEqualTo("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<BlockList>\n<Uncommitted>" + id
            + "</Uncommitted>\n</BlockList>");
  }

  @Test
  void upload_azureDataLake_createsTheFileAndFillsIt() throws Exception {
    server.always(LEAVE, leave("AZURE_ADLS_GEN2_SAS_URI", "sig=dummy", "[]"));

    client.uploadTraceData(TRACE, DATA, CallScope.CALLER);

    assertThat(server.endpoints()).containsExactly(LEAVE, FILE, "PATCH /storage/traces.json");
    assertThat(server.calls().get(1).query()).isEqualTo("sig=dummy&resource=file");
    assertThat(server.calls().get(1).body()).isEmpty();
    Call content = server.calls().get(2);
    assertThat(content.query()).isEqualTo("sig=dummy&action=append&position=0&flush=true");
    assertThat(content.text()).isEqualTo("{\"spans\": []}");
  }

  @ParameterizedTest
  @CsvSource({"403, <Code>AccessDenied</Code>", "401, ''", "400, <Code>ExpiredToken</Code>"})
  void upload_expiredUrl_isReplacedOnce(int status, String body) throws Exception {
    server.next(LEAVE, leave("AWS_PRESIGNED_URL", "n=1", "[]"));
    server.next(LEAVE, leave("AWS_PRESIGNED_URL", "n=2", "[]"));
    server.next(FILE, Answer.of(status, body));

    client.uploadTraceData(TRACE, DATA, CallScope.CALLER);

    assertThat(server.endpoints()).containsExactly(LEAVE, FILE, LEAVE, FILE);
    assertThat(server.calls(FILE)).extracting(Call::query).containsExactly("n=1", "n=2");
  }

  @Test
  void upload_refusedTwice_failsWithoutShowingTheSignature() {
    server.always(LEAVE, leave("AWS_PRESIGNED_URL", "X-Amz-Signature=s3cr3t", "[]"));
    server.always(
        FILE, Answer.of(403, "<Error><Code>AccessDenied</Code><Sig>s3cr3t</Sig></Error>"));

    TrackingException failure = catchThrowableOfType(
        TrackingException.class, () -> client.uploadTraceData(TRACE, DATA, CallScope.CALLER));

    assertThat(failure)
        .hasMessage("the upload of the data of trace " + ID
            + " to 127.0.0.1 was answered 403: AccessDenied");
    assertThat(server.calls(FILE)).hasSize(2);
  }

  @Test
  void upload_storageFailsForAWhile_isRetriedWithTheSameUrl() throws Exception {
    server.always(LEAVE, leave("AWS_PRESIGNED_URL", "n=1", "[]"));
    server.next(FILE, Answer.status(503), Answer.reset());

    client.uploadTraceData(TRACE, DATA, CallScope.CALLER);

    assertThat(server.endpoints()).containsExactly(LEAVE, FILE, FILE, FILE);
    assertThat(client.retries()).isEqualTo(2);
  }

  @Test
  void upload_storageUnreachable_namesItWithoutTheSignature() {
    server.always(
        LEAVE,
        Answer.of(
            200,
            "{\"credential_info\": {\"type\": \"AWS_PRESIGNED_URL\","
                + " \"signed_uri\": \"http://127.0.0.1:1/f?sig=s3cr3t\"}}"));

    TrackingException failure = catchThrowableOfType(
        TrackingException.class, () -> client.uploadTraceData(TRACE, DATA, CallScope.CALLER));

    assertThat(failure)
        .hasMessageContaining("PUT http://127.0.0.1:1/f?... failed after 3 attempts")
        .hasMessageNotContaining("s3cr3t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|it names no signed URI",
        "{\"credential_info\": {\"type\": \"FTP\", \"signed_uri\": \"http://h/?s3cr3t\"}}|the type FTP is not known",
        "{\"credential_info\": {\"signed_uri\": \"http://h/?s3cr3t\"}}|the type null is not known",
        "{\"credential_info\": {\"type\": \"GCP_SIGNED_URL\", \"signed_uri\": \"http://h/ s3cr3t\"}}|its signed URI is none",
        "{\"credential_info\": {\"type\": \"GCP_SIGNED_URL\", \"signed_uri\": \"file:///s3cr3t\"}}|its signed URI is none of http or https"
      })
  void upload_unusableCredentials_saysWhy(String answer, String why) {
    server.always(LEAVE, Answer.of(200, answer));

    TrackingException failure = catchThrowableOfType(
        TrackingException.class, () -> client.uploadTraceData(TRACE, DATA, CallScope.CALLER));

    assertThat(failure)
        .hasMessage("the credentials for the upload of a trace cannot be used: " + why)
        .hasNoCause();
  }

  private Answer leave(String type, String query, String headers) {
    return Answer.of(
        200,
        "{\"credential_info\": {\"type\": \"" + type + "\", \"path\": \"traces.json\","
            + " \"signed_uri\": \"" + server.uri() + "/storage/traces.json?" + query + "\","
            + " \"headers\": " + headers + "}}");
  }
}
