package io.github.tracingharness.conformance.selftest.otlp;

import static io.github.tracingharness.conformance.selftest.otlp.BrokenModel.broken;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Broken contents of spans and requests. */
final class BrokenPayload {

  private BrokenPayload() {}

  static List<BrokenModel> all() {
    return Stream.of(resource(), scopes(), identity(), members())
        .flatMap(List::stream)
        .toList();
  }

  private static List<BrokenModel> resource() {
    return List.of(
        broken(
            "has a service name of its own",
            new PayloadRules() {
              @Override
              String defaultServiceName() {
                return "exporter";
              }
            },
            "OTLP-PAYLOAD-001/service",
            "OTLP-JSON-PAYLOAD-001/service"),
        broken(
            "does not name the name of its SDK",
            new PayloadRules() {
              @Override
              Map<String, Object> resource(Map<String, String> configured, Settings.Limits limits) {
                Map<String, Object> resource = super.resource(configured, limits);
                resource.remove("telemetry.sdk.name");
                return resource;
              }
            },
            "OTLP-PAYLOAD-001/sdk-name",
            "OTLP-JSON-PAYLOAD-001/sdk-name"),
        broken(
            "does not name the language of its SDK",
            new PayloadRules() {
              @Override
              Map<String, Object> resource(Map<String, String> configured, Settings.Limits limits) {
                Map<String, Object> resource = super.resource(configured, limits);
                resource.remove("telemetry.sdk.language");
                return resource;
              }
            },
            "OTLP-PAYLOAD-001/sdk-language",
            "OTLP-JSON-PAYLOAD-001/sdk-language"),
        broken(
            "does not name the version of its SDK",
            new PayloadRules() {
              @Override
              Map<String, Object> resource(Map<String, String> configured, Settings.Limits limits) {
                Map<String, Object> resource = super.resource(configured, limits);
                resource.remove("telemetry.sdk.version");
                return resource;
              }
            },
            "OTLP-PAYLOAD-001/sdk-version",
            "OTLP-JSON-PAYLOAD-001/sdk-version"),
        broken(
            "makes numbers of resource attributes",
            new PayloadRules() {
              @Override
              Map<String, Object> resource(Map<String, String> configured, Settings.Limits limits) {
                Map<String, Object> resource = super.resource(configured, limits);
                resource.replaceAll((key, value) -> key.equals("number") ? (Object) 12L : value);
                return resource;
              }
            },
            "OTLP-PAYLOAD-002/string",
            "OTLP-JSON-PAYLOAD-002/string"),
        broken(
            "limits the resource to the last attributes",
            new PayloadRules() {
              @Override
              Map<String, Object> resource(Map<String, String> configured, Settings.Limits limits) {
                Map<String, Object> resource = super.resource(configured, limits);
                if (resource.size() > limits.attributes()) {
                  resource.remove("r0");
                }
                return resource;
              }
            },
            "OTLP-LIMITS-010/first"),
        broken(
            "limits the resource to the first attributes",
            new PayloadRules() {
              @Override
              Map<String, Object> resource(Map<String, String> configured, Settings.Limits limits) {
                Map<String, Object> resource = super.resource(configured, limits);
                if (resource.size() > limits.attributes()) {
                  resource.remove("r49");
                }
                return resource;
              }
            },
            "OTLP-LIMITS-010/last"));
  }

  private static List<BrokenModel> scopes() {
    return List.of(
        broken(
            "makes a group of each span",
            new PayloadRules() {
              @Override
              Object scopeKey(ModelSpan span) {
                return span.context();
              }
            },
            "OTLP-PAYLOAD-004/grouped",
            "OTLP-JSON-PAYLOAD-004/grouped"),
        broken(
            "puts all spans into one scope",
            new PayloadRules() {
              @Override
              Object scopeKey(ModelSpan span) {
                return "all";
              }
            },
            "OTLP-PAYLOAD-004/right-scope",
            "OTLP-JSON-PAYLOAD-004/right-scope"),
        broken(
            "does not send the version of a scope",
            new PayloadRules() {
              @Override
              ModelSpan.Scope scope(ModelSpan.Scope scope) {
                return new ModelSpan.Scope(scope.name(), "", scope.schemaUrl(), scope.attributes());
              }
            },
            "OTLP-PAYLOAD-005/scope",
            "OTLP-JSON-PAYLOAD-005/scope"),
        broken(
            "does not send the attributes of a scope",
            new PayloadRules() {
              @Override
              ModelSpan.Scope scope(ModelSpan.Scope scope) {
                return new ModelSpan.Scope(
                    scope.name(), scope.version(), scope.schemaUrl(), Map.of());
              }
            },
            "OTLP-PAYLOAD-019/attribute",
            "OTLP-JSON-PAYLOAD-019/attribute"));
  }

  private static List<BrokenModel> identity() {
    return List.of(
        broken(
            "has span ids of zeros",
            new PayloadRules() {
              @Override
              String spanId(String random) {
                return "0000000000000000";
              }
            },
            "OTLP-PAYLOAD-006/ids",
            "OTLP-JSON-PAYLOAD-006/ids"),
        broken(
            "gives roots a parent of zeros",
            new PayloadRules() {
              @Override
              String parentSpanId(String parent) {
                return parent.isEmpty() ? "0000000000000000" : parent;
              }
            },
            "OTLP-PAYLOAD-006/root",
            "OTLP-JSON-PAYLOAD-006/root"),
        broken(
            "forgets parents",
            new PayloadRules() {
              @Override
              String parentSpanId(String parent) {
                return "";
              }
            },
            "OTLP-PAYLOAD-006/parent",
            "OTLP-JSON-PAYLOAD-006/parent",
            "OTLP-PAYLOAD-006/remote-parent",
            "OTLP-JSON-PAYLOAD-006/remote-parent"),
        broken(
            "begins a trace of its own",
            new PayloadRules() {
              @Override
              String traceId(String remote) {
                return new StringBuilder(remote).reverse().toString();
              }
            },
            "OTLP-PAYLOAD-006/remote-trace",
            "OTLP-JSON-PAYLOAD-006/remote-trace"),
        broken(
            "forgets the trace state of spans",
            new PayloadRules() {
              @Override
              String traceState(String traceState) {
                return "";
              }
            },
            "OTLP-PAYLOAD-007/span",
            "OTLP-JSON-PAYLOAD-007/span"),
        broken(
            "forgets the trace state of links",
            new PayloadRules() {
              @Override
              String linkTraceState(String traceState) {
                return "";
              }
            },
            "OTLP-PAYLOAD-007/link",
            "OTLP-JSON-PAYLOAD-007/link"),
        broken(
            "takes remote parents for local ones",
            new PayloadRules() {
              @Override
              int flags(int traceFlags, boolean remote) {
                return super.flags(traceFlags, false);
              }
            },
            "OTLP-PAYLOAD-008/remote",
            "OTLP-JSON-PAYLOAD-008/remote",
            "OTLP-PAYLOAD-008/link",
            "OTLP-JSON-PAYLOAD-008/link"),
        broken(
            "takes local parents for remote ones",
            new PayloadRules() {
              @Override
              int flags(int traceFlags, boolean remote) {
                return super.flags(traceFlags, true);
              }
            },
            "OTLP-PAYLOAD-008/local",
            "OTLP-JSON-PAYLOAD-008/local"),
        broken(
            "links to another span",
            new PayloadRules() {
              @Override
              ModelSpan.Context linked(ModelSpan.Context context) {
                return new ModelSpan.Context(
                    context.traceId(), "00000000000000aa", context.traceState());
              }
            },
            "OTLP-JSON-FORM-001/link"));
  }

  private static List<BrokenModel> members() {
    return List.of(
        broken(
            "leaves the default kind open",
            new PayloadRules() {
              @Override
              String kind(String given) {
                return given.isEmpty() ? "UNSPECIFIED" : given;
              }
            },
            "OTLP-PAYLOAD-009/default",
            "OTLP-JSON-PAYLOAD-009/default"),
        broken(
            "takes all kinds for internal ones",
            new PayloadRules() {
              @Override
              String kind(String given) {
                return "INTERNAL";
              }
            },
            "OTLP-PAYLOAD-009/server",
            "OTLP-JSON-PAYLOAD-009/server",
            "OTLP-PAYLOAD-009/client",
            "OTLP-JSON-PAYLOAD-009/client",
            "OTLP-PAYLOAD-009/producer",
            "OTLP-JSON-PAYLOAD-009/producer",
            "OTLP-PAYLOAD-009/consumer",
            "OTLP-JSON-PAYLOAD-009/consumer"),
        broken(
            "takes internal spans for servers",
            new PayloadRules() {
              @Override
              String kind(String given) {
                return given.equals("INTERNAL") ? "SERVER" : super.kind(given);
              }
            },
            "OTLP-PAYLOAD-009/internal",
            "OTLP-JSON-PAYLOAD-009/internal"),
        broken(
            "cuts times to microseconds",
            new PayloadRules() {
              @Override
              long time(long nanos) {
                return nanos / 1_000 * 1_000;
              }
            },
            "OTLP-PAYLOAD-010/span",
            "OTLP-JSON-PAYLOAD-010/span",
            "OTLP-PAYLOAD-010/event",
            "OTLP-JSON-PAYLOAD-010/event"),
        broken(
            "does not send the message of an error",
            new PayloadRules() {
              @Override
              String statusMessage(String code, String message) {
                return "";
              }
            },
            "OTLP-PAYLOAD-011/error",
            "OTLP-JSON-PAYLOAD-011/error"),
        broken(
            "sends no OK",
            new PayloadRules() {
              @Override
              String status(String code) {
                return code.equals("OK") ? "UNSET" : code;
              }
            },
            "OTLP-PAYLOAD-011/ok",
            "OTLP-JSON-PAYLOAD-011/ok"),
        broken(
            "sends OK where nothing was set",
            new PayloadRules() {
              @Override
              String status(String code) {
                return code.equals("UNSET") ? "OK" : code;
              }
            },
            "OTLP-PAYLOAD-011/unset",
            "OTLP-JSON-PAYLOAD-011/unset"));
  }
}
