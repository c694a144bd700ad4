package io.github.tracingharness.conformance.cases;

import io.github.tracingharness.conformance.model.CaseRegistry;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;
import java.util.stream.Stream;

/** All cases of MLflow's tracing protocol, of version 3 and of version 4 for Unity Catalog. */
public final class MlflowCases {

  private MlflowCases() {}

  /** Returns the cases in the order in which they are listed and run. */
  public static CaseRegistry registry() {
    List<ConformanceCase> cases = Stream.of(
            ExportCases.all(),
            AsyncCases.all(),
            PromptCases.all(),
            StorageCases.all(),
            WireShapeCases.all(),
            TraceInfoCases.all(),
            PreviewCases.all(),
            SizeCases.all(),
            SpanCases.all(),
            RetryCases.all(),
            FailureCases.all(),
            LifecycleCases.all(),
            SettingCases.all(),
            MlflowOtlpCases.all(),
            AttachmentCases.all(),
            LegacyCases.all(),
            SecurityCases.all(),
            ResourceCases.mlflow(),
            OtelCases.all(),
            DistributedCases.all(),
            DatabricksCases.all(),
            CatalogCases.all(),
            CatalogBatchCases.all())
        .flatMap(List::stream)
        .toList();
    return CaseRegistry.of(cases);
  }
}
