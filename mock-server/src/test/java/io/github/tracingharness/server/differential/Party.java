package io.github.tracingharness.server.differential;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** A server that is asked. */
final class Party {

  private static final List<String> HEADERS = List.of(
      "content-type",
      "content-disposition",
      "www-authenticate",
      "allow",
      "vary",
      "x-content-type-options",
      "x-frame-options");

  private final HttpClient http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(Duration.ofSeconds(10))
      .build();
  private final URI base;

  Party(URI base) {
    this.base = base;
  }

  Answer send(Step step, Names names) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + names.fill(step.path())))
        .timeout(Duration.ofSeconds(60));
    step.headers().forEach((name, value) -> request.header(name, names.fill(value)));
    if (!step.coding().isEmpty()) {
      request.header("Content-Encoding", step.coding());
    }
    request.method(step.method(), body(step, names));
    HttpResponse<byte[]> response = send(request.build());
    Map<String, String> headers = new TreeMap<>();
    for (String name : HEADERS) {
      response.headers().firstValue(name).ifPresent(value -> headers.put(name, sorted(value)));
    }
    return new Answer(
        response.statusCode(), headers, new String(response.body(), StandardCharsets.UTF_8));
  }

  /** The real server closes some connections after its answer; the client may not know it yet. */
  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException closed) {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private static String sorted(String list) {
    return list.contains(", ") && !list.contains("\"")
        ? String.join(", ", new TreeSet<>(Arrays.asList(list.split(", ", -1))))
        : list;
  }

  private static BodyPublisher body(Step step, Names names) throws IOException {
    if (step.body() == null) {
      return BodyPublishers.noBody();
    }
    byte[] plain = names.fill(step.body()).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (OutputStream out = switch (step.coding()) {
      case "gzip" -> new GZIPOutputStream(coded);
      case "deflate" -> new DeflaterOutputStream(coded);
      default -> coded;
    }) {
      out.write(plain);
    }
    return BodyPublishers.ofByteArray(coded.toByteArray());
  }
}
