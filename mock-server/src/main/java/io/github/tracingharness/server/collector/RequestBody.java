package io.github.tracingharness.server.collector;

import io.github.tracingharness.server.Header;
import java.util.List;

/** A request's body without its framing, as far as it arrived. */
@SuppressWarnings("ArrayRecordComponent") // bytes are bytes; nobody compares these values
record RequestBody(byte[] bytes, List<Header> trailers, boolean complete) {}
