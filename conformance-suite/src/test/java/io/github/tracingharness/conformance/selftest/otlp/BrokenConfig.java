package io.github.tracingharness.conformance.selftest.otlp;

import static io.github.tracingharness.conformance.selftest.otlp.BrokenModel.broken;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Broken readings of addresses and variables. */
final class BrokenConfig {

  private BrokenConfig() {}

  static List<BrokenModel> all() {
    return Stream.of(addresses(), options(), headers()).flatMap(List::stream).toList();
  }

  private static List<BrokenModel> addresses() {
    return List.of(
        broken(
            "adds no path to a base address",
            new ConfigRules() {
              @Override
              String targetBelow(String basePath) {
                return targetAt(basePath);
              }
            },
            "OTLP-URL-001/path",
            "OTLP-URL-011/path",
            "OTLP-URL-009/path"),
        broken(
            "drops the path of a base address",
            new ConfigRules() {
              @Override
              String targetBelow(String basePath) {
                return "/v1/traces";
              }
            },
            "OTLP-URL-002/path"),
        broken(
            "adds a second slash to a base address",
            new ConfigRules() {
              @Override
              String targetBelow(String basePath) {
                return basePath + "/v1/traces";
              }
            },
            "OTLP-URL-003/path"),
        broken(
            "drops the last slash of an address for traces",
            new ConfigRules() {
              @Override
              String targetAt(String path) {
                return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
              }
            },
            "OTLP-URL-004/path"),
        broken(
            "decodes slashes of an address for traces",
            new ConfigRules() {
              @Override
              String targetAt(String path) {
                return super.targetAt(path.replace("%2F", "/"));
              }
            },
            "OTLP-URL-005/path"),
        broken(
            "completes an address for traces",
            new ConfigRules() {
              @Override
              String targetAt(String path) {
                return targetBelow(path);
              }
            },
            "OTLP-URL-006/path"),
        broken(
            "puts the path behind a query",
            new ConfigRules() {
              @Override
              String pathOf(String afterAuthority) {
                return afterAuthority;
              }
            },
            "OTLP-URL-007/path"),
        broken(
            "escapes a query into the path",
            new ConfigRules() {
              @Override
              String pathOf(String afterAuthority) {
                return afterAuthority.replace("?", "%3F");
              }
            },
            "OTLP-URL-008/path"),
        broken(
            "speaks TLS by default",
            new ConfigRules() {
              @Override
              String defaultBase() {
                return "https://localhost:4318";
              }
            },
            "OTLP-URL-009/http"),
        broken(
            "takes https for http",
            new ConfigRules() {
              @Override
              boolean isSecure(String scheme) {
                return false;
              }
            },
            "OTLP-URL-010/hello",
            "OTLP-URL-010/no-clear-text"));
  }

  private static List<BrokenModel> options() {
    return List.of(
        broken(
            "prefers options of all signals",
            new ConfigRules() {
              @Override
              Optional<String> option(Variables variables, String name) {
                return variables.get(OTLP + name).or(() -> variables.get(OTLP_TRACES + name));
              }

              @Override
              String defaultProtocol() {
                return "http/json";
              }
            },
            "OTLP-URL-012/without-content-encoding",
            "OTLP-URL-013/protobuf",
            "OTLP-TLS-005/delivered"),
        broken(
            "ignores a timeout that is set twice",
            new ConfigRules() {
              @Override
              Optional<String> option(Variables variables, String name) {
                boolean twice = variables.get(OTLP + name).isPresent()
                    && variables.get(OTLP_TRACES + name).isPresent();
                return twice && name.equals("TIMEOUT")
                    ? Optional.empty()
                    : super.option(variables, name);
              }
            },
            "OTLP-TIMEOUT-006/given-up"),
        broken(
            "does not know the certificate options",
            new ConfigRules() {
              @Override
              Optional<String> option(Variables variables, String name) {
                return name.equals("CERTIFICATE")
                    ? Optional.empty()
                    : super.option(variables, name);
              }
            },
            "OTLP-TLS-001/delivered"),
        broken(
            "does not know the client's certificate",
            new ConfigRules() {
              @Override
              Optional<String> option(Variables variables, String name) {
                return name.startsWith("CLIENT") ? Optional.empty() : super.option(variables, name);
              }
            },
            "OTLP-TLS-003/delivered",
            "OTLP-TLS-003/certificate",
            "OTLP-TLS-004/delivered",
            "OTLP-TLS-004/certificate"),
        broken(
            "speaks JSON by default",
            new ConfigRules() {
              @Override
              String defaultProtocol() {
                return "http/json";
              }
            },
            "OTLP-HEADERS-009/protobuf"));
  }

  private static List<BrokenModel> headers() {
    return List.of(
        broken(
            "prefers headers of all signals",
            new ConfigRules() {
              @Override
              Map<String, String> headers(Variables variables, Diagnostics log) {
                Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                headers.putAll(super.headers(variables, log));
                variables
                    .get(OTLP + "HEADERS")
                    .ifPresent(list -> headers.putAll(headerList("", list, log)));
                return headers;
              }
            },
            "OTLP-URL-014/right",
            "OTLP-HEADERS-003/overridden"),
        broken(
            "does not decode header values",
            new ConfigRules() {
              @Override
              Optional<String> headerValue(String text) {
                return Optional.of(text.trim());
              }
            },
            "OTLP-HEADERS-002/percent"),
        broken(
            "keeps blanks of header names",
            new ConfigRules() {
              @Override
              String headerName(String text) {
                return text;
              }
            },
            "OTLP-HEADERS-002/spaces"),
        broken(
            "splits headers at the last equals sign",
            new ConfigRules() {
              @Override
              int endOfName(String pair) {
                return pair.lastIndexOf('=');
              }
            },
            "OTLP-HEADERS-002/equals-sign"),
        broken(
            "stops at the first malformed header",
            new ConfigRules() {
              @Override
              Map<String, String> headerList(String variable, String list, Diagnostics log) {
                return super.headerList(variable, list.replaceAll(",bad,.*", ""), log);
              }
            },
            "OTLP-HEADERS-004/last"),
        broken(
            "drops all headers for a malformed one",
            new ConfigRules() {
              @Override
              Map<String, String> headerList(String variable, String list, Diagnostics log) {
                return list.contains(",bad,") ? Map.of() : super.headerList(variable, list, log);
              }
            },
            "OTLP-HEADERS-004/first"),
        broken(
            "makes headers of metadata",
            new ConfigRules() {
              @Override
              Map<String, String> headerList(String variable, String list, Diagnostics log) {
                return super.headerList(variable, list.replace(';', ','), log);
              }
            },
            "OTLP-HEADERS-005/no-header"),
        broken(
            "lets configured headers stand beside its own",
            new ConfigRules() {
              @Override
              boolean isHeaderName(String name) {
                return !name.isEmpty();
              }
            },
            "OTLP-HEADERS-007/content-type",
            "OTLP-HEADERS-007/decodes"));
  }
}
