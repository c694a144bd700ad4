package io.github.tracingharness.server.wiremock;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.tracingharness.server.Header;
import io.github.tracingharness.server.http.Reply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the replies of the exchange in this thread into WireMock's answers. */
final class TrackingTransformer implements ResponseDefinitionTransformerV2 {

  private final ExchangeListener exchanges;

  TrackingTransformer(ExchangeListener exchanges) {
    this.exchanges = exchanges;
  }

  @Override
  public String getName() {
    return WireMockFront.TRANSFORMER;
  }

  @Override
  public boolean applyGlobally() {
    return false;
  }

  @Override
  public ResponseDefinition transform(ServeEvent event) {
    WireExchange exchange = exchanges.current();
    Reply reply = exchange.reply();
    ResponseDefinition stub = event.getResponseDefinition();
    ResponseDefinitionBuilder answer = ResponseDefinitionBuilder.like(stub)
        .but()
        .withStatus(reply.status())
        .withHeaders(headers(reply, stub))
        .withBody(reply.body());
    Fault fault = fault(reply.wire());
    if (fault != null) {
      // The client notices the end of the connection before Jetty tells of it.
      exchange.answering(0, List.of());
      return answer.withFault(fault).build();
    }
    return answer.build();
  }

  private static HttpHeaders headers(Reply reply, ResponseDefinition stub) {
    List<HttpHeader> headers = new ArrayList<>();
    HttpHeaders ofStub = stub.getHeaders() == null ? new HttpHeaders() : stub.getHeaders();
    for (Header header : reply.headers()) {
      if (!ofStub.getHeader(header.name()).isPresent()) {
        headers.add(new HttpHeader(header.name(), header.value()));
      }
    }
    headers.addAll(ofStub.all());
    return new HttpHeaders(headers);
  }

  private static @Nullable Fault fault(Reply.Wire wire) {
    return switch (wire) {
      // What the response's own stream does, see OddResponse.
      case SEND, SHORT_BODY, CHUNKED, DRIP, DRIP_CHUNKED, HALF_HEAD -> null;
      case RESET -> Fault.CONNECTION_RESET_BY_PEER;
      case CLOSE -> Fault.EMPTY_RESPONSE;
      case GARBAGE -> Fault.RANDOM_DATA_THEN_CLOSE;
      case GARBAGE_CHUNK -> Fault.MALFORMED_RESPONSE_CHUNK;
    };
  }
}
