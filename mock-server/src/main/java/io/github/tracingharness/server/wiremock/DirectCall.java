package io.github.tracingharness.server.wiremock;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.common.Timing;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.LoggedResponse;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.tracingharness.server.Header;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.http.RequestHead;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import wiremock.org.eclipse.jetty.server.Request;

/**
 * A call that WireMock was not asked about, for its journal. It becomes an event of WireMock's when
 * somebody reads the journal.
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are bytes; nobody compares these values
record DirectCall(
    UUID id,
    RequestHead head,
    byte[] body,
    String absoluteUrl,
    String clientAddress,
    String protocol,
    long arrivedMillis,
    Reply reply) {

  static DirectCall of(Request request, WireExchange exchange, Reply reply) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new DirectCall(
        new UUID(random.nextLong(), random.nextLong()),
        exchange.head(),
        exchange.receivedBody(),
        request.getRequestURL().toString(),
        request.getRemoteAddr(),
        request.getProtocol(),
        request.getTimeStamp(),
        reply);
  }

  ServeEvent event() {
    HttpHeaders answered = headers(reply.headers());
    return new ServeEvent(
        id,
        request(),
        TrackingStub.stub(),
        ResponseDefinitionBuilder.responseDefinition()
            .withStatus(reply.status())
            .withHeaders(answered)
            .withBody(reply.body())
            .build(),
        new LoggedResponse(
            reply.status(), answered, Base64.getEncoder().encodeToString(reply.body()), null, null),
        true,
        Timing.UNTIMED,
        new ConcurrentLinkedQueue<>());
  }

  /** By way of the form that WireMock's own API gives, as there is no other one for a past time. */
  private LoggedRequest request() {
    String target = head.target();
    int query = target.indexOf('?');
    return Json.mapToObject(
        Map.of(
            "url",
            target,
            "absoluteUrl",
            query < 0 ? absoluteUrl : absoluteUrl + target.substring(query),
            "method",
            head.method(),
            "clientIp",
            clientAddress,
            "headers",
            headers(head.headers()),
            "loggedDate",
            arrivedMillis,
            "bodyAsBase64",
            Base64.getEncoder().encodeToString(body),
            "protocol",
            protocol),
        LoggedRequest.class);
  }

  private static HttpHeaders headers(List<Header> headers) {
    return new HttpHeaders(headers.stream()
        .map(header -> new HttpHeader(header.name(), header.value()))
        .toList());
  }
}
