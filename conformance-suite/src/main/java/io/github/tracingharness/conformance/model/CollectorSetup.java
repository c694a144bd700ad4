package io.github.tracingharness.conformance.model;

/**
 * The collector that a case with an OTLP destination gets for itself.
 *
 * @param security whether and how it speaks TLS
 * @param refusing whether its port refuses connections until {@link Step.Listen}
 * @param port a fixed port, or 0 for one that is free; a case with a fixed port must run alone
 * @param ipv6 whether it listens on {@code ::1} instead of {@code 127.0.0.1}
 */
public record CollectorSetup(Security security, boolean refusing, int port, boolean ipv6) {

  /** Whether and how a collector speaks TLS. */
  public enum Security {
    /** Plain HTTP. */
    PLAIN,
    /** TLS with a certificate of the case's own authority, for the address of the collector. */
    TLS,
    /** TLS with a certificate of that authority for another host. */
    TLS_OTHER_HOST,
    /** TLS, and the client has to show a certificate of that authority. */
    MUTUAL_TLS
  }

  /** Plain HTTP on a free port of {@code 127.0.0.1}. */
  public static final CollectorSetup PLAIN = new CollectorSetup(Security.PLAIN, false, 0, false);

  /** Plain HTTP on a port that refuses connections until {@link Step.Listen}. */
  public static final CollectorSetup REFUSING = new CollectorSetup(Security.PLAIN, true, 0, false);

  /** Returns a collector that speaks TLS, or not. */
  public static CollectorSetup with(Security security) {
    return new CollectorSetup(security, false, 0, false);
  }

  /** Returns a plain collector on a fixed port. */
  public static CollectorSetup onPort(int port) {
    return new CollectorSetup(Security.PLAIN, false, port, false);
  }

  /** Returns a plain collector on {@code ::1}. */
  public static CollectorSetup onIpv6() {
    return new CollectorSetup(Security.PLAIN, false, 0, true);
  }
}
