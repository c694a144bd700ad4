package io.github.tracingharness.server.front;

import io.github.tracingharness.server.ConnectionFault;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is to become of one connection.
 *
 * @param beforeAccepting runs in the accepting thread and may block it
 * @param afterAccepting gives the fault, if any; it may block as long as the connection is held
 */
public record Fate(Runnable beforeAccepting, Supplier<Optional<ConnectionFault>> afterAccepting) {}
