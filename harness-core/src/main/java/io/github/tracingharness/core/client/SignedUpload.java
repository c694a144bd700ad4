package io.github.tracingharness.core.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Leave to write one file into the storage of a cloud.
 *
 * @param kind kind of the storage
 * @param uri signed URI; whoever knows it may write the file, so it is shown nowhere
 * @param headers headers that belong to the signature
 */
record SignedUpload(Kind kind, URI uri, List<Map.Entry<String, String>> headers) {

  /** Headers that the HTTP client sets itself and lets nobody else set. */
  private static final Set<String> OF_THE_CLIENT =
      Set.of("host", "content-length", "connection", "expect", "upgrade");

  SignedUpload {
    headers = List.copyOf(headers);
  }

  /** Kinds of storage, by the way in which a file is written. */
  enum Kind {
    /** One request with the file. */
    PLAIN,
    /** A block, then the list of blocks. */
    AZURE_BLOCKS,
    /** Creation of the file, then its content. */
    AZURE_FILE
  }

  /** Reads the answer to the request for leave to write. */
  static SignedUpload read(HttpAnswer answer) throws TrackingException {
    Map<?, ?> body = ServerAnswers.object(answer).orElse(Map.of());
    if (!(body.get("credential_info") instanceof Map<?, ?> info
        && info.get("signed_uri") instanceof String uri)) {
      throw unusable(answer, "it names no signed URI");
    }
    Object type = info.get("type");
    Kind kind = switch (type instanceof String name ? name : "none") {
      case "AWS_PRESIGNED_URL", "GCP_SIGNED_URL" -> Kind.PLAIN;
      case "AZURE_SAS_URI" -> Kind.AZURE_BLOCKS;
      case "AZURE_ADLS_GEN2_SAS_URI" -> Kind.AZURE_FILE;
      default -> throw unusable(answer, "the type " + type + " is not known");
    };
    return new SignedUpload(kind, uri(answer, uri), headers(info.get("headers")));
  }

  private static URI uri(HttpAnswer answer, String text) throws TrackingException {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // The cause quotes the URI, signature and all.
      throw unusable(answer, "its signed URI is none");
    }
    throw unusable(answer, "its signed URI is none of http or https");
  }

  private static List<Map.Entry<String, String>> headers(@Nullable Object given) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    if (given instanceof List<?> items) {
      for (Object item : items) {
        if (item instanceof Map<?, ?> header
            && header.get("name") instanceof String name
            && header.get("value") instanceof String value
            && !OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
          headers.add(Map.entry(name, value));
        }
      }
    }
    return headers;
  }

  /** Returns the URI with more parameters, each of them as it is to be sent. */
  URI with(String parameters) {
    String text = uri.toString();
    return URI.create(text + (uri.getRawQuery() == null ? "?" : "&") + parameters);
  }

  /** Names kind and host; the rest is secret. */
  @Override
  public String toString() {
    return kind + " at " + uri.getHost();
  }

  private static TrackingException unusable(HttpAnswer answer, String why) {
    return TrackingException.answered(
        answer.status(), "the credentials for the upload of a trace cannot be used: " + why);
  }
}
