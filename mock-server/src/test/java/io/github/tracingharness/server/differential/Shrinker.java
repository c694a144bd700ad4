package io.github.tracingharness.server.differential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for the fewest requests, with the fewest members in their bodies, that show a difference of
 * the same signature.
 */
final class Shrinker {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MAX_TRIES = 150;

  private final Conversation conversation;
  private Difference smallest;
  private int tries;

  private Shrinker(Conversation conversation, Difference first) {
    this.conversation = conversation;
    this.smallest = first;
  }

  static Difference shrink(Conversation conversation, Difference found)
      throws IOException, InterruptedException {
    Shrinker shrinker = new Shrinker(conversation, found);
    shrinker.dropSteps();
    shrinker.dropMembers();
    return shrinker.smallest;
  }

  private void dropSteps() throws IOException, InterruptedException {
    for (int size = Math.max(1, smallest.steps().size() / 2); size >= 1; size /= 2) {
      int from = 0;
      while (from < smallest.steps().size() - 1) {
        List<Step> fewer = new ArrayList<>(smallest.steps());
        fewer.subList(from, Math.min(from + size, fewer.size() - 1)).clear();
        if (!tryOut(fewer)) {
          from += size;
        }
      }
    }
  }

  private void dropMembers() throws IOException, InterruptedException {
    for (int i = smallest.steps().size() - 1; i >= 0; i--) {
      int member = 0;
      while (true) {
        Optional<String> body = without(smallest.steps().get(i).body(), member);
        if (body.isEmpty()) {
          break;
        }
        List<Step> simpler = new ArrayList<>(smallest.steps());
        simpler.set(i, simpler.get(i).withBody(body.get()));
        if (!tryOut(simpler)) {
          member++;
        }
      }
    }
  }

  private boolean tryOut(List<Step> steps) throws IOException, InterruptedException {
    if (tries++ >= MAX_TRIES) {
      return false;
    }
    Optional<Difference> found = conversation.run(steps);
    boolean same = found.isPresent()
        && found.get().steps().size() <= steps.size()
        && found.get().signature().equals(smallest.signature());
    if (same) {
      smallest = found.get();
    }
    return same;
  }

  /** A JSON text without one of its members or items, counted through; empty after the last. */
  static Optional<String> without(String body, int number) {
    try {
      JsonNode json = body == null ? null : MAPPER.readTree(body);
      return json != null && remove(json, new int[] {number})
          ? Optional.of(MAPPER.writeValueAsString(json))
          : Optional.empty();
    } catch (JsonProcessingException noJson) {
      return Optional.empty();
    }
  }

  private static boolean remove(JsonNode json, int[] left) {
    if (json instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        if (Mutations.KEPT.contains(name)) {
          continue;
        }
        if (left[0]-- == 0) {
          object.remove(name);
          return true;
        }
        if (remove(object.get(name), left)) {
          return true;
        }
      }
    } else if (json instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (left[0]-- == 0) {
          array.remove(i);
          return true;
        }
        if (remove(array.get(i), left)) {
          return true;
        }
      }
    }
    return false;
  }
}
