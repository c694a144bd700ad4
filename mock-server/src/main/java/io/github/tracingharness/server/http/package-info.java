/**
 * Values between the HTTP front and the handlers: requests, replies, and JSON in the three layouts
 * of the real server.
 *
 * <p>Nothing here blocks or has state.
 */
@NullMarked
package io.github.tracingharness.server.http;

import org.jspecify.annotations.NullMarked;
