package io.github.tracingharness.conformance.report;

import io.github.tracingharness.server.Header;
import io.github.tracingharness.server.collector.CollectorAnswer;
import io.github.tracingharness.server.collector.ReplyBody;
import java.util.Locale;

/** What a collector answers, in words that complete "the collector answers". */
final class AnswerWords {

  private AnswerWords() {}

  static String of(CollectorAnswer answer) {
    if (answer instanceof CollectorAnswer.Reply reply) {
      return reply(reply);
    }
    if (answer instanceof CollectorAnswer.RetryAfterDate date) {
      return "with status %d and a Retry-After date %d s ahead"
          .formatted(date.status(), date.fromNow().toSeconds());
    }
    if (answer instanceof CollectorAnswer.Gzipped gzipped) {
      return of(gzipped.answer()) + ", compressed" + (gzipped.onlyIfAccepted() ? " if asked" : "");
    }
    if (answer instanceof CollectorAnswer.Dripping dripping) {
      return "%s, a byte every %d ms%s"
          .formatted(
              of(dripping.answer()),
              dripping.interval().toMillis(),
              dripping.chunked() ? " in a chunk of its own" : "");
    }
    if (answer instanceof CollectorAnswer.Delayed delayed) {
      return "after %d ms, %s".formatted(delayed.delay().toMillis(), of(delayed.answer()));
    }
    if (answer instanceof CollectorAnswer.Held held) {
      return "when it is let, " + of(held.answer());
    }
    if (answer instanceof CollectorAnswer.ClosingAfter closing) {
      return of(closing.answer())
          + (closing.announced() ? ", and closes as it said" : ", and closes without a word");
    }
    return answer instanceof CollectorAnswer.Broken broken
        ? "with " + broken.how().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        : "never";
  }

  private static String reply(CollectorAnswer.Reply reply) {
    StringBuilder words = new StringBuilder("with status ").append(reply.status());
    for (Header header : reply.headers()) {
      words.append(", ").append(header.name()).append(": ").append(header.value());
    }
    if (reply.body() instanceof ReplyBody.Padded padded) {
      words.append(", a body of ").append(padded.size()).append(" bytes");
    } else if (reply.body() instanceof ReplyBody.InRequestEncoding encoded) {
      words.append(", body ").append(encoded.json());
    } else if (reply.body() instanceof ReplyBody.Bytes bytes && bytes.bytes().length > 0) {
      words.append(", a body of ").append(bytes.bytes().length).append(" bytes");
    }
    return words.toString();
  }
}
