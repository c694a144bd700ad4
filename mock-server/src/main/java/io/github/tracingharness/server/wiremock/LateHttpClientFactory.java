package io.github.tracingharness.server.wiremock;

import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.http.client.ApacheHttpClientFactory;
import com.github.tomakehurst.wiremock.http.client.HttpClient;
import com.github.tomakehurst.wiremock.http.client.HttpClientFactory;
import com.github.tomakehurst.wiremock.http.client.LazyHttpClient;
import java.util.List;

/**
 * Makes WireMock's clients for proxied calls when the first such call comes: they read all
 * certificates of the JVM.
 */
final class LateHttpClientFactory implements HttpClientFactory {

  @Override
  public HttpClient buildHttpClient(
      Options options, boolean trustAll, List<String> trustedHosts, boolean systemProperties) {
    return new LazyHttpClient(() -> new ApacheHttpClientFactory()
        .buildHttpClient(options, trustAll, trustedHosts, systemProperties));
  }
}
