package io.github.tracingharness.conformance.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.model.CaseServer;
import io.github.tracingharness.conformance.model.CollectorSetup;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.Step;
import io.github.tracingharness.server.DrawnFault;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.TrackingSpace;
import io.github.tracingharness.server.collector.CollectorAnswer;
import io.github.tracingharness.server.collector.OtlpCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a case does, in sentences. */
final class StepWords {

  private StepWords() {}

  /** Returns a sentence for what the server is told, for the session, and for each step. */
  static List<String> of(ConformanceCase c) {
    List<String> words = new ArrayList<>();
    collector(c.collector()).ifPresent(words::add);
    c.given().accept(new GivenWords(words));
    words.add("Open a session" + destination(c) + config(c.config()) + ".");
    c.steps().forEach(step -> words.add(step(step)));
    return words;
  }

  private static Optional<String> collector(CollectorSetup setup) {
    if (setup.refusing()) {
      return Optional.of("The collector's port refuses connections.");
    }
    if (setup.port() != 0) {
      return Optional.of("The collector listens on port " + setup.port() + ".");
    }
    return switch (setup.security()) {
      case PLAIN -> setup.ipv6() ? Optional.of("The collector listens on ::1.") : Optional.empty();
      case TLS -> Optional.of("The collector speaks TLS, by an authority of its own.");
      case TLS_OTHER_HOST ->
        Optional.of("The collector speaks TLS, with a certificate for another host.");
      case MUTUAL_TLS ->
        Optional.of("The collector speaks TLS and wants a certificate of the client.");
    };
  }

  private static String destination(ConformanceCase c) {
    return switch (c.destination().type()) {
      case "mlflow-v3" -> "";
      case "databricks-uc" -> " for " + c.destination().location() + " in Unity Catalog";
      case "mlflow-otlp" -> " for a collector that OpenTelemetry's variables name";
      case "otlp-http-protobuf" -> " for a collector, by OTLP in protobuf";
      case "otlp-http-json" -> " for a collector, by OTLP in JSON";
      default -> " for a Databricks experiment";
    };
  }

  private static String config(JsonNode config) {
    StringBuilder words = new StringBuilder();
    for (Map.Entry<String, JsonNode> member : config.properties()) {
      words.append(words.isEmpty() ? " with " : ", ").append(member.getKey()).append(" = ");
      words.append(
          member.getValue().isValueNode()
              ? member.getValue().asText()
              : member.getValue().toString());
    }
    return words.toString();
  }

  private static String step(Step step) {
    if (step instanceof Step.Emit emit) {
      return "Let the application make " + emit(emit.body()) + ".";
    }
    if (step instanceof Step.Export export) {
      return "Hand " + emit(export.body()) + " to the exporter as one batch.";
    }
    if (step instanceof Step.Flush flush) {
      return "Flush, with " + flush.timeout().toMillis() + " ms to do so.";
    }
    if (step instanceof Step.Shutdown shutdown) {
      return "Shut down, with " + shutdown.timeout().toMillis() + " ms to do so.";
    }
    if (step instanceof Step.Observe observe) {
      return "Ask for " + String.join(", ", observe.what()) + ".";
    }
    if (step instanceof Step.Stats) {
      return "Ask for the counts of created, queued, delivered and dropped.";
    }
    if (step instanceof Step.Exit exit) {
      return "Let the application end by " + exit.how() + " and wait for its process to end.";
    }
    if (step instanceof Step.Release release) {
      return "Let the held answers \"" + release.hold() + "\" go.";
    }
    if (step instanceof Step.AwaitRequests await) {
      return "Wait until " + EventWords.count(await.atLeast(), "request") + " to "
          + await.endpoint() + " arrived, at most " + await.limit().toMillis() + " ms.";
    }
    if (step instanceof Step.Race race) {
      return "Let " + race.threads() + " threads at once call " + String.join(" and ", race.ops())
          + ", with " + race.timeout().toMillis() + " ms to do so.";
    }
    if (step instanceof Step.Fork fork) {
      return "Let the application fork, and its child make " + emit(fork.body())
          + ", flush and end.";
    }
    if (step instanceof Step.Terminate) {
      return "Send SIGTERM to the process and wait for its end.";
    }
    if (step instanceof Step.Measure measure) {
      return "Measure threads, sockets and memory of the process as \"" + measure.name() + "\".";
    }
    if (step instanceof Step.Listen listen) {
      return "Let the collector's port accept connections after "
          + listen.after().toMillis() + " ms.";
    }
    // A kind of step that is younger than this class: its own words are better than none.
    return step.toString();
  }

  private static String emit(JsonNode body) {
    List<String> names = new ArrayList<>();
    body.path("spans").forEach(span -> names.add(span.path("name").asText("?")));
    String spans = EventWords.spans(body);
    return names.isEmpty() || names.size() > 6 ? spans : spans + ": " + String.join(", ", names);
  }

  /** Puts what the server is told into words instead of doing it. */
  private record GivenWords(List<String> words) implements CaseServer {

    @Override
    public TrackingSpace space() {
      throw new UnsupportedOperationException("there is no server behind a description");
    }

    @Override
    public OtlpCollector collector() {
      throw new UnsupportedOperationException("there is no collector behind a description");
    }

    @Override
    public void answers(List<CollectorAnswer> first, CollectorAnswer afterwards) {
      List<String> answers = new ArrayList<>();
      first.forEach(answer -> answers.add(AnswerWords.of(answer)));
      answers.add(
          (first.isEmpty() ? "every request " : "from then on ") + AnswerWords.of(afterwards));
      words.add("The collector answers: %s.".formatted(String.join(", ", answers)));
    }

    @Override
    public String otherOrigin() {
      return "http://localhost:PORT";
    }

    @Override
    public String otherTrackingUri() {
      return "http://localhost:PORT/r/PREFIX";
    }

    @Override
    public CollectorAnswer held(String name, CollectorAnswer answer) {
      words.add("The collector holds answers as \"" + name + "\".");
      return CollectorAnswer.held(Fault.hold(), answer);
    }

    @Override
    public void profile(ServerProfile profile) {
      words.add("The server is of version %s; span storage is %s."
          .formatted(profile.version(), lower(profile.spanStorage())));
    }

    @Override
    public void script(Endpoint endpoint, List<Fault> first, Fault afterwards) {
      List<String> answers = new ArrayList<>();
      first.forEach(fault -> answers.add(fault(fault)));
      answers.add("from then on " + fault(afterwards));
      words.add("The server answers %s: %s.".formatted(endpoint, String.join(", ", answers)));
    }

    private static String fault(Fault fault) {
      if (fault instanceof Fault.RealAnswer) {
        return "as usual";
      }
      if (fault instanceof Fault.StatusInsteadOfHandling status) {
        return "with status " + status.status();
      }
      if (fault instanceof Fault.DisconnectInsteadOfHandling broken) {
        return "with " + lower(broken.how());
      }
      if (fault instanceof Fault.DelayBeforeHandling late) {
        return "after %d ms, %s".formatted(late.delay().toMillis(), fault(late.next()));
      }
      if (fault instanceof Fault.AnswerSpoiledAfterHandling spoiled) {
        return "with " + lower(spoiled.how());
      }
      if (fault instanceof Fault.HandledThenFault handled) {
        return "after doing what was asked, " + fault(handled.fault());
      }
      if (fault instanceof Fault.RedirectInsteadOfHandling redirect) {
        return "with status %d to %s".formatted(redirect.status(), redirect.location());
      }
      if (fault instanceof Fault.ResetWhileBodyArrives reset) {
        return "with a reset after %d bytes of the body".formatted(reset.afterBytes());
      }
      if (fault instanceof Fault.SpansRejectedWhileHandling rejected) {
        return "rejecting %d spans".formatted(rejected.spans());
      }
      if (fault instanceof Fault.AnswerDrippingAfterHandling dripping) {
        return "with a byte each %d ms".formatted(dripping.interval().toMillis());
      }
      if (fault instanceof DrawnFault drawn) {
        return drawn.toString();
      }
      return "when it is let";
    }

    private static String lower(Enum<?> name) {
      return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public void hold(String name, String endpoint) {
      words.add("The server holds its answers to " + endpoint + " as \"" + name + "\".");
    }
  }
}
