package io.github.tracingharness.conformance.check;

import static io.github.tracingharness.conformance.check.CheckAssertions.assertMet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnmet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.history.Header;
import org.junit.jupiter.api.Test;

class SecretsTest {

  private static final Header AUTH = new Header("authorization", "Bearer «secret:auth.bearer»");

  @Test
  void onlyInAuthorization_commandsAndHeader_areAllowed() {
    assertMet(
        Secrets.onlyInAuthorization(),
        new HandMadeHistory()
            .command("open", "{'config': {'auth.bearer': '«secret:auth.bearer»'}}", "{}")
            .request("POST", Endpoints.START_TRACE, "/t", 200, "{}", AUTH)
            .build());
  }

  @Test
  void onlyInAuthorization_otherPlaces_areNamed() {
    assertUnmet(
        Secrets.onlyInAuthorization(),
        new HandMadeHistory().log("WARN", "401 for «secret:auth.bearer» at /t").build(),
        """
        expected a secret in no place but the Authorization header
           found «secret:auth.bearer» in a log line
         nearest Log[at=1000000, level=WARN, logger=logger, text=401 for «secret:auth.bearer» at /t]""");
    assertUnmet(
        Secrets.onlyInAuthorization(),
        new HandMadeHistory()
            .request("GET", "OTHER", "/«secret:auth.bearer»/x", 404, "", AUTH)
            .build(),
        """
        expected a secret in no place but the Authorization header
           found «secret:auth.bearer» in the path
         nearest #1 GET /«secret:auth.bearer»/x -> 404""");
    assertUnmet(
        Secrets.onlyInAuthorization(),
        new HandMadeHistory()
            .request("POST", "OTHER", "/x", 200, "{}", new Header("X-Key", "«secret:auth.bearer»"))
            .build(),
        """
        expected a secret in no place but the Authorization header
           found «secret:auth.bearer» in the header X-Key
         nearest #1 POST /x -> 200: {}""");
    assertUnmet(
        Secrets.onlyInAuthorization(),
        new HandMadeHistory()
            .request("POST", "OTHER", "/x", 200, "k=«secret:auth.basic»")
            .build(),
        """
        expected a secret in no place but the Authorization header
           found «secret:auth.basic» in the body
         nearest #1 POST /x -> 200: k=«secret:auth.basic»""");
    assertUnmet(
        Secrets.onlyInAuthorization(),
        new HandMadeHistory()
            .refused("emit", "bad «secret:auth.basic.password»")
            .build(),
        """
        expected a secret in no place but the Authorization header
           found «secret:auth.basic.password» in the answer to emit
         nearest Reply[at=2000000, id=1, op=emit, kind=ERROR, body={"kind":"subject","type":"E","message":"bad «secret:auth.basic.password»"}]""");
  }

  @Test
  void authorization_schemeAndKey_bothCount() {
    assertThat("Bearer «secret:auth.bearer»")
        .matches(Secrets.authorization("Bearer", "auth.bearer"));
    assertThat("Bearer «secret:auth.bearer:sha256:ab»")
        .matches(Secrets.authorization("Bearer", "auth.bearer"));
    assertThat("Basic «secret:auth.basic.password»")
        .doesNotMatch(Secrets.authorization("Basic", "auth.basic"));
    assertThat("Basic «secret:auth.bearer»")
        .doesNotMatch(Secrets.authorization("Bearer", "auth.bearer"));
  }
}
