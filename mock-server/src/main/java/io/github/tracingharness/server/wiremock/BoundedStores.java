package io.github.tracingharness.server.wiremock;

import com.github.tomakehurst.wiremock.common.FileSource;
import com.github.tomakehurst.wiremock.store.DefaultStores;
import com.github.tomakehurst.wiremock.store.RequestJournalStore;

/** WireMock's own stores, with a request journal that bounds itself. */
final class BoundedStores extends DefaultStores {

  private final RequestJournalStore journal;

  BoundedStores(FileSource files, int journalEntries) {
    super(files);
    journal = new BoundedRequestJournal(journalEntries);
  }

  @Override
  public RequestJournalStore getRequestJournalStore() {
    return journal;
  }
}
