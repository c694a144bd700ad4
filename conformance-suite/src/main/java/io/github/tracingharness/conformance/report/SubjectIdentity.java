package io.github.tracingharness.conformance.report;

/**
 * Who was judged, as the driver said in its answer to {@code hello}.
 *
 * @param name short name such as {@code reference}
 * @param version version of the exporter, not of the driver
 * @param language programming language
 * @param runtime runtime and its version, such as {@code CPython 3.11.7}
 * @param driver name and version of the driver
 */
public record SubjectIdentity(
    String name, String version, String language, String runtime, String driver) {}
