package io.github.tracingharness.benchmarks;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.Slf4jNotifier;
import com.github.tomakehurst.wiremock.core.Options.ChunkedEncodingPolicy;

/**
 * WireMock with one stub that always gives the same answer: what the fake server is compared with.
 * It keeps no journal, so it does less than a test would let it do.
 */
public final class BareStub {

  private BareStub() {}

  /** Listens to the port that is the argument, until the process is ended. */
  public static void main(String[] arguments) throws InterruptedException {
    WireMockServer server = new WireMockServer(options()
        .bindAddress("127.0.0.1")
        .port(Integer.parseInt(arguments[0]))
        .notifier(new Slf4jNotifier(false))
        .stubRequestLoggingDisabled(true)
        .useChunkedTransferEncoding(ChunkedEncodingPolicy.NEVER)
        .disableRequestJournal());
    server.stubFor(get("/health").willReturn(okJson("\"OK\"")));
    server.stubFor(post("/api/3.0/mlflow/traces").willReturn(okJson(InstantServer.TRACE_JSON)));
    server.start();
    Thread.currentThread().join();
  }
}
