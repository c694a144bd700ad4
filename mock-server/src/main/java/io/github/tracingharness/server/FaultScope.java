package io.github.tracingharness.server;

/** What a script is for, and so which faults can be its steps. */
enum FaultScope {
  /** The calls of an endpoint. */
  CALLS("happens to connections, before a call is known; it belongs into TcpFront.onConnections"),
  /** The connections of a front. */
  CONNECTIONS("happens to calls; it belongs into the script of an endpoint, TrackingSpace.on");

  private final String otherwise;

  FaultScope(String otherwise) {
    this.otherwise = otherwise;
  }

  /** Refuses faults that cannot happen here, those within others included. */
  void require(Fault fault) {
    if (fault instanceof Fault.DelayBeforeHandling delay) {
      require(delay.next());
    } else if (fault instanceof HeldAnswer held) {
      require(held.next());
    } else if (fault instanceof DrawnFault drawn) {
      drawn.faults().forEach(this::require);
    } else if (fault instanceof Fault.HandledThenFault handled && this == CALLS) {
      require(handled.fault());
    } else if (!(fault instanceof Fault.RealAnswer)
        && fault instanceof ConnectionFault != (this == CONNECTIONS)) {
      throw new IllegalArgumentException(fault.getClass().getSimpleName() + " " + otherwise);
    }
  }
}
