package io.github.tracingharness.server.api;

import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.page.StatePage;

/** The page for people at {@code /}; the real server has its own there. */
final class PageHandlers {

  private PageHandlers() {}

  static Reply page(Call call) {
    String title = call.profile().databricks().isPresent()
        ? "Fake Databricks workspace"
        : "Fake MLflow tracking server " + call.profile().version();
    String page =
        StatePage.render(call.state(), title, call.request().parameters().first("trace"));
    return Reply.text(200, "text/html; charset=utf-8", page)
        .withHeader("content-security-policy", StatePage.CONTENT_SECURITY_POLICY)
        .withHeader("cache-control", "no-store");
  }
}
