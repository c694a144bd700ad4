package io.github.tracingharness.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WaitingTimeTest {

  private static final long TICK = 10;

  @Test
  void look_spanThatStays_countsFromTheFirstLookAfterItCame() {
    WaitingTime time = new WaitingTime(TICK);

    assertThat(time.look(0, 0, 100)).isZero();
    assertThat(time.look(0, 1, 110)).isZero();
    assertThat(time.look(0, 1, 120)).isEqualTo(10);
    assertThat(time.look(0, 5, 150)).isEqualTo(40);
  }

  @Test
  void look_whenTheOldestWent_countsFromTheNextOnesLook() {
    WaitingTime time = new WaitingTime(TICK);
    time.look(0, 1, 100);
    time.look(0, 2, 130);

    assertThat(time.look(1, 2, 140)).isEqualTo(10);
    assertThat(time.look(2, 2, 150)).isZero();
  }

  /** While spans come and go without a pause there are always some, but none of them is old. */
  @Test
  void look_streamWithoutAPause_isNeverOld() {
    WaitingTime time = new WaitingTime(TICK);

    for (int i = 1; i < 1000; i++) {
      assertThat(time.look(100L * (i - 1), 100L * i, TICK * i)).isZero();
    }
  }

  @Test
  void look_spansThatWerePutBack_countAnewIfTheyWereForgotten() {
    WaitingTime time = new WaitingTime(TICK);
    time.look(0, 1, 100);

    assertThat(time.look(1, 1, 110)).isZero();
    assertThat(time.look(0, 1, 120)).isZero();
    assertThat(time.look(0, 1, 130)).isEqualTo(10);
  }

  @Test
  void look_moreOftenThanTheInterval_remembersNoMoreThanNeeded() {
    WaitingTime time = new WaitingTime(TICK);
    time.look(0, 1, 100);
    time.look(0, 2, 101);

    // The second span came between two looks that are remembered, so it counts from the later one.
    assertThat(time.look(1, 2, 110)).isZero();
    assertThat(time.look(1, 2, 115)).isEqualTo(5);
  }

  /** Compared with spans that know when they came. */
  @Property
  void look_anything_isLessThanATickTooShort(
      @ForAll @Size(max = 200) List<@IntRange(max = 8) Integer> coming,
      @ForAll @Size(200) List<@IntRange(max = 8) Integer> going) {
    WaitingTime time = new WaitingTime(TICK);
    Deque<Long> waiting = new ArrayDeque<>();
    long gone = 0;
    long come = 0;

    for (int i = 0; i < coming.size(); i++) {
      long now = TICK * i;
      for (int n = coming.get(i) - 1; n >= 0; n--) {
        // After the last look, at any moment before this one.
        waiting.addLast(now - n);
        come++;
      }
      for (int n = 0; n < going.get(i) && !waiting.isEmpty(); n++) {
        waiting.removeFirst();
        gone++;
      }
      long seen = time.look(gone, come, now);

      long waited = waiting.isEmpty() ? 0 : now - waiting.getFirst();
      assertThat(seen).as("at %d", now).isBetween(waited - TICK + 1, waited);
    }
  }
}
