package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.server.http.Json;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultJsonTest {

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("{'redirect': 307, 'to': '/x?y'}", Fault.redirectToPath(307, "/x?y")),
        Arguments.of(
            "{'redirect': 308, 'to': 'http://h:1/r/a'}",
            Fault.redirectToOrigin(308, URI.create("http://h:1/r/a"))),
        Arguments.of("{'reset_after_body_bytes': 12}", Fault.resetWhileBodyArrives(12)),
        Arguments.of("{'partial_success': 3, 'message': 'no'}", Fault.partialSuccess(3, "no")),
        Arguments.of(
            "{'partial_success': 0}", Fault.partialSuccess(0, "rejected by an injected fault")),
        Arguments.of("{'drip_ms': 5}", Fault.drip(Duration.ofMillis(5))),
        Arguments.of("{'drip_ms': 5, 'chunked': true}", Fault.dripChunked(Duration.ofMillis(5))),
        Arguments.of("{'disconnect': 'HALF_HEAD_INSTEAD_OF_ANSWER'}", Fault.halfHead()),
        Arguments.of("{'accepted_late_ms': 9}", ConnectionFault.acceptedLate(Duration.ofMillis(9))),
        Arguments.of("{'end_after_request_bytes': 9}", ConnectionFault.resetAfterRequestBytes(9)),
        Arguments.of(
            "{'end_after_request_bytes': 0, 'end': 'CLOSE'}",
            ConnectionFault.closedAfterRequestBytes(0)),
        Arguments.of(
            "{'end_after_answer_bytes': 9, 'end': 'CLOSE'}",
            ConnectionFault.closedAfterAnswerBytes(9)),
        Arguments.of("{'tls': 'ALERT'}", ConnectionFault.tlsBroken(ConnectionFault.TlsBreak.ALERT)),
        Arguments.of("{'spoil': 'SHORT_BODY'}", Fault.shortBody()),
        Arguments.of("{'spoil': 'CHUNKED_BODY'}", Fault.chunkedBody()),
        Arguments.of("{'spoil': 'GZIPPED_BODY'}", Fault.gzippedBody()));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void fault_inJson_isTheOneOfTheFactory(String json, Fault fault) {
    assertThat(steps("{'steps': [" + json + "]}")).containsExactly(fault);
  }

  @Test
  void drawnFault_forSeveralCalls_isOneSourceOfTheSeed() {
    List<Fault> steps = steps(
        "{'steps': [{'drawn': [{'status': 503}, {'real': true}], 'seed': 7, 'probability': 0.3,"
            + " 'times': 3}]}");

    assertThat(steps).hasSize(3).allSatisfy(step -> assertThat(step).isSameAs(steps.get(0)));
    DrawnFault drawn = (DrawnFault) steps.get(0);
    assertThat(drawn.seed()).isEqualTo(7);
    assertThat(drawn).hasToString("with probability 0.3 one of 2 faults, drawn from seed 7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'redirect': 307} | steps[0] must redirect with status 301, 302, 303, 307 or 308, to a"
            + " path or to scheme://host:port: origin must have a scheme",
        "{'redirect': 304, 'to': '/x'} | steps[0] must redirect with status 301, 302, 303, 307 or"
            + " 308, to a path or to scheme://host:port: the status of a redirect must be",
        "{'reset_after_body_bytes': -1} | steps[0].reset_after_body_bytes must be a whole number"
            + " from 0 to",
        "{'partial_success': 'x'} | steps[0].partial_success must be a whole number from 0 to",
        "{'drip_ms': 0} | steps[0].drip_ms must be a whole number from 1 to 3600000",
        "{'drawn': [{'status': 500}], 'probability': 1} | steps[0].drawn needs seed and"
            + " probability beside it",
        "{'drawn': [], 'seed': 1, 'probability': 1} | steps[0].drawn: there must be at least one"
            + " fault to draw",
        "{'drawn': [{'status': 500}], 'seed': 1, 'probability': 2} | steps[0].drawn: probability"
            + " must be more than 0 and at most 1, not 2.0",
        "{'drawn': [{'nix': 1}], 'seed': 1, 'probability': 1} | steps[0].drawn[0] must be an"
            + " object with exactly one of [status, redirect,",
        "{'delay_ms': 1, 'next': {'reset_after_body_bytes': 1}} | a reset while the body arrives,"
            + " or a late acceptance, cannot come after another fault",
        "{'tls': 'NOW'} | steps[0].tls must be one of [RESET, CLOSE, ALERT, PLAIN_HTTP]",
        "{'end_after_request_bytes': 1, 'end': 'X'} | steps[0].end must be one of [RESET, CLOSE]",
      })
  void wrongFault_inJson_isRefusedWithItsPlace(String json, String message) {
    assertThatThrownBy(() -> steps("{'steps': [" + json + "]}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  private static List<Fault> steps(String json) {
    return FaultJson.steps(Json.read(json.replace('\'', '"')).orElseThrow());
  }
}
