package io.github.tracingharness.server.wiremock;

import com.github.tomakehurst.wiremock.store.RequestJournalStore;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * WireMock's request journal, at most a given number of entries: the oldest go first. An entry
 * costs the same however many there are. Thread-safe.
 */
final class BoundedRequestJournal implements RequestJournalStore {

  private final Object lock = new Object();
  private final Map<UUID, Object> oldestFirst = new LinkedHashMap<>();
  private final int limit;

  BoundedRequestJournal(int limit) {
    this.limit = limit;
  }

  @Override
  public void add(ServeEvent event) {
    add(event.getId(), event);
  }

  void add(DirectCall call) {
    add(call.id(), call);
  }

  private void add(UUID id, Object entry) {
    synchronized (lock) {
      oldestFirst.put(id, entry);
      if (oldestFirst.size() > limit) {
        removeLast();
      }
    }
  }

  /** Replaces an entry that is still there. */
  @Override
  public void put(UUID id, ServeEvent event) {
    synchronized (lock) {
      oldestFirst.replace(id, event);
    }
  }

  @Override
  public Optional<ServeEvent> get(UUID id) {
    synchronized (lock) {
      return Optional.ofNullable(oldestFirst.get(id)).map(entry -> event(id, entry));
    }
  }

  /** All entries, the newest first. */
  @Override
  public Stream<ServeEvent> getAll() {
    synchronized (lock) {
      List<ServeEvent> newestFirst = new ArrayList<>();
      oldestFirst.replaceAll(this::event);
      oldestFirst.forEach((id, entry) -> newestFirst.add(event(id, entry)));
      Collections.reverse(newestFirst);
      return newestFirst.stream();
    }
  }

  private ServeEvent event(UUID id, Object entry) {
    return entry instanceof DirectCall call ? call.event() : (ServeEvent) entry;
  }

  @Override
  public Stream<UUID> getAllKeys() {
    return getAll().map(ServeEvent::getId);
  }

  @Override
  public void remove(UUID id) {
    synchronized (lock) {
      oldestFirst.remove(id);
    }
  }

  /** Removes the oldest entry. */
  @Override
  public void removeLast() {
    synchronized (lock) {
      Iterator<UUID> ids = oldestFirst.keySet().iterator();
      if (ids.hasNext()) {
        ids.next();
        ids.remove();
      }
    }
  }

  @Override
  public void clear() {
    synchronized (lock) {
      oldestFirst.clear();
    }
  }
}
