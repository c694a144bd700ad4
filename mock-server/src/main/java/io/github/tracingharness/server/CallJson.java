package io.github.tracingharness.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.page.Redaction;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Recorded calls in JSON, without credentials. Bodies are cut; those that are no text are in
 * base64.
 */
final class CallJson {

  private static final int MAX_BODY = 16 * 1024;

  private CallJson() {}

  static ObjectNode write(RecordedCall call) {
    ObjectNode json = Json.object();
    json.put("number", call.number());
    json.put("endpoint", call.endpoint().name());
    json.put("method", call.method());
    json.put("path", call.path());
    json.put("query", Redaction.text(call.query()));
    putHeaders(json, "headers", call.headers());
    putBody(json, "body", call.body());
    json.put("status", call.status());
    putHeaders(json, "response_headers", call.responseHeaders());
    putBody(json, "response_body", call.responseBody());
    json.put("connection", call.connection());
    json.put("duration_ms", (call.answeredNanos() - call.arrivedNanos()) / 1e6);
    return json;
  }

  private static void putHeaders(ObjectNode json, String member, List<Header> headers) {
    ArrayNode list = json.putArray(member);
    headers.forEach(header ->
        list.addObject().put("name", header.name()).put("value", Redaction.header(header)));
  }

  private static void putBody(ObjectNode json, String member, byte[] body) {
    byte[] shown = body.length <= MAX_BODY ? body : Arrays.copyOf(body, MAX_BODY);
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(shown)).toString();
      json.put(member, Redaction.text(text));
    } catch (CharacterCodingException binary) {
      json.put(member + "_base64", Base64.getEncoder().encodeToString(shown));
    }
    json.put(member + "_bytes", body.length);
  }
}
