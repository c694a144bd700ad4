package io.github.tracingharness.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import io.github.tracingharness.conformance.history.Header;
import io.github.tracingharness.conformance.history.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BodyTextTest {

  private static final List<Header> PROTOBUF =
      List.of(new Header("content-type", "application/x-protobuf"));

  @Test
  void of_json_isSetInLines() {
    BodyText body = BodyText.of(Payload.of("{\"a\":[1,2]}"), List.of(), 1000);

    assertThat(body)
        .isEqualTo(new BodyText("JSON", 11, "{\n  \"a\": [\n    1,\n    2\n  ]\n}", 29));
  }

  @Test
  void of_longBody_isCutAndKeepsItsLength() {
    BodyText body = BodyText.of(Payload.of("x".repeat(5000)), List.of(), 1000);

    assertThat(body.text()).hasSize(1000);
    assertThat(body.characters()).isEqualTo(5000);
    assertThat(body.isCut()).isTrue();
    assertThat(body.form()).isEqualTo("text");
  }

  @Test
  void of_bytes_areShownInHexadecimal() {
    BodyText body = BodyText.of(Payload.of(new byte[] {0, 'A', (byte) 0xff}), List.of(), 1000);

    assertThat(body.text()).startsWith("000000  00 41 ff ").endsWith(" .A.\n");
    assertThat(body.form()).isEqualTo("bytes in hexadecimal");
    assertThat(body.isCut()).isFalse();
  }

  @Test
  void of_manyBytes_areCutAtWholeLines() {
    BodyText body = BodyText.of(Payload.of(new byte[100_000]), List.of(), 1000);

    assertThat(body.text().length()).isBetween(1000, 1100);
    assertThat(body.characters()).isGreaterThan(400_000);
  }

  @Test
  void of_gzip_isInflated() throws IOException {
    List<Header> headers = List.of(new Header("Content-Encoding", "gzip"));

    BodyText body =
        BodyText.of(Payload.of(gzip("{}".getBytes(StandardCharsets.UTF_8))), headers, 9);

    assertThat(body.form()).isEqualTo("gzip, JSON");
    assertThat(body.text()).isEqualTo("{}");
  }

  @Test
  void of_damagedGzip_isShownAsItCame() {
    List<Header> headers = List.of(new Header("Content-Encoding", "gzip"));

    BodyText body = BodyText.of(Payload.of("no gzip"), headers, 100);

    assertThat(body.form()).isEqualTo("damaged gzip, text");
    assertThat(body.text()).isEqualTo("no gzip");
  }

  @Test
  void of_otlpProtobuf_isDecoded() throws IOException {
    BodyText body = BodyText.of(Payload.of(otlp("answer")), PROTOBUF, 10_000);

    assertThat(body.form()).isEqualTo("OTLP protobuf, decoded");
    assertThat(body.text()).contains("\"name\": \"answer\"").contains("\"resourceSpans\": [");
  }

  @Test
  void of_gzippedOtlpProtobuf_isInflatedAndDecoded() throws IOException {
    List<Header> headers = List.of(PROTOBUF.get(0), new Header("Content-Encoding", "gzip"));

    BodyText body = BodyText.of(Payload.of(gzip(otlp("answer"))), headers, 10_000);

    assertThat(body.form()).isEqualTo("gzip, OTLP protobuf, decoded");
    assertThat(body.text()).contains("\"name\": \"answer\"");
  }

  @Test
  void of_damagedProtobuf_isShownInHexadecimal() {
    BodyText body = BodyText.of(Payload.of(new byte[] {10, 99, 1}), PROTOBUF, 1000);

    assertThat(body.form()).isEqualTo("undecodable protobuf in hexadecimal");
    assertThat(body.text()).startsWith("000000  0a 63 01");
  }

  /** Encodes resource spans → scope spans → one span that has nothing but a name. */
  private static byte[] otlp(String name) throws IOException {
    byte[] span = message(5, name.getBytes(StandardCharsets.UTF_8));
    return message(1, message(2, message(2, span)));
  }

  private static byte[] message(int field, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeByteArray(field, content);
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }
}
