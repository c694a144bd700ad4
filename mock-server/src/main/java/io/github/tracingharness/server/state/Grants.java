package io.github.tracingharness.server.state;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Random texts that stand for a right which ends after some time: tokens, signatures of addresses.
 * Thread-safe.
 *
 * @param <T> what a right is about
 */
public final class Grants<T> {

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Grant<T>> grants = new ConcurrentHashMap<>();

  Grants() {}

  /**
   * A right.
   *
   * @param about what it is about
   * @param fromNanos {@link System#nanoTime()} when it was given
   * @param lifetime how long it lasts from then
   * @param <T> what a right is about
   */
  public record Grant<T>(T about, long fromNanos, Duration lifetime) {

    /**
     * Tells whether the right has ended.
     *
     * @return true once its lifetime is over; at once if that is zero
     */
    public boolean expired() {
      return System.nanoTime() - fromNanos >= lifetime.toNanos();
    }
  }

  /**
   * Gives a right.
   *
   * @param about what it is about
   * @param lifetime how long it lasts
   * @return the text that stands for it
   */
  public String give(T about, Duration lifetime) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String text = HexFormat.of().formatHex(bytes);
    grants.put(text, new Grant<>(about, System.nanoTime(), lifetime));
    return text;
  }

  /**
   * Looks up a right, also one that has ended.
   *
   * @param text the text that stands for it
   * @return the right, or empty if it was never given
   */
  public Optional<Grant<T>> find(String text) {
    return Optional.ofNullable(grants.get(text));
  }

  void clear() {
    grants.clear();
  }
}
