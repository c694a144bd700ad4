package io.github.tracingharness.conformance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.cases.AllCases;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {

  private static final List<ConformanceCase> PLAN = AllCases.registry().all();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void select_allShards_haveEachCaseOnceAndNoneIsFarBigger(int count) {
    List<ConformanceCase> all = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      List<ConformanceCase> part = Shard.of(i, count, PLAN).select(PLAN);
      assertThat(part).hasSizeBetween(PLAN.size() / count / 2, PLAN.size() / count * 2);
      all.addAll(part);
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(PLAN);
  }

  @Test
  void indexOf_id_dependsOnNothingElse() {
    // Pinned: shards of machines with different versions of Java must agree.
    assertThat(List.of(
            Shard.indexOf("MLF-EXPORT-001", 4),
            Shard.indexOf("MLF-EXPORT-002", 4),
            Shard.indexOf("MLF-RETRY-001", 4)))
        .containsExactly(1, 3, 3);
  }

  @Test
  void digest_otherCases_isAnother() {
    Shard whole = Shard.whole(PLAN);
    assertThat(Shard.of(2, 3, PLAN).digest()).isEqualTo(whole.digest());
    assertThat(Shard.whole(PLAN.subList(1, PLAN.size())).digest()).isNotEqualTo(whole.digest());
  }

  @Test
  void read_json_givesTheSame() {
    Shard shard = Shard.of(2, 3, PLAN);
    assertThat(Shard.read(shard.json())).isEqualTo(shard);
  }
}
