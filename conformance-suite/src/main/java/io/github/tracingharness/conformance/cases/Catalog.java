package io.github.tracingharness.conformance.cases;

import io.github.tracingharness.conformance.check.Catalogs;
import io.github.tracingharness.conformance.check.Check;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.check.Secrets;
import io.github.tracingharness.conformance.model.CaseDestination;
import io.github.tracingharness.conformance.model.ConformanceCase;

/** The places in Unity Catalog that cases send to. */
final class Catalog {

  static final CaseDestination TRACES = CaseDestination.unityCatalog("main", "traces");
  static final CaseDestination OTHER = CaseDestination.unityCatalog("main", "other");
  static final CaseDestination PREFIXED = CaseDestination.unityCatalog("main", "traces", "shop");

  static final Requests SPANS = Requests.requests(Endpoints.UC_SPANS);
  static final Requests INFOS = Requests.requests(Endpoints.UC_TRACE_INFO);

  private Catalog() {}

  /** Starts a case whose session sends to {@link #TRACES}. */
  static ConformanceCase.Builder uc(String family, String id, String title) {
    return ConformanceCase.conformanceCase(id)
        .title(title)
        .family(family)
        .destination(TRACES)
        .config("auth.bearer", "${secret:auth.bearer}");
  }

  /**
   * Each carries the workspace's token, which {@link #uc} sets. What discovers how to log in needs
   * none.
   */
  static Check bearer(Requests requests) {
    return requests.header("Authorization", Secrets.authorization("Bearer", "auth.bearer"));
  }

  static Requests spansTo(CaseDestination destination) {
    return Catalogs.spansTo(destination.spansTable());
  }
}
