package io.github.tracingharness.conformance.selftest;

import io.github.tracingharness.conformance.subject.ReferenceSubject;
import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.core.client.JdkHttpTransport;
import java.io.IOException;

/**
 * The reference with a connection for each request: the HTTP client of Java 17 cannot be closed,
 * and keeps connections longer than a case lasts. It needs
 * {@code -Djdk.httpclient.allowRestrictedHeaders=connection}.
 */
public final class ClosingReference extends VariedSubject {

  /** Makes the subject. */
  public ClosingReference() {
    super(new ReferenceSubject(builder -> builder.transport(new Closing())));
  }

  private static final class Closing implements HttpTransport {

    private final HttpTransport real = new JdkHttpTransport();

    @Override
    public HttpAnswer send(HttpCall call) throws IOException, InterruptedException {
      return real.send(call.withHeader("Connection", "close"));
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
