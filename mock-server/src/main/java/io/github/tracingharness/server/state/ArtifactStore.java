package io.github.tracingharness.server.state;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Files by path; a directory exists as long as a file lies below it. Thread-safe. */
public final class ArtifactStore {

  private static final List<String> SCHEMES = List.of("mlflow-artifacts:/", "dbfs:/");

  private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();

  private final AtomicLong bytes = new AtomicLong();
  private final Capacity capacity;

  ArtifactStore(Capacity capacity) {
    this.capacity = capacity;
  }

  /**
   * The folder that an artifact location of this server means.
   *
   * @param location the location as it stands in a trace's tags, or null
   * @return the path without slashes around it, or empty if it is a place elsewhere
   */
  public static Optional<String> folder(@Nullable String location) {
    return SCHEMES.stream()
        .filter(scheme -> location != null && location.startsWith(scheme))
        .findFirst()
        .map(scheme ->
            String.valueOf(location).substring(scheme.length()).replaceAll("^/+|/+$", ""));
  }

  /**
   * One line of a listing.
   *
   * @param name the name without the listed path
   * @param directory true for a directory
   * @param size the size of a file in bytes, 0 for a directory
   */
  public record Item(String name, boolean directory, long size) {}

  /**
   * Stores a file, replacing an older one.
   *
   * @param path the path without leading slash
   * @param content the bytes, not copied
   */
  public void put(String path, byte[] content) {
    byte[] former = files.get(path);
    if (former == null) {
      capacity.require("files", files.size());
    }
    if (bytes.get() + content.length > capacity.artifactBytes()) {
      throw Capacity.full(capacity.artifactBytes() + " bytes of files");
    }
    count(files.put(path, content), content);
  }

  /**
   * Reads a file.
   *
   * @param path the path without leading slash
   * @return its bytes, or empty
   */
  public Optional<byte[]> get(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /**
   * Tells whether a path is a directory.
   *
   * @param path the path without slashes around it
   * @return true if files lie below it
   */
  public boolean isDirectory(String path) {
    return files.keySet().stream().anyMatch(file -> file.startsWith(path + "/"));
  }

  /**
   * Tells whether a file may be put somewhere.
   *
   * @param path the path without leading slash
   * @return false if it is a directory or lies below a file
   */
  public boolean isFree(String path) {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      if (files.containsKey(path.substring(0, slash))) {
        return false;
      }
    }
    return !isDirectory(path);
  }

  /**
   * Removes a file or a directory with all in it; nothing happens if there is none.
   *
   * @param path the path without slashes around it
   */
  public void delete(String path) {
    for (String file : List.copyOf(files.keySet())) {
      if (file.equals(path) || file.startsWith(path + "/")) {
        count(files.remove(file), null);
      }
    }
  }

  /**
   * Lists a directory.
   *
   * @param path the path without slashes around it, empty for the root
   * @return what lies directly in it, by name
   */
  public Collection<Item> list(String path) {
    String prefix = path.isEmpty() ? "" : path + "/";
    Map<String, Item> items = new TreeMap<>();
    files.forEach((file, content) -> {
      if (file.startsWith(prefix)) {
        String rest = file.substring(prefix.length());
        int slash = rest.indexOf('/');
        String name = slash < 0 ? rest : rest.substring(0, slash);
        items.put(name, new Item(name, slash >= 0, slash < 0 ? content.length : 0));
      }
    });
    return items.values();
  }

  Map<String, byte[]> all() {
    return Collections.unmodifiableMap(files);
  }

  void clear() {
    for (String file : List.copyOf(files.keySet())) {
      count(files.remove(file), null);
    }
  }

  private void count(byte @Nullable [] gone, byte @Nullable [] come) {
    bytes.addAndGet((come == null ? 0 : come.length) - (gone == null ? 0 : gone.length));
  }
}
