package io.github.tracingharness.server.wiremock;

import com.github.tomakehurst.wiremock.common.FileSource;
import com.github.tomakehurst.wiremock.global.GlobalSettings;
import com.github.tomakehurst.wiremock.store.DefaultStores;
import com.github.tomakehurst.wiremock.store.RequestJournalStore;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import java.util.Iterator;

/** WireMock's own stores, with a request journal that bounds itself. */
final class BoundedStores extends DefaultStores {

  private final BoundedRequestJournal journal;

  BoundedStores(FileSource files, int journalEntries) {
    super(files);
    journal = new BoundedRequestJournal(journalEntries);
  }

  @Override
  public RequestJournalStore getRequestJournalStore() {
    return journal;
  }

  BoundedRequestJournal journal() {
    return journal;
  }

  /** Whether WireMock would give every call to our stub and answer at once. */
  boolean haveOnlyTheTrackingStub() {
    Iterator<StubMapping> stubs = getStubStore().getAll().iterator();
    if (!stubs.hasNext() || !stubs.next().getId().equals(TrackingStub.ID) || stubs.hasNext()) {
      return false;
    }
    GlobalSettings settings = getSettingsStore().get();
    return settings.getFixedDelay() == null && settings.getDelayDistribution() == null;
  }
}
