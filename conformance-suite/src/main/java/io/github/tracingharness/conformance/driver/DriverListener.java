package io.github.tracingharness.conformance.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Takes what a driver says without being asked. Called from other threads; must not block. */
public interface DriverListener {

  /** A listener that takes no notice. */
  DriverListener NONE = new DriverListener() {
    @Override
    public void event(ObjectNode event) {}

    @Override
    public void noise(String line) {}

    @Override
    public void stderr(String line) {}
  };

  /** Takes a line without an {@code id}. */
  void event(ObjectNode event);

  /** Takes a line on stdout that is not a JSON object. */
  void noise(String line);

  /** Takes a line on stderr. */
  void stderr(String line);
}
