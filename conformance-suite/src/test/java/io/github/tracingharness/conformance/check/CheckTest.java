package io.github.tracingharness.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.server.Endpoint;
import java.lang.reflect.Field;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CheckTest {

  private static final CaseHistory ANY = new HandMadeHistory().build();
  private static final Check MET = h -> CheckResult.met("yes");
  private static final Check UNMET = h -> CheckResult.unmet("no");
  private static final Check UNKNOWN = h -> CheckResult.unobservable("dark");

  @Test
  void or_eitherMet_isMet() {
    assertThat(MET.or(UNMET).judge(ANY)).isEqualTo(CheckResult.met("yes"));
    assertThat(UNMET.or(MET).judge(ANY)).isEqualTo(CheckResult.met("yes"));
    assertThat(UNMET.or(UNKNOWN).judge(ANY)).isEqualTo(CheckResult.unobservable("dark"));
    assertThat(UNMET.or(UNMET).judge(ANY)).isEqualTo(CheckResult.unmet("either: no\n or: no"));
  }

  @Test
  void and_firstUnmet_isReported() {
    assertThat(MET.and(UNMET).judge(ANY)).isEqualTo(CheckResult.unmet("no"));
    assertThat(UNKNOWN.and(UNMET).judge(ANY)).isEqualTo(CheckResult.unobservable("dark"));
    assertThat(MET.and(MET).judge(ANY)).isEqualTo(CheckResult.met("yes"));
  }

  @Test
  void endpoints_names_areTheServers() throws IllegalAccessException {
    for (Field field : Endpoints.class.getDeclaredFields()) {
      if (field.getType() == String.class) {
        assertThat(Stream.of(Endpoint.values()).map(Endpoint::name))
            .contains((String) field.get(null));
      }
    }
  }
}
