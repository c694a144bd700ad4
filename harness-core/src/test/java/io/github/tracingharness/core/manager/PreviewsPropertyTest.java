package io.github.tracingharness.core.manager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.testing.JsonValues;
import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

class PreviewsPropertyTest {

  record Message(String role, String content) {

    Map<String, String> tree() {
      return Map.of("role", role, "content", content);
    }
  }

  @Provide
  Arbitrary<Object> values() {
    return JsonValues.values();
  }

  @Provide
  Arbitrary<Message> messages() {
    return Combinators.combine(
            Arbitraries.of("system", "user", "assistant", "tool"),
            JsonValues.texts().filter(text -> !text.isEmpty()))
        .as(Message::new);
  }

  @Property
  void of_anyValue_isShortAndWellFormed(
      @ForAll("values") Object value, @ForAll @IntRange(min = 3, max = 60) int limit) {
    String preview = Previews.of(PythonJson.dumps(value), "user", limit);

    assertThat(preview.codePoints().count()).isLessThanOrEqualTo(limit);
    assertThat(new String(preview.getBytes(UTF_8), UTF_8)).isEqualTo(preview);
  }

  @Property
  void of_valueWithoutMessages_isItsJsonFromTheBeginning(
      @ForAll("values") Object value, @ForAll @IntRange(min = 3, max = 60) int limit) {
    String json = PythonJson.dumps(List.of(Map.of("value", List.of(value == null ? "" : value))));

    assertThat(Previews.of(json, "user", limit)).isEqualTo(Texts.ellipsize(json, limit));
  }

  @Property
  void of_chat_isTheLastMessageOfTheRoleOrElseTheLastOne(
      @ForAll @Size(max = 6) @NotEmpty List<@net.jqwik.api.From("messages") Message> messages,
      @ForAll @IntRange(min = 3, max = 60) int limit) {
    String json =
        PythonJson.dumps(Map.of("messages", messages.stream().map(Message::tree).toList()));

    for (String role : List.of("user", "assistant")) {
      List<Message> candidates = new ArrayList<>(messages);
      candidates.removeIf(message -> !message.role().equals(role));
      List<Message> chosen = candidates.isEmpty() ? messages : candidates;
      assertThat(Previews.of(json, role, limit))
          .isEqualTo(Texts.ellipsize(chosen.get(chosen.size() - 1).content(), limit));
    }
  }
}
