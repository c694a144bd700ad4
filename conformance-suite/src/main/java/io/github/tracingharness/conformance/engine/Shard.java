package io.github.tracingharness.conformance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.NamedCheck;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Which part of a plan a run takes. A case's shard follows from its id alone, so it stays where it
 * is when others come or go.
 *
 * @param index number of this part, from 1
 * @param count number of all parts
 * @param planned number of cases of all parts together
 * @param digest stands for the cases of all parts and their checks: equal for the same plan only
 */
public record Shard(int index, int count, int planned, String digest) {

  /** Returns the only part of a plan that is not divided. */
  public static Shard whole(List<ConformanceCase> plan) {
    return of(1, 1, plan);
  }

  /**
   * Returns a part of a plan.
   *
   * @throws IllegalArgumentException unless {@code 1 <= index <= count}
   */
  public static Shard of(int index, int count, List<ConformanceCase> plan) {
    if (index < 1 || index > count) {
      throw new IllegalArgumentException("there is no part " + index + " of " + count);
    }
    return new Shard(index, count, plan.size(), digest(plan));
  }

  /** Reads what {@link #json()} wrote; a run that says nothing of it was not divided. */
  public static Shard read(JsonNode plan) {
    return new Shard(
        plan.path("shard").asInt(1),
        plan.path("shards").asInt(1),
        plan.path("cases").asInt(),
        plan.path("digest").asText());
  }

  /** Returns the member {@code plan} of the first line of {@code run.ndjson}. */
  public ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("cases", planned)
        .put("digest", digest)
        .put("shard", index)
        .put("shards", count);
  }

  /** Returns the cases of a plan that belong to this part, in their order. */
  public List<ConformanceCase> select(List<ConformanceCase> plan) {
    return plan.stream().filter(c -> indexOf(c.id(), count) == index).toList();
  }

  /** Returns the number, from 1, of the part that a case belongs to. */
  static int indexOf(String caseId, int count) {
    BigInteger hash = new BigInteger(1, sha256().digest(caseId.getBytes(StandardCharsets.UTF_8)));
    return hash.mod(BigInteger.valueOf(count)).intValue() + 1;
  }

  private static String digest(List<ConformanceCase> plan) {
    MessageDigest digest = sha256();
    plan.stream()
        .map(Shard::shape)
        .sorted()
        .forEach(shape -> digest.update(shape.getBytes(StandardCharsets.UTF_8)));
    return "sha256:" + HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private static String shape(ConformanceCase c) {
    List<String> checks = c.checks().stream().map(NamedCheck::id).toList();
    return c.id() + " " + c.requirement() + " " + checks + "\n";
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
