package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.ArtifactStore;
import io.github.tracingharness.server.state.TrackingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/** The artifact proxy. */
final class ArtifactHandlers {

  private ArtifactHandlers() {}

  static Reply put(Call call) {
    String path = call.variable("path");
    requireSafe(path);
    if (path.endsWith("/")) {
      return Replies.detail(400, "Artifact path must include a filename (cannot end with '/').");
    }
    if (!call.state().artifacts().isFree(path)) {
      return Replies.crashedFastApi();
    }
    call.state().artifacts().put(path, call.request().body());
    return Reply.empty(200);
  }

  static Reply get(Call call) {
    String path = call.variable("path");
    requireSafe(path);
    ArtifactStore artifacts = call.state().artifacts();
    if (artifacts.get(path).isEmpty() && artifacts.isDirectory(path)) {
      return Replies.detail(400, "Artifact path refers to a directory, not a file: '" + path + "'");
    }
    byte[] content = artifacts
        .get(path)
        .orElseThrow(() -> TrackingException.absent("No such artifact: '" + path + "'"));
    return download(fileName(path), contentType(path), content);
  }

  static Reply delete(Call call) {
    requireSafe(call.variable("path"));
    call.state().artifacts().delete(call.variable("path"));
    return Replies.emptyObject();
  }

  static Reply list(Call call) {
    String path = call.request().parameters().first("path").orElse("");
    requireSafe(path);
    ObjectNode answer = Json.object();
    ArrayNode files = Json.object().arrayNode();
    for (ArtifactStore.Item item : call.state().artifacts().list(path)) {
      ObjectNode file = files.addObject();
      file.put("path", item.name());
      file.put("is_dir", item.directory());
      if (item.size() > 0) {
        file.put("file_size", item.size());
      }
    }
    if (!files.isEmpty()) {
      answer.set("files", files);
    }
    return Replies.json(answer, answer.isEmpty() ? JsonLayout.COMPACT : JsonLayout.PRETTY);
  }

  static Reply download(String name, String contentType, byte[] content) {
    return Reply.of(200, contentType, content)
        .withHeader("content-disposition", disposition(name))
        .withHeader("accept-ranges", "bytes")
        .withHeader("cache-control", "no-cache");
  }

  static void requireSafe(String path) {
    if (path.startsWith("/") || Arrays.asList(path.split("/", -1)).contains("..")) {
      throw TrackingException.invalid("Invalid path");
    }
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String disposition(String name) {
    String ascii =
        Normalizer.normalize(name, Normalizer.Form.NFKD).replaceAll("[^\\x20-\\x7e]", "");
    String simple =
        ascii.matches("[\\w.!#$%&'*+^`|~-]+") ? ascii : '"' + ascii.replace("\"", "\\\"") + '"';
    String plain = "attachment; filename=" + simple;
    return ascii.equals(name)
        ? plain
        : plain
            + "; filename*=UTF-8''"
            + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String contentType(String path) {
    String name = fileName(path);
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "json", "txt", "log", "yaml", "yml", "md", "csv", "py" -> "text/plain";
      case "png" -> "image/png";
      case "jpg", "jpeg" -> "image/jpeg";
      case "gif" -> "image/gif";
      case "svg" -> "image/svg+xml";
      case "html" -> "text/html";
      case "pdf" -> "application/pdf";
      default -> "application/octet-stream";
    };
  }
}
