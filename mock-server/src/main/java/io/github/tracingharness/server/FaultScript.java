package io.github.tracingharness.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one endpoint in order: each call takes the next step, and after the last step
 * comes what {@link #thenForever} names, or the real answer. In the script of a {@link TcpFront} it
 * is each connection that takes the next step, and the real answer means that it is passed on.
 *
 * <pre>{@code
 * space.on(Endpoint.START_TRACE)
 *     .answer(Fault.status(503))
 *     .then(Fault.delay(Duration.ofMillis(100)))
 *     .thenReal();
 * }</pre>
 *
 * <p>A step counts from the moment it is added, so scripts are best written before the traffic
 * starts. Retries take steps like any other call, in the order in which their bodies have arrived;
 * a step that may be a reset while the body arrives is taken when the head has arrived.
 *
 * @since 0.1.0
 */
public final class FaultScript {

  private final FaultScope scope;
  private final Object lock = new Object();
  private final Deque<Fault> steps = new ArrayDeque<>();
  private @Nullable Fault afterwards;

  FaultScript(FaultScope scope) {
    this.scope = scope;
  }

  /**
   * Adds a step.
   *
   * @param fault what happens to one call
   * @return this script
   * @throws IllegalStateException if the script's end was already stated
   */
  public FaultScript answer(Fault fault) {
    return answer(1, fault);
  }

  /**
   * Adds the same step several times.
   *
   * @param times for how many calls; positive
   * @param fault what happens to each
   * @return this script
   * @throws IllegalStateException if the script's end was already stated
   */
  public FaultScript answer(int times, Fault fault) {
    if (times <= 0) {
      throw new IllegalArgumentException("times must be positive, not " + times);
    }
    scope.require(Objects.requireNonNull(fault, "fault"));
    synchronized (lock) {
      requireOpenEnd();
      for (int i = 0; i < times; i++) {
        steps.add(fault);
      }
    }
    return this;
  }

  /**
   * Adds a step, like {@link #answer(Fault)}.
   *
   * @param fault what happens to one call
   * @return this script
   * @throws IllegalStateException if the script's end was already stated
   */
  public FaultScript then(Fault fault) {
    return answer(fault);
  }

  /**
   * States that after the last step all calls get the real answer.
   *
   * @return this script
   * @throws IllegalStateException if the script's end was already stated
   */
  public FaultScript thenReal() {
    return thenForever(Fault.real());
  }

  /**
   * States what happens to all calls after the last step.
   *
   * @param fault what happens to each
   * @return this script
   * @throws IllegalStateException if the script's end was already stated
   */
  public FaultScript thenForever(Fault fault) {
    scope.require(Objects.requireNonNull(fault, "fault"));
    synchronized (lock) {
      requireOpenEnd();
      afterwards = fault;
    }
    return this;
  }

  /**
   * Holds all calls after the last step until released.
   *
   * @return the handle that releases them
   * @throws IllegalStateException if the script's end was already stated
   */
  public HeldAnswer hold() {
    HeldAnswer held = Fault.hold();
    thenForever(held);
    return held;
  }

  /**
   * Counts the steps that no call has taken yet.
   *
   * @return the number of steps left, what follows the end not counted
   */
  public int remaining() {
    synchronized (lock) {
      return steps.size();
    }
  }

  /** Takes the next step. */
  Fault next() {
    synchronized (lock) {
      Fault step = steps.isEmpty() ? last() : steps.remove();
      return step instanceof DrawnFault drawn ? drawn.draw() : step;
    }
  }

  /** Takes the next step if it may come before the body of the request has arrived. */
  @Nullable
  Fault nextIfEarly() {
    synchronized (lock) {
      return DrawnFault.mayBeEarly(steps.isEmpty() ? last() : steps.element()) ? next() : null;
    }
  }

  private Fault last() {
    return afterwards == null ? Fault.real() : afterwards;
  }

  private void requireOpenEnd() {
    if (afterwards != null) {
      throw new IllegalStateException(
          "the script already says what follows its end; write a new one with TrackingSpace.on");
    }
  }
}
