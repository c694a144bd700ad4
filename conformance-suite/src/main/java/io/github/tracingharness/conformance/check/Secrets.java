package io.github.tracingharness.conformance.check;

import io.github.tracingharness.conformance.history.Header;
import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.HistoryEvent.Log;
import io.github.tracingharness.conformance.history.HistoryEvent.ProcessEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Reply;
import io.github.tracingharness.conformance.history.HistoryEvent.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Statements about secrets. A history never holds one: in its place stands a marker,
 * {@code «secret:<configuration key>…»}, which is what is looked for.
 */
public final class Secrets {

  private static final String MARKER = "«secret:";

  private Secrets() {}

  /** A pattern for an Authorization header with a scheme and the secret of a key. */
  public static Pattern authorization(String scheme, String key) {
    return Pattern.compile(
        Pattern.quote(scheme) + " " + Pattern.quote(MARKER + key) + "(:[^»]*)?»");
  }

  /** No secret stands anywhere but in an Authorization header. */
  public static Check onlyInAuthorization() {
    return onlyInHeader("Authorization");
  }

  /** No secret stands anywhere but in headers of these names. */
  public static Check onlyInHeader(String... names) {
    Set<String> allowed =
        Stream.of(names).map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    String place = "the %s header".formatted(String.join(" or ", names));
    return history -> {
      for (HistoryEvent event : history.events()) {
        Optional<String> leak = leak(event, allowed);
        if (leak.isPresent()) {
          return Finding.unmet("a secret in no place but " + place, leak.get(), place(event));
        }
      }
      return CheckResult.met("no secret outside " + place);
    };
  }

  private static Optional<String> leak(HistoryEvent event, Set<String> allowed) {
    List<String> places = new ArrayList<>();
    if (event instanceof Exchange e) {
      look(places, "the path", e.path());
      look(places, "the query", e.query());
      look(places, "the body", e.body().unpacked().text());
      for (Header header : e.headers()) {
        if (!allowed.contains(header.name().toLowerCase(Locale.ROOT))) {
          look(places, "the header " + header.name(), header.value());
        }
      }
    } else if (event instanceof Log log) {
      look(places, "a log line", log.text());
    } else if (event instanceof Reply reply) {
      look(places, "the answer to " + reply.op(), reply.body().toString());
    } else if (event instanceof Signal signal) {
      look(places, "an event of the driver", signal.body().toString());
    } else if (event instanceof ProcessEvent process) {
      look(places, process.what(), process.detail());
    }
    return places.stream().findFirst();
  }

  private static void look(List<String> places, String place, String text) {
    int at = text.indexOf(MARKER);
    if (at >= 0) {
      String marker = text.substring(at, Math.min(text.length(), at + 60));
      places.add("%s in %s".formatted(marker.replaceFirst("».*", "»"), place));
    }
  }

  private static String place(HistoryEvent event) {
    return event instanceof Exchange e ? Finding.withBody(e) : Finding.cut(event.toString());
  }
}
