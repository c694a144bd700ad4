package io.github.tracingharness.server.api;

import io.github.tracingharness.server.http.Query;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.http.Request;
import io.github.tracingharness.server.state.Grants;
import io.github.tracingharness.server.state.SignedTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signed addresses, each in the manner of its cloud. Stricter than some clouds in one thing: a
 * signed address takes no credentials beside its signature.
 */
final class SignedHandlers {

  private static final Pattern BLOCK_LIST =
      Pattern.compile("\\s*(?:<\\?xml[^>]*>)?\\s*<BlockList>(.*)</BlockList>\\s*", Pattern.DOTALL);
  private static final Pattern BLOCK =
      Pattern.compile("<(Committed|Uncommitted|Latest)>([^<]*)</\\1>");

  private SignedHandlers() {}

  /** The cloud of an address, by the name of the parameter with its signature. */
  private enum Cloud {
    S3("X-Amz-Signature"),
    AZURE("sig"),
    GCS("X-Goog-Signature");

    private final String parameter;

    Cloud(String parameter) {
      this.parameter = parameter;
    }
  }

  static Reply put(Call call) {
    return at(call, true);
  }

  static Reply get(Call call) {
    return at(call, false);
  }

  private static Reply at(Call call, boolean write) {
    Query query = call.request().parameters();
    for (Cloud cloud : Cloud.values()) {
      Optional<String> signature = query.first(cloud.parameter);
      if (signature.isPresent()) {
        return at(call, write, cloud, signature.get());
      }
    }
    return error(403, "AccessDenied", "The address is not signed.");
  }

  private static Reply at(Call call, boolean write, Cloud cloud, String signature) {
    Optional<Grants.Grant<SignedTarget>> grant = call.state()
        .signatures()
        .find(signature)
        .filter(found -> found.about().write() == write
            && found.about().traceId().equals(call.variable("trace_id"))
            && found.about().file().equals(call.variable("path")));
    if (grant.isEmpty()) {
      return cloud == Cloud.AZURE
          ? error(403, "AuthenticationFailed", "Signature did not match.")
          : error(
              403,
              "SignatureDoesNotMatch",
              "The request signature we calculated does not match the signature you provided.");
    }
    if (call.request().header("Authorization").isPresent()) {
      return error(
          400,
          cloud == Cloud.AZURE ? "InvalidAuthenticationInfo" : "InvalidArgument",
          "Only one auth mechanism allowed: the address is signed, and there is an Authorization"
              + " header.");
    }
    if (grant.get().expired()) {
      return expired(cloud);
    }
    String path = grant.get().about().path();
    return write ? write(call, cloud, path) : read(call, path);
  }

  private static Reply expired(Cloud cloud) {
    return switch (cloud) {
      case S3 -> error(403, "AccessDenied", "Request has expired");
      case AZURE ->
        error(403, "AuthenticationFailed", "Signature not valid in the specified time frame.");
      case GCS -> error(400, "ExpiredToken", "Invalid argument.");
    };
  }

  private static Reply read(Call call, String path) {
    return call.state()
        .artifacts()
        .get(path)
        .map(content -> Reply.of(200, "application/octet-stream", content))
        .orElseGet(() -> error(404, "NoSuchKey", "The specified key does not exist."));
  }

  private static Reply write(Call call, Cloud cloud, String path) {
    return switch (cloud) {
      case S3 -> writeS3(call, path);
      case AZURE -> writeAzure(call, path);
      case GCS -> stored(call, path, call.request().body(), 200);
    };
  }

  private static Reply writeS3(Call call, String path) {
    Request request = call.request();
    if (request.chunked()) {
      return error(
          501,
          "NotImplemented",
          "A header you provided implies functionality that is not implemented:"
              + " Transfer-Encoding");
    }
    boolean headersSent = CredentialsHandlers.S3_HEADERS.entrySet().stream()
        .allMatch(wanted ->
            request.header(wanted.getKey()).filter(wanted.getValue()::equals).isPresent());
    if (!headersSent) {
      return error(
          403,
          "SignatureDoesNotMatch",
          "The signed headers " + CredentialsHandlers.S3_HEADERS.keySet() + " were not sent.");
    }
    return stored(call, path, request.body(), 200);
  }

  private static Reply writeAzure(Call call, String path) {
    Request request = call.request();
    String operation = request.parameters().first("comp").orElse("");
    if (operation.equals("block")) {
      Optional<String> id = request.parameters().first("blockid").filter(text -> !text.isEmpty());
      if (id.isEmpty()) {
        return error(400, "InvalidQueryParameterValue", "The parameter blockid is missing.");
      }
      call.state().blocks().put(path, id.get(), request.body());
      return Reply.empty(201);
    }
    if (operation.equals("blocklist")) {
      Matcher list = BLOCK_LIST.matcher(new String(request.body(), StandardCharsets.UTF_8));
      if (!list.matches()) {
        return error(400, "InvalidXmlDocument", "XML specified is not syntactically valid.");
      }
      List<String> ids = new ArrayList<>();
      Matcher block = BLOCK.matcher(list.group(1));
      while (block.find()) {
        ids.add(block.group(2).strip());
      }
      return call.state()
          .blocks()
          .join(path, ids)
          .map(content -> stored(call, path, content, 201))
          .orElseGet(() -> error(400, "InvalidBlockList", "The specified block list is invalid."));
    }
    if (!request.header("x-ms-blob-type").orElse("").equals("BlockBlob")) {
      return error(
          400, "MissingRequiredHeader", "The header x-ms-blob-type: BlockBlob is missing.");
    }
    return stored(call, path, request.body(), 201);
  }

  private static Reply stored(Call call, String path, byte[] content, int status) {
    call.state().artifacts().put(path, content);
    return Reply.empty(status);
  }

  private static Reply error(int status, String code, String message) {
    String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>"
        + code
        + "</Code><Message>"
        + message
        + "</Message></Error>";
    return Reply.text(status, "application/xml", body);
  }
}
