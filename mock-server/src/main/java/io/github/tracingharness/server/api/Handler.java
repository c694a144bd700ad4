package io.github.tracingharness.server.api;

import io.github.tracingharness.server.http.Reply;

/** Answers the requests of one route. */
@FunctionalInterface
interface Handler {

  Reply handle(Call call);
}
