package io.github.tracingharness.server;

import io.github.tracingharness.server.api.TrackingApi;
import io.github.tracingharness.server.http.Exchange;
import io.github.tracingharness.server.http.Outcome;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.http.Request;
import io.github.tracingharness.server.http.RequestHead;

/** A call of the admin interface, which leaves no trace in the journal. */
final class AdminExchange implements Exchange {

  private final TrackingSpace space;
  private final TrackingApi api;
  private final ServerProfile profile;
  private final RequestHead head;
  private final String path;
  private final String query;

  AdminExchange(
      TrackingSpace space,
      TrackingApi api,
      ServerProfile profile,
      RequestHead head,
      String path,
      String query) {
    this.space = space;
    this.api = api;
    this.profile = profile;
    this.head = head;
    this.path = path;
    this.query = query;
  }

  @Override
  public Reply handle(byte[] body) {
    Request request = new Request(head.method(), path, query, head.headers(), body);
    try {
      return api.refusal(request, profile)
          .orElseGet(() -> new AdminApi(space).answer(head.method(), path, query, body));
    } catch (RuntimeException | Error defect) {
      return Reply.text(
          500, "text/plain", "Tracing Harness: the fake server failed at this call: " + defect);
    }
  }

  @Override
  public void answering(Outcome announced) {}

  @Override
  public void finished(Outcome outcome) {}
}
