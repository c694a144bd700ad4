/**
 * Talks to the tracking server: requests, retries, credentials, decoding of errors.
 *
 * <p>{@link io.github.tracingharness.core.client.TrackingClient} says what can be asked of a
 * server; the layers below the REST implementation are retries, then redirects, then
 * {@link io.github.tracingharness.core.client.HttpTransport}, which sees every single attempt. All
 * calls block the thread that makes them; who must not be blocked calls from an export worker.
 *
 * <p>{@link io.github.tracingharness.core.client.TrackingReader} reads what a server has.
 *
 * <p>Bodies are byte arrays, so that their length is always known: the tracking server reads a
 * chunked JSON body as an empty one. OTLP bodies are written field by field with protobuf's
 * {@code CodedOutputStream} and no generated classes, because generated classes bind a user to one
 * generation of the protobuf runtime. Large ones are compressed where the server takes that.
 *
 * <p>Credentials go to the origin of the tracking URI and nowhere else: a redirect to another
 * origin is followed without them, a signed URI is used without them, and every message that leaves
 * this package is searched for them. Queries of URIs are shown nowhere, because signatures are
 * among them. An OAuth client's access tokens are got and renewed between retries and redirects, so
 * that the time this takes belongs to the attempt that needs them.
 */
@NullMarked
package io.github.tracingharness.core.client;

import org.jspecify.annotations.NullMarked;
