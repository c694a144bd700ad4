package io.github.tracingharness.core;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sections of an INI file as Python's {@code configparser} reads it: {@code key = value} or
 * {@code key: value}, keys in lower case, lines that begin with {@code #} or {@code ;} skipped,
 * lines that are indented deeper than their key continue its value. Values are kept as they are,
 * without interpolation.
 */
final class IniFile {

  private final Map<String, Map<String, String>> sections;

  private IniFile(Map<String, Map<String, String>> sections) {
    this.sections = sections;
  }

  /**
   * Reads a file; empty if there is none.
   *
   * @throws IllegalArgumentException if it cannot be read or is no INI file; its content, which may
   *     be secret, is not shown
   */
  static Optional<IniFile> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8)));
    } catch (MalformedInputException e) {
      throw new IllegalArgumentException("The file " + file + " is not written in UTF-8.", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("The file " + file + " cannot be read: " + e, e);
    }
  }

  /** Reads the text of a file; the name is for messages. */
  static IniFile parse(String name, String text) {
    Parser parser = new Parser(name);
    (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().forEach(parser::line);
    return new IniFile(parser.sections);
  }

  /** Returns the names of all sections in their order. */
  Set<String> sections() {
    return Collections.unmodifiableSet(sections.keySet());
  }

  /** Returns the values of a section by their keys in lower case. */
  Optional<Map<String, String>> section(String name) {
    return Optional.ofNullable(sections.get(name)).map(Collections::unmodifiableMap);
  }

  /** Reads line by line. */
  private static final class Parser {

    private final String name;
    private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    private @Nullable Map<String, String> section;
    private @Nullable String key;
    private int indent;
    private int number;

    private Parser(String name) {
      this.name = name;
    }

    private void line(String line) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
        return;
      }
      int depth = line.length() - line.stripLeading().length();
      if (section != null && key != null && depth > indent) {
        String before = section.get(key);
        section.put(key, before == null || before.isEmpty() ? text : before + "\n" + text);
        return;
      }
      indent = depth;
      int end = text.lastIndexOf(']');
      if (text.startsWith("[") && end > 1) {
        section = begin(text.substring(1, end));
        key = null;
      } else {
        entry(text);
      }
    }

    private Map<String, String> begin(String title) {
      Map<String, String> fresh = new LinkedHashMap<>();
      // Like Python, DEFAULT may occur twice and no other section may.
      Map<String, String> known = sections.putIfAbsent(title, fresh);
      if (known != null && !title.equals("DEFAULT")) {
        throw wrong("has the section " + title + " twice");
      }
      return known == null ? fresh : known;
    }

    private void entry(String text) {
      int delimiter = delimiter(text);
      if (delimiter <= 0) {
        throw wrong("is neither a section nor key = value");
      }
      if (section == null) {
        throw wrong("stands before the first section");
      }
      key = text.substring(0, delimiter).strip().toLowerCase(Locale.ROOT);
      if (section.putIfAbsent(key, text.substring(delimiter + 1).strip()) != null) {
        throw wrong("has the key " + key + " for the second time");
      }
    }

    private static int delimiter(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) == '=' || text.charAt(i) == ':') {
          return i;
        }
      }
      return -1;
    }

    private IllegalArgumentException wrong(String how) {
      return new IllegalArgumentException("Line " + number + " of " + name + " " + how + ".");
    }
  }
}
