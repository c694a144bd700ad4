package io.github.tracingharness.server.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Sends the requests of golden scenarios. */
final class GoldenClient {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  GoldenClient(URI base) {
    this.base = base;
  }

  @SuppressWarnings("ArrayRecordComponent") // bytes are bytes; nobody compares answers
  record Answer(int status, Map<String, List<String>> headers, byte[] body) {

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return MAPPER.readTree(body);
      } catch (IOException notJson) {
        return MissingNode.getInstance();
      }
    }
  }

  Answer send(JsonNode request, GoldenScenario scenario) throws IOException, InterruptedException {
    if (request.path("headers").has("Host")) {
      return overSocket(request, scenario);
    }
    HttpRequest.Builder builder = HttpRequest.newBuilder(
        URI.create(base + scenario.fill(request.path("path").textValue())));
    for (Map.Entry<String, JsonNode> header : request.path("headers").properties()) {
      builder.header(header.getKey(), scenario.fill(header.getValue().textValue()));
    }
    builder.method(request.path("method").textValue(), body(request, scenario));
    HttpResponse<byte[]> response =
        http.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), response.headers().map(), response.body());
  }

  /** The JDK's client chooses the Host header itself. */
  private Answer overSocket(JsonNode request, GoldenScenario scenario) throws IOException {
    byte[] body = request.path("body").isTextual() ? plain(request, scenario) : new byte[0];
    StringBuilder head = new StringBuilder();
    head.append(request.path("method").textValue())
        .append(' ')
        .append(base.getPath())
        .append(scenario.fill(request.path("path").textValue()))
        .append(" HTTP/1.1\r\nConnection: close\r\nContent-Length: ")
        .append(body.length)
        .append("\r\n");
    request
        .path("headers")
        .properties()
        .forEach(header -> head.append(header.getKey())
            .append(": ")
            .append(scenario.fill(header.getValue().textValue()))
            .append("\r\n"));
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      String[] parts = answer.split("\r\n\r\n", 2);
      List<String> lines = List.of(parts[0].split("\r\n", -1));
      Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String line : lines.subList(1, lines.size())) {
        String[] pair = line.split(": ", 2);
        headers.computeIfAbsent(pair[0], name -> new ArrayList<>()).add(pair[1]);
      }
      return new Answer(
          Integer.parseInt(lines.get(0).split(" ", -1)[1]),
          headers,
          parts[1].getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static HttpRequest.BodyPublisher body(JsonNode request, GoldenScenario scenario)
      throws IOException {
    if (!request.path("body").isTextual()) {
      return HttpRequest.BodyPublishers.noBody();
    }
    byte[] body = plain(request, scenario);
    byte[] coded = switch (request.path("content_coding").asText()) {
      case "gzip" -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(new GZIPOutputStream(out), body);
        yield out.toByteArray();
      }
      case "deflate" -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(new DeflaterOutputStream(out), body);
        yield out.toByteArray();
      }
      default -> body;
    };
    return request.path("transfer_encoding").asText().equals("chunked")
        ? HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(coded))
        : HttpRequest.BodyPublishers.ofByteArray(coded);
  }

  private static void write(OutputStream out, byte[] body) throws IOException {
    try (out) {
      out.write(body);
    }
  }

  private static byte[] plain(JsonNode request, GoldenScenario scenario) {
    String body = request.path("body").textValue();
    if (!request.path("body_encoding").asText("utf8").equals("base64")) {
      return scenario.fill(body).getBytes(StandardCharsets.UTF_8);
    }
    String hex = HexFormat.of().formatHex(Base64.getDecoder().decode(body));
    for (JsonNode replacement : request.path("body_replace")) {
      hex = hex.replace(
          replacement.path("hex").textValue(),
          scenario.variable(replacement.path("var").textValue()));
    }
    return HexFormat.of().parseHex(hex);
  }
}
