package io.github.tracingharness.conformance.selftest.otlp;

import static io.github.tracingharness.conformance.selftest.otlp.BrokenModel.broken;

import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Broken requests, connections and TLS. */
final class BrokenWire {

  private BrokenWire() {}

  static List<BrokenModel> all() {
    return Stream.of(requests(), bodies(), connections(), tls())
        .flatMap(List::stream)
        .toList();
  }

  private static List<BrokenModel> requests() {
    return List.of(
        broken(
            "sends by PUT",
            new WireRules() {
              @Override
              String method() {
                return "PUT";
              }
            },
            "OTLP-HEADERS-001/post",
            "OTLP-JSON-HEADERS-001/post"),
        broken(
            "says nothing of the encoding",
            new WireRules() {
              @Override
              String contentType(boolean json) {
                return "application/octet-stream";
              }
            },
            "OTLP-HEADERS-001/content-type",
            "OTLP-JSON-HEADERS-001/content-type",
            "OTLP-HEADERS-001/decodes"),
        broken(
            "sends configured headers twice",
            new WireRules() {
              @Override
              List<String> headerLines(Settings settings) {
                List<String> lines = new ArrayList<>(super.headerLines(settings));
                settings.headers().forEach((name, value) -> lines.add(name + ": " + value));
                return lines;
              }
            },
            "OTLP-HEADERS-006/once"),
        broken(
            "does not name itself",
            new WireRules() {
              @Override
              String userAgent() {
                return "Java-http-client/17.0";
              }
            },
            "OTLP-HEADERS-008/products"),
        broken(
            "does not name its version",
            new WireRules() {
              @Override
              String userAgent() {
                return "OTel-OTLP-Exporter-Java";
              }
            },
            "OTLP-HEADERS-008/version"),
        broken(
            "begins with HTTP/2",
            new WireRules() {
              @Override
              String greeting() {
                return "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
              }
            },
            "OTLP-HEADERS-009/no-grpc",
            "OTLP-HEADERS-011/delivered"),
        broken(
            "names an IPv6 host without brackets",
            new WireRules() {
              @Override
              String host(Address address) {
                return address.host() + ":" + address.port();
              }
            },
            "OTLP-URL-011/host"));
  }

  private static List<BrokenModel> bodies() {
    return List.of(
        broken(
            "cuts the body off",
            new WireRules() {
              @Override
              byte[] encode(Message request, boolean json) {
                byte[] whole = super.encode(request, json);
                return Arrays.copyOf(whole, whole.length - 3);
              }
            },
            "OTLP-HEADERS-001/decodes",
            "OTLP-JSON-HEADERS-001/decodes",
            "OTLP-HEADERS-011/delivered"),
        broken(
            "puts each span into a request twice",
            new WireRules() {
              @Override
              byte[] encode(Message request, boolean json) {
                return super.encode(request.toBuilder().mergeFrom(request).build(), json);
              }
            },
            "OTLP-URL-001/once",
            "OTLP-HEADERS-001/once",
            "OTLP-JSON-HEADERS-001/once",
            "OTLP-COMPRESSION-001/once",
            "OTLP-COMPRESSION-002/once",
            "OTLP-RETRY-001/once",
            "OTLP-RETRY-002/once",
            "OTLP-RETRY-003/once",
            "OTLP-RETRY-004/once",
            "OTLP-JSON-RETRY-003/once",
            "OTLP-PAYLOAD-004/once",
            "OTLP-JSON-PAYLOAD-004/once",
            "OTLP-PAYLOAD-013/once",
            "OTLP-JSON-PAYLOAD-013/once",
            "OTLP-BATCH-001/once",
            "OTLP-BATCH-008/once"),
        broken(
            "loses the last span of a batch",
            new WireRules() {
              @Override
              byte[] encode(Message request, boolean json) {
                ExportTraceServiceRequest.Builder fewer =
                    ((ExportTraceServiceRequest) request).toBuilder();
                ScopeSpans.Builder scope = fewer.getResourceSpansBuilder(0).getScopeSpansBuilder(0);
                scope.removeSpans(scope.getSpansCount() - 1);
                return super.encode(fewer.build(), json);
              }
            },
            "OTLP-RETRY-005/delivered",
            "OTLP-BATCH-002/once",
            "OTLP-BATCH-012/delivered",
            "OTLP-CONFIG-004/delivered",
            "OTLP-CONFIG-010/delivered",
            "OTLP-SHUTDOWN-001/once",
            "OTLP-THROTTLE-004/delivered"),
        broken(
            "says gzip and does not compress",
            new WireRules() {
              @Override
              byte[] compressed(byte[] body, boolean gzip) {
                return body;
              }
            },
            "OTLP-COMPRESSION-001/gzip",
            "OTLP-COMPRESSION-004/gzip"),
        broken(
            "makes a request for no spans",
            new WireRules() {
              @Override
              boolean isWorthARequest(int spans) {
                return true;
              }
            },
            "OTLP-PAYLOAD-013/no-request",
            "OTLP-JSON-PAYLOAD-013/no-request"),
        broken(
            "has no limit of requests",
            new WireRules() {
              @Override
              boolean mayBeSent(int bytes) {
                return true;
              }
            },
            "OTLP-RESPONSE-016/not-sent"));
  }

  private static List<BrokenModel> connections() {
    return List.of(
        broken(
            "opens a connection for each export",
            new WireRules() {
              @Override
              boolean keepsConnections() {
                return false;
              }
            },
            "OTLP-RESPONSE-011/same-connection",
            "OTLP-CONNECTION-001/one-connection"),
        broken(
            "loses a batch to a connection that the server closed",
            Rules.SOUND
                .with(new WireRules() {
                  @Override
                  boolean looksBeforeReuse() {
                    return false;
                  }

                  @Override
                  boolean heedsAnnouncedClose() {
                    return false;
                  }
                })
                .with(new RetryRules() {
                  @Override
                  boolean retriesLostConnections() {
                    return false;
                  }
                }),
            "OTLP-CONNECTION-002/success",
            "OTLP-CONNECTION-002/delivered",
            "OTLP-CONNECTION-003/success",
            "OTLP-CONNECTION-003/delivered"));
  }

  private static List<BrokenModel> tls() {
    return List.of(
        broken(
            "trusts every authority",
            new WireRules() {
              @Override
              Optional<TrustManager> trust() {
                return Optional.of(new TrustsAll());
              }
            },
            "OTLP-TLS-002/no-request",
            "OTLP-TLS-002/failure"),
        broken(
            "does not look at the name of the host",
            new WireRules() {
              @Override
              boolean checksHostName() {
                return false;
              }
            },
            "OTLP-TLS-006/no-request",
            "OTLP-TLS-006/failure"));
  }

  /** Says yes to all certificates and names. */
  private static final class TrustsAll extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
