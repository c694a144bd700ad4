package io.github.tracingharness.server.search;

import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TraceKeys;
import io.github.tracingharness.server.state.TrackingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Turns the clauses of {@code order_by} into a comparator. */
public final class TraceOrder {

  private static final Set<String> RESERVED = Set.of(TraceKeys.TOKEN_USAGE, TraceKeys.COST);

  private TraceOrder() {}

  /**
   * Reads an order.
   *
   * @param clauses its clauses, the most important first
   * @return the order; what is equal so far is ordered by start, newest first, and then by id
   */
  public static Comparator<TraceEntry> parse(List<String> clauses) {
    List<Comparator<TraceEntry>> orders = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String clause : clauses) {
      OrderClause order = OrderClause.parse(clause);
      Key key = Key.ofOrder(order.key());
      if (key.name().startsWith("end_time")) {
        throw TrackingException.internal(
            "type object 'SqlTraceInfo' has no attribute 'end_time_ms'");
      }
      if (key.kind() == Key.Kind.ENTRY_METADATA && RESERVED.contains(key.name())) {
        throw TrackingException.invalid("Ordering by reserved metadata '"
            + key.name()
            + "' is not supported because it is represented by multiple columns.");
      }
      if (!seen.add(key.kind() + " " + key.name().replaceFirst("_ms$", ""))) {
        throw TrackingException.internal(
            "`order_by` contains duplicate fields: ['" + String.join("', '", clauses) + "']");
      }
      orders.add(by(key, order.descending()));
    }
    orders.add(Comparator.comparingLong(TraceEntry::requestMillis).reversed());
    orders.add(Comparator.comparing(TraceEntry::id));
    return Joined.inTurn(orders);
  }

  /** Traces without the value come last in both directions. */
  private static Comparator<TraceEntry> by(Key key, boolean descending) {
    if (key.kind() == Key.Kind.NUMBER) {
      Comparator<Long> numbers = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
      return Comparator.comparing(key::number, Comparator.nullsLast(numbers));
    }
    Comparator<String> texts = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    return Comparator.comparing(key::text, Comparator.nullsLast(texts));
  }
}
