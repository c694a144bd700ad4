package io.github.tracingharness.conformance.selftest.edit;

import com.google.protobuf.ByteString;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.selftest.edit.HistoryEdit.Edited;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Which spans stand together in OTLP requests, and below which scope and resource. */
final class BatchEdits {

  private BatchEdits() {}

  static List<HistoryEdit> all() {
    return List.of(
        scope("batch-first-lost", "The first span of a request is missing", s -> {
          if (s.getSpansCount() > 0) {
            s.removeSpans(0);
          }
        }),
        scope("batch-last-lost", "The last span of a request is missing", s -> {
          if (s.getSpansCount() > 0) {
            s.removeSpans(s.getSpansCount() - 1);
          }
        }),
        scope("batch-span-repeated", "The first span of a request stands there twice", s -> {
          if (s.getSpansCount() > 0) {
            s.addSpans(s.getSpans(0));
          }
        }),
        scope("batch-span-foreign", "A request has a span that nobody asked for", s -> {
          if (s.getSpansCount() > 0) {
            s.addSpans(foreign(s.getSpans(0)));
          }
        }),
        scope(
            "batch-scope-renamed",
            "The scope has another name",
            s -> s.getScopeBuilder()
                .setName(s.getScope().getName() + "~")
                .setVersion(s.getScope().getVersion() + "~")),
        scope("batch-scope-removed", "There is no scope", ScopeSpans.Builder::clearScope),
        scope(
            "batch-schema",
            "The scope has another schema",
            s -> s.setSchemaUrl(s.getSchemaUrl() + "x")),
        resource(
            "batch-resource-removed", "There is no resource", ResourceSpans.Builder::clearResource),
        resource(
            "batch-resource-changed",
            "The resource has other values",
            r -> r.getResourceBuilder()
                .getAttributesBuilderList()
                .forEach(a -> a.setValue(AnyValue.newBuilder().setStringValue("x")))),
        resource("batch-resource-repeated", "The resource has its first attribute twice", r -> {
          if (r.getResource().getAttributesCount() > 0) {
            r.getResourceBuilder()
                .addAttributes(KeyValue.newBuilder(r.getResource().getAttributes(0)));
          }
        }),
        new HistoryEdit("batch-split", "The spans of a request are sent in two", BatchEdits::split),
        new HistoryEdit(
            "batch-merged", "The spans of two requests are sent in one", BatchEdits::merged));
  }

  private static HistoryEdit scope(String id, String words, Consumer<ScopeSpans.Builder> edit) {
    return resource(id, words, r -> r.getScopeSpansBuilderList().forEach(edit));
  }

  private static HistoryEdit resource(
      String id, String words, Consumer<ResourceSpans.Builder> edit) {
    return new HistoryEdit(
        id,
        words,
        h -> Places.requestsAt(h, e -> {
          Map<String, Exchange> changes = new LinkedHashMap<>();
          Bodies.spans(e).ifPresent(request -> {
            ExportTraceServiceRequest.Builder changed = request.toBuilder();
            changed.getResourceSpansBuilderList().forEach(edit);
            changes.put("", Bodies.with(e, changed.build().toByteArray()));
          });
          return changes;
        }));
  }

  private static Span foreign(Span span) {
    byte[] id = span.getSpanId().toByteArray();
    Arrays.fill(id, (byte) 0x77);
    return span.toBuilder().setSpanId(ByteString.copyFrom(id)).build();
  }

  private static Stream<Edited> split(CaseHistory history) {
    List<Edited> variants = new ArrayList<>();
    for (Exchange e : history.exchanges()) {
      Bodies.spans(e).filter(r -> ProtoSpans.of(r).size() > 1).ifPresent(request -> {
        ExportTraceServiceRequest.Builder first = request.toBuilder();
        ExportTraceServiceRequest.Builder rest = request.toBuilder();
        first
            .getResourceSpansBuilderList()
            .forEach(r -> r.getScopeSpansBuilderList().forEach(s -> {
              Span kept = s.getSpans(0);
              s.clearSpans().addSpans(kept);
            }));
        rest.getResourceSpansBuilderList()
            .forEach(r -> r.getScopeSpansBuilderList().forEach(s -> s.removeSpans(0)));
        CaseHistory changed =
            Places.replaced(history, e, Bodies.with(e, first.build().toByteArray()));
        variants.add(new Edited(
            e.endpoint(),
            Places.with(
                changed,
                RecordCopy.with(
                    Bodies.with(e, rest.build().toByteArray()),
                    "number",
                    (long) history.exchanges().size() + 1))));
      });
    }
    return variants.stream().limit(4);
  }

  private static Stream<Edited> merged(CaseHistory history) {
    return Places.byEndpoint(history).values().stream().flatMap(group -> {
      List<Exchange> carrying =
          group.stream().filter(e -> Bodies.spans(e).isPresent()).toList();
      if (carrying.size() < 2) {
        return Stream.empty();
      }
      Exchange one = carrying.get(0);
      Exchange two = carrying.get(1);
      byte[] both = Bodies.spans(one).orElseThrow().toBuilder()
          .mergeFrom(Bodies.spans(two).orElseThrow())
          .build()
          .toByteArray();
      CaseHistory without = Places.without(history, e -> e == two);
      return Stream.of(
          new Edited(one.endpoint(), Places.replaced(without, one, Bodies.with(one, both))));
    });
  }
}
