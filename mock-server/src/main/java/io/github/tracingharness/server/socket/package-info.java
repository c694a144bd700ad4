/** What the listeners on plain sockets share: a port that can refuse connections. Thread-safe. */
@NullMarked
package io.github.tracingharness.server.socket;

import org.jspecify.annotations.NullMarked;
