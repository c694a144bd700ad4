package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A parsed message. A member that was not sent, or was lost, is absent. */
final class Message {

  /** Something that counts as nothing. */
  static final Message EMPTY = new Message();

  private final Map<String, Object> members = new LinkedHashMap<>();

  void set(String name, Object value) {
    members.put(name, value);
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /** A text, or the empty string. */
  String text(String name) {
    return optionalText(name).orElse("");
  }

  Optional<String> optionalText(String name) {
    return Optional.ofNullable((String) members.get(name));
  }

  Optional<Long> number(String name) {
    return Optional.ofNullable((Long) members.get(name));
  }

  /** A value of any kind that was sent. */
  Optional<JsonNode> node(String name) {
    return Optional.ofNullable((JsonNode) members.get(name));
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  Message message(String name) {
    return members.get(name) instanceof Message message ? message : EMPTY;
  }

  List<Message> messages(String name) {
    return list(name).stream().map(Message.class::cast).toList();
  }

  List<String> texts(String name) {
    return list(name).stream().map(String.class::cast).toList();
  }

  Map<String, String> map(String name) {
    Map<String, String> copy = new LinkedHashMap<>();
    if (members.get(name) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> copy.put((String) key, (String) value));
    }
    return copy;
  }

  private List<?> list(String name) {
    return members.get(name) instanceof List<?> list ? list : List.of();
  }
}
