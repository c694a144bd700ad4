/**
 * Decodes OTLP/HTTP trace requests, protobuf or JSON, without generated classes: only protobuf's
 * stream reader is used, with the field numbers of the protocol, so that any protobuf-java from 3.x
 * on will do.
 *
 * <p>Everything that a request can say is kept, unknown fields excepted. Nothing here has state.
 */
@NullMarked
package io.github.tracingharness.server.otlp;

import org.jspecify.annotations.NullMarked;
