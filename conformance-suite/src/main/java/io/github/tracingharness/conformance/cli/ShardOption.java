package io.github.tracingharness.conformance.cli;

import io.github.tracingharness.conformance.engine.Shard;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The option {@code --shard i/n}. */
final class ShardOption {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,4})/([0-9]{1,4})");

  private ShardOption() {}

  /**
   * Returns the part of the plan that the option names, all of it where there is none.
   *
   * @param plan all selected cases
   * @throws UsageException if the option is wrong, or nobody could merge the parts
   */
  static Shard of(@Nullable String option, @Nullable Long seed, List<ConformanceCase> plan) {
    if (option == null) {
      return Shard.whole(plan);
    }
    Matcher form = FORM.matcher(option);
    int index = form.matches() ? Integer.parseInt(form.group(1)) : 0;
    int count = form.matches() ? Integer.parseInt(form.group(2)) : 0;
    if (index < 1 || index > count) {
      throw new UsageException(
          "--shard must be i/n with 1 <= i <= n, such as 2/3, but it is '%s'".formatted(option));
    }
    if (seed == null) {
      throw new UsageException(
          "--shard needs --seed with the same number for each shard, so that they can be merged");
    }
    Shard shard = Shard.of(index, count, plan);
    if (shard.select(plan).isEmpty()) {
      throw new UsageException(
          "shard %s has none of the %d selected cases; divide them by less than %d"
              .formatted(option, plan.size(), count));
    }
    return shard;
  }
}
