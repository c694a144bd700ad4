/**
 * The web page of the server: what a space stores, for people.
 *
 * <p>Rendered on the server from immutable values. A page needs nothing but itself: no script, no
 * font, no picture from elsewhere, and its content security policy forbids all of them. Whatever
 * came from a client is escaped, and what looks like a credential is replaced.
 */
@NullMarked
package io.github.tracingharness.server.page;

import org.jspecify.annotations.NullMarked;
