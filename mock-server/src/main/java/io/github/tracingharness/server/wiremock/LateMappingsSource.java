package io.github.tracingharness.server.wiremock;

import com.github.tomakehurst.wiremock.common.FileSource;
import com.github.tomakehurst.wiremock.common.Lazy;
import com.github.tomakehurst.wiremock.common.filemaker.FilenameMaker;
import com.github.tomakehurst.wiremock.standalone.JsonFileMappingsSource;
import com.github.tomakehurst.wiremock.standalone.MappingsSource;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.stubbing.StubMappings;
import java.util.List;

/**
 * WireMock's files of stubs, made when there are any or one is saved: it starts an engine for
 * templates that name such files.
 */
final class LateMappingsSource implements MappingsSource {

  private final FileSource directory;
  private final Lazy<MappingsSource> files;

  LateMappingsSource(FileSource directory) {
    this.directory = directory;
    this.files = Lazy.lazy(() -> new JsonFileMappingsSource(directory, new FilenameMaker()));
  }

  @Override
  public void loadMappingsInto(StubMappings mappings) {
    if (directory.exists()) {
      files.get().loadMappingsInto(mappings);
    }
  }

  @Override
  public void save(List<StubMapping> mappings) {
    files.get().save(mappings);
  }

  @Override
  public void save(StubMapping mapping) {
    files.get().save(mapping);
  }

  @Override
  @SuppressWarnings("removal") // abstract, and called, in the version that we have
  public void remove(StubMapping mapping) {
    files.get().remove(mapping);
  }

  @Override
  public void removeAll() {
    files.get().removeAll();
  }
}
