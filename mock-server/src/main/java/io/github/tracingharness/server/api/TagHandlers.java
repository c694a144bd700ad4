package io.github.tracingharness.server.api;

import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.ErrorCode;
import io.github.tracingharness.server.state.TraceKeys;
import io.github.tracingharness.server.state.TrackingException;
import java.util.Set;

/** Tags of one trace. */
final class TagHandlers {

  private static final int MAX_NAME = 4096;
  private static final int MAX_STORED_VALUE = 8000;
  private static final Set<String> NEVER_SET =
      Set.of(TraceKeys.SPANS_LOCATION, TraceKeys.ARCHIVE_LOCATION, TraceKeys.ARCHIVAL_FAILURE);
  private static final Set<String> NEVER_DELETED =
      Set.of(TraceKeys.SPANS_LOCATION, TraceKeys.ARCHIVE_LOCATION);
  private static final BodyReader BODY =
      BodyReader.of(Schema.of(Schema.text("key"), Schema.text("value")), "key");

  private TagHandlers() {}

  static Reply set(Call call) {
    Message said = BODY.read(call.request());
    String id = call.variable("trace_id");
    String key = said.text("key");
    String value = said.text("value");
    TagKeyCheck.require(key);
    if (NEVER_SET.contains(key)) {
      throw TrackingException.invalid(
          "Tag '" + key + "' is immutable and cannot be set on a trace.");
    }
    boolean isName = key.equals(TraceKeys.TRACE_NAME);
    if (isName && length(value) > MAX_NAME) {
      throw TrackingException.invalid(
          "'Trace name' exceeds the maximum length of " + MAX_NAME + " characters");
    }
    if (!call.state().traces().setTag(id, key, cut(value))) {
      throw isName
          ? TrackingException.absent("Trace with ID '" + id + "' not found.")
          : new TrackingException(
              ErrorCode.BAD_REQUEST,
              "(sqlite3.IntegrityError) FOREIGN KEY constraint failed\n"
                  + "[SQL: INSERT INTO trace_tags (\"key\", value, request_id) VALUES (?, ?, ?)]");
    }
    return Replies.emptyObject();
  }

  static Reply delete(Call call) {
    Message said = BODY.read(call.request());
    String id = call.variable("trace_id");
    String key = said.text("key");
    if (NEVER_DELETED.contains(key)) {
      throw TrackingException.invalid(
          "Tag '" + key + "' is immutable and cannot be deleted on a trace.");
    }
    if (key.equals(TraceKeys.TRACE_NAME) && call.state().traces().find(id).isEmpty()) {
      throw TrackingException.absent("Trace with ID '" + id + "' not found.");
    }
    if (!call.state().traces().removeTag(id, key)) {
      throw TrackingException.absent(
          "No trace tag with key '" + key + "' for trace with ID '" + id + "'");
    }
    return Replies.emptyObject();
  }

  private static String cut(String value) {
    return length(value) <= MAX_STORED_VALUE
        ? value
        : value.substring(0, value.offsetByCodePoints(0, MAX_STORED_VALUE));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
