package io.github.tracingharness.server.state;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Blocks of files that are not put together yet. Thread-safe. */
public final class BlockStore {

  private final Map<String, Map<String, byte[]>> blocks = new ConcurrentHashMap<>();

  BlockStore() {}

  /**
   * Adds or replaces a block.
   *
   * @param path the file
   * @param id the block's id
   * @param content the bytes, not copied
   */
  public void put(String path, String id, byte[] content) {
    blocks.computeIfAbsent(path, file -> new ConcurrentHashMap<>()).put(id, content);
  }

  /**
   * Puts blocks together and forgets all blocks of the file.
   *
   * @param path the file
   * @param ids the blocks in order
   * @return the content of the file, or empty, and nothing forgotten, if a block is missing
   */
  public Optional<byte[]> join(String path, List<String> ids) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    Map<String, byte[]> known = blocks.getOrDefault(path, Map.of());
    for (String id : ids) {
      byte[] block = known.get(id);
      if (block == null) {
        return Optional.empty();
      }
      content.writeBytes(block);
    }
    blocks.remove(path);
    return Optional.of(content.toByteArray());
  }

  void clear() {
    blocks.clear();
  }
}
