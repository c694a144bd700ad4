package io.github.tracingharness.conformance.history;

/**
 * One header line as it stood on the wire.
 *
 * @param name the name in the sender's spelling
 * @param value the value; credentials are replaced by their digest
 */
public record Header(String name, String value) {}
