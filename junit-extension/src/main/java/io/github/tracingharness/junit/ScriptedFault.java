package io.github.tracingharness.junit;

import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.FaultScript;
import io.github.tracingharness.server.TrackingSpace;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A step of a fault script.
 *
 * @param endpoint whose calls are meant
 * @param fault what happens to each
 * @param times for how many calls; 0 for all
 */
record ScriptedFault(Endpoint endpoint, Fault fault, int times) {

  ScriptedFault {
    if (times < 0) {
      throw new IllegalArgumentException(
          "times of a fault must be positive, or 0 for all calls, not " + times);
    }
  }

  static ScriptedFault of(ServerFault fault) {
    Fault what = switch (fault.kind()) {
      case STATUS -> Fault.status(fault.status());
      case RESET -> Fault.resetBeforeAnswer();
      case CLOSE -> Fault.closeBeforeAnswer();
      case ANSWER_LOST -> Fault.handledThen(Fault.resetBeforeAnswer());
      case EMPTY_BODY -> Fault.emptyBody();
      case MALFORMED_BODY -> Fault.malformedBody();
    };
    return new ScriptedFault(fault.on(), what, fault.times());
  }

  /** Writes scripts into a space; every answer, real or not, comes after the latency. */
  static void write(List<ScriptedFault> faults, Duration latency, TrackingSpace space) {
    Map<Endpoint, FaultScript> scripts = new EnumMap<>(Endpoint.class);
    Map<Endpoint, Boolean> ended = new EnumMap<>(Endpoint.class);
    for (ScriptedFault fault : faults) {
      FaultScript script = scripts.computeIfAbsent(fault.endpoint(), space::on);
      Fault late = late(latency, fault.fault());
      if (fault.times() == 0) {
        script.thenForever(late);
        ended.put(fault.endpoint(), true);
      } else {
        script.answer(fault.times(), late);
      }
    }
    if (!latency.isZero()) {
      scripts.computeIfAbsent(Endpoint.ANY, space::on);
      scripts.forEach((endpoint, script) -> {
        if (!ended.containsKey(endpoint)) {
          script.thenForever(Fault.delay(latency));
        }
      });
    }
  }

  private static Fault late(Duration latency, Fault fault) {
    return latency.isZero() ? fault : Fault.delay(latency, fault);
  }
}
