package io.github.tracingharness.core.manager;

import io.github.tracingharness.core.trace.Attachment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds images and sounds that a value holds as base64, in the forms that model providers use, and
 * makes attachments of them. The forms are those of MLflow's {@code entities/span.py}; objects that
 * are neither maps, lists, arrays nor texts are not looked into.
 */
final class EmbeddedMedia {

  /** Deeper structures are left as they are; so are those that lead back into themselves. */
  private static final int MAX_DEPTH = 50;

  private static final String DATA_URI = "data:";
  private static final String BASE64 = ";base64,";

  /** A map with base64 text at the end of a path of keys. */
  private record Form(
      Predicate<Map<?, ?>> applies, List<String> path, Function<Map<?, ?>, String> contentType) {}

  private static final Form[] FORMS = {
    new Form(
        map -> "input_audio".equals(map.get("type")),
        List.of("input_audio", "data"),
        map -> audioType(text(inner(map, "input_audio"), "format", "wav"))),
    new Form(
        map -> "image".equals(map.get("type"))
            && "base64".equals(inner(map, "source").get("type")),
        List.of("source", "data"),
        map -> text(inner(map, "source"), "media_type", "image/png")),
    new Form(map -> true, List.of("b64_json"), map -> "image/png"),
    new Form(map -> true, List.of("audio", "data"), map -> "audio/wav"),
    new Form(
        map -> true,
        List.of("image", "source", "bytes"),
        map -> "image/" + text(inner(map, "image"), "format", "png")),
    new Form(
        map -> true,
        List.of("inline_data", "data"),
        map -> text(inner(map, "inline_data"), "mime_type", "application/octet-stream"))
  };

  private EmbeddedMedia() {}

  /** Returns the value with attachments in place of media; the value itself if it has none. */
  static @Nullable Object extract(@Nullable Object value) {
    return extract(value, 0);
  }

  private static @Nullable Object extract(@Nullable Object value, int depth) {
    if (value instanceof CharSequence text) {
      String content = text.toString();
      return content.startsWith(DATA_URI)
          ? fromDataUri(content).<Object>map(media -> media).orElse(text)
          : text;
    }
    if (depth >= MAX_DEPTH) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      return extractAll(converted(map), depth);
    }
    if (value instanceof List<?> items) {
      return extractAll(items, items, depth);
    }
    return value instanceof Object[] items ? extractAll(items, Arrays.asList(items), depth) : value;
  }

  private static Map<?, ?> extractAll(Map<?, ?> map, int depth) {
    Map<@Nullable Object, @Nullable Object> changed = null;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object item = extract(entry.getValue(), depth + 1);
      if (item != entry.getValue()) {
        changed = changed == null ? new LinkedHashMap<>(map) : changed;
        changed.put(entry.getKey(), item);
      }
    }
    return changed == null ? map : changed;
  }

  private static Object extractAll(Object itself, List<?> items, int depth) {
    List<@Nullable Object> changed = null;
    int index = 0;
    for (Object item : items) {
      Object extracted = extract(item, depth + 1);
      if (extracted != item) {
        changed = changed == null ? new ArrayList<>(items) : changed;
        changed.set(index, extracted);
      }
      index++;
    }
    return changed == null ? itself : changed;
  }

  private static Optional<Attachment> fromDataUri(String text) {
    int comma = text.startsWith(DATA_URI) ? text.indexOf(BASE64) : -1;
    return comma <= DATA_URI.length()
        ? Optional.empty()
        : decoded(
            text.substring(comma + BASE64.length()), text.substring(DATA_URI.length(), comma));
  }

  private static Map<?, ?> converted(Map<?, ?> map) {
    for (Form form : FORMS) {
      if (form.applies().test(map)
          && at(map, form.path()) instanceof CharSequence data
          && !data.isEmpty()) {
        return decoded(data.toString(), form.contentType().apply(map))
            .<Map<?, ?>>map(media -> with(map, form.path(), media))
            .orElse(map);
      }
    }
    return map;
  }

  private static @Nullable Object at(Map<?, ?> map, List<String> path) {
    Object value = map;
    // No iterator: this is done for each map of every input and output.
    for (int i = 0; i < path.size(); i++) {
      if (!(value instanceof Map<?, ?> level)) {
        return null;
      }
      value = level.get(path.get(i));
    }
    return value;
  }

  private static Map<?, ?> with(Map<?, ?> map, List<String> path, Attachment media) {
    Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>(map);
    String key = path.get(0);
    copy.put(
        key, path.size() == 1 ? media : with(inner(map, key), path.subList(1, path.size()), media));
    return copy;
  }

  /** Takes strict base64 only: anything else is a text that happens to stand there. */
  private static Optional<Attachment> decoded(String base64, String contentType) {
    if (base64.length() % 4 != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Attachment.of(Base64.getDecoder().decode(base64), contentType));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<?, ?> inner(Map<?, ?> map, String key) {
    return map.get(key) instanceof Map<?, ?> inner ? inner : Map.of();
  }

  private static String text(Map<?, ?> map, String key, String otherwise) {
    return map.get(key) instanceof CharSequence text && !text.isEmpty()
        ? text.toString()
        : otherwise;
  }

  private static String audioType(String format) {
    return format.equals("mp3") ? "audio/mpeg" : "audio/" + format;
  }
}
