package io.github.tracingharness.conformance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.history.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class RedactorTest {

  private final Redactor redactor = new Redactor(7);

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Test
  void fill_placeholder_becomesASecretThatTheSeedDecides() {
    ObjectNode config = object().put("auth.bearer", "${secret:token}").put("async", true);

    String first = redactor.fill(config).path("auth.bearer").asText();
    String again = new Redactor(7).fill(config).path("auth.bearer").asText();
    String other = new Redactor(8).fill(config).path("auth.bearer").asText();

    assertThat(first).startsWith("token-").hasSize(46).isEqualTo(again).isNotEqualTo(other);
  }

  @Test
  void text_withTheSecret_showsItsKeyInstead() {
    String token = fillBearer();

    assertThat(redactor.text("GET /x?token=" + token + " HTTP/1.1"))
        .isEqualTo("GET /x?token=«secret:auth.bearer» HTTP/1.1");
  }

  @Test
  void header_rightCredential_showsItsKeyAndAWrongOneItsDigest() {
    String token = fillBearer();

    assertThat(redactor.header("Authorization", "Bearer " + token).value())
        .isEqualTo("Bearer «secret:auth.bearer»");
    assertThat(redactor.header("authorization", "Bearer something-else").value())
        .matches("Bearer sha256:[0-9a-f]{16}");
    assertThat(redactor.header("Content-Type", "text/plain").value()).isEqualTo("text/plain");
  }

  @Test
  void basic_pairAndPassword_areBothTakenOut() {
    ObjectNode config = object();
    config.putObject("auth.basic").put("username", "u").put("password", "${secret:pw}");
    ObjectNode filled = redactor.fill(config);
    String password = filled.path("auth.basic").path("password").asText();
    String pair =
        Base64.getEncoder().encodeToString(("u:" + password).getBytes(StandardCharsets.UTF_8));

    assertThat(redactor.text(pair + " " + password))
        .isEqualTo("«secret:auth.basic» «secret:auth.basic.password»");
    assertThat(redactor.json(filled).toString()).doesNotContain(password);
  }

  @Test
  void payload_binaryWithTheSecret_keepsItsLength() {
    String token = fillBearer();
    byte[] body = ("\u0001\u0002" + token + "\u0003").getBytes(StandardCharsets.ISO_8859_1);

    byte[] clean = redactor.payload(body).bytes();

    assertThat(clean).hasSameSizeAs(body);
    assertThat(new String(clean, StandardCharsets.UTF_8))
        .contains("«secret:auth.bearer»")
        .doesNotContain(token);
  }

  @Test
  void fill_placeholderInsideOfAText_keepsTheTextAndIsKnownByItsName() {
    String headers = redactor
        .fill(object().put("OTEL_EXPORTER_OTLP_HEADERS", "a=1,authorization=Bearer%20${secret:t}"))
        .path("OTEL_EXPORTER_OTLP_HEADERS")
        .asText();

    assertThat(headers).startsWith("a=1,authorization=Bearer%20t-");
    assertThat(redactor.text("Bearer " + headers.substring(headers.indexOf("t-"))))
        .isEqualTo("Bearer «secret:t»");
  }

  @Test
  void payload_compressedWithTheSecret_isCompressedWithItsKeyInstead() {
    String token = fillBearer();
    Payload sent = Payload.of("{\"token\": \"" + token + "\"}").packed();

    Payload recorded = redactor.payload(sent.bytes());

    assertThat(recorded.unpacked().text()).isEqualTo("{\"token\": \"«secret:auth.bearer»\"}");
  }

  @Test
  void payload_compressedWithoutSecrets_staysAsItWasSent() {
    fillBearer();
    Payload sent = Payload.of("{}").packed();
    byte[] damaged = java.util.Arrays.copyOf(sent.bytes(), 12);

    assertThat(redactor.payload(sent.bytes())).isEqualTo(sent);
    assertThat(redactor.payload(damaged)).isEqualTo(Payload.of(damaged));
  }

  private String fillBearer() {
    return redactor
        .fill(object().put("auth.bearer", "${secret:token}"))
        .path("auth.bearer")
        .asText();
  }
}
