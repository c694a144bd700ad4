package io.github.tracingharness.server.http;

import java.util.OptionalLong;

/**
 * One request and its answer, as the HTTP front tells them: {@link #handle} at most once (not at
 * all if the client gave up or another stub answered), {@link #answering} before the first byte of
 * the answer, {@link #finished} once at the end, always.
 */
public interface Exchange {

  /**
   * Says whether the connection is to be reset while the body of the request is still on its way.
   * Then {@link #handle} is not called.
   *
   * @return after how many bytes of the body, at its end at the latest; empty if it is not
   */
  default OptionalLong resetAfterBodyBytes() {
    return OptionalLong.empty();
  }

  /**
   * Decides the answer. May block for as long as the answer is to be held back.
   *
   * @param body the request's complete body
   * @return the answer; never throws
   */
  Reply handle(byte[] body);

  /**
   * The answer is about to become visible to the client, which may have all of it long before
   * {@link #finished} is called: the thread that is to call it may not be running.
   *
   * @param announced what is about to go over the wire, its body only as far as {@link #handle}
   *     decided it
   */
  void answering(Outcome announced);

  /**
   * Nothing more happens on the wire for this exchange.
   *
   * @param outcome what went over the wire
   */
  void finished(Outcome outcome);
}
