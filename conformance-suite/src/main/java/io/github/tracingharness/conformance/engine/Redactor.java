package io.github.tracingharness.conformance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.tracingharness.conformance.history.Header;
import io.github.tracingharness.conformance.history.Payload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a case's secrets and takes them out of everything that is recorded.
 *
 * <p>Each occurrence becomes {@code «secret:KEY»}, where KEY is {@code auth.bearer},
 * {@code auth.basic} (the Base64 form of user and password), {@code auth.basic.password}, or the
 * NAME of a {@code ${secret:NAME}} inside of a text. A check can so tell the right secret from a
 * wrong one, and see a leak, without the secret being written anywhere. Credentials that the case
 * did not give become the digest of their value.
 */
final class Redactor {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{secret:([a-z.-]+)}");
  private static final Set<String> CREDENTIAL_HEADERS =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");

  private final Random random;
  private final Map<String, String> secrets = new LinkedHashMap<>();

  Redactor(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Returns a configuration in which each {@code ${secret:NAME}} is a new secret, known to this
   * redactor.
   */
  ObjectNode fill(ObjectNode config) {
    ObjectNode filled = config.deepCopy();
    for (Map.Entry<String, JsonNode> setting : config.properties()) {
      if (setting.getKey().equals("auth.basic")) {
        filled.set("auth.basic", basic(setting.getValue()));
      } else if (setting.getValue().isTextual()) {
        filled.put(setting.getKey(), secret(setting.getKey(), setting.getValue().asText()));
      }
    }
    return filled;
  }

  private ObjectNode basic(JsonNode setting) {
    String user = setting.path("username").asText();
    String password = secret("auth.basic.password", setting.path("password").asText());
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    secrets.put("auth.basic", Base64.getEncoder().encodeToString(pair));
    return JsonNodeFactory.instance.objectNode().put("username", user).put("password", password);
  }

  private String secret(String key, String value) {
    Matcher matcher = PLACEHOLDER.matcher(value);
    if (matcher.matches()) {
      return newSecret(key, matcher.group(1));
    }
    return matcher.reset().replaceAll(found -> newSecret(found.group(1), found.group(1)));
  }

  private String newSecret(String key, String name) {
    byte[] bytes = new byte[20];
    random.nextBytes(bytes);
    String secret = name + "-" + HexFormat.of().formatHex(bytes);
    secrets.put(key, secret);
    return secret;
  }

  String text(String text) {
    String clean = text;
    for (Map.Entry<String, String> secret : secrets.entrySet()) {
      clean = clean.replace(secret.getValue(), marker(secret.getKey()));
    }
    return clean;
  }

  Payload payload(byte[] bytes) {
    if (secrets.isEmpty()) {
      return Payload.of(bytes);
    }
    Payload sent = Payload.of(bytes);
    if (!sent.isPacked()) {
      return clean(sent);
    }
    Payload unpacked = sent.unpacked();
    Payload clean = clean(unpacked);
    return clean.equals(unpacked) ? sent : clean.packed();
  }

  private Payload clean(Payload payload) {
    if (payload.isText()) {
      return Payload.of(text(payload.text()));
    }
    // Binary forms carry lengths, so the marker is filled up to the length of the secret.
    String clean = new String(payload.bytes(), StandardCharsets.ISO_8859_1);
    for (Map.Entry<String, String> secret : secrets.entrySet()) {
      byte[] utf8 = marker(secret.getKey()).getBytes(StandardCharsets.UTF_8);
      String marker = new String(utf8, StandardCharsets.ISO_8859_1);
      int missing = Math.max(0, secret.getValue().length() - marker.length());
      clean = clean.replace(secret.getValue(), marker + "*".repeat(missing));
    }
    return Payload.of(clean.getBytes(StandardCharsets.ISO_8859_1));
  }

  Header header(String name, String value) {
    String clean = text(value);
    if (CREDENTIAL_HEADERS.contains(name.toLowerCase(Locale.ROOT)) && clean.equals(value)) {
      int credential = value.indexOf(' ') + 1;
      return new Header(
          name, value.substring(0, credential) + "sha256:" + digest(value.substring(credential)));
    }
    return new Header(name, clean);
  }

  ObjectNode json(ObjectNode json) {
    return secrets.isEmpty() ? json : (ObjectNode) clean(json);
  }

  private JsonNode clean(JsonNode json) {
    if (json instanceof ObjectNode object) {
      ObjectNode clean = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(member -> clean.set(member.getKey(), clean(member.getValue())));
      return clean;
    }
    if (json instanceof ArrayNode array) {
      ArrayNode clean = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> clean.add(clean(item)));
      return clean;
    }
    return json.isTextual() ? TextNode.valueOf(text(json.asText())) : json;
  }

  private static String marker(String key) {
    return "«secret:" + key + "»";
  }

  private static String digest(String value) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(value.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
