package io.github.tracingharness.conformance.drivercheck;

/**
 * One statement about a driver.
 *
 * @param name what was looked at, one word
 * @param outcome what was found
 * @param text what was seen, one sentence
 * @param help what to do; empty where there is nothing to do
 */
public record CheckLine(String name, Outcome outcome, String text, String help) {

  /** What a line says. */
  public enum Outcome {
    /** As it should be. */
    OK("ok"),
    /** Not wrong, but worth a look. */
    NOTE("note"),
    /** Not asked, because the driver does not declare it. */
    SKIPPED("skipped"),
    /** The driver does not keep to the protocol. */
    DRIVER_FAULT("driver fault"),
    /** The driver passed on something that the exporter should not do. */
    EXPORTER_FAULT("exporter fault");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }

    /** Returns the word for a reader. */
    public String label() {
      return label;
    }
  }

  /** Returns whether something is to be repaired. */
  public boolean isFault() {
    return outcome == Outcome.DRIVER_FAULT || outcome == Outcome.EXPORTER_FAULT;
  }

  static CheckLine ok(String name, String text) {
    return new CheckLine(name, Outcome.OK, text, "");
  }

  static CheckLine note(String name, String text, String help) {
    return new CheckLine(name, Outcome.NOTE, text, help);
  }

  static CheckLine skipped(String name, String text) {
    return new CheckLine(name, Outcome.SKIPPED, text, "");
  }

  static CheckLine driverFault(String name, String text, String help) {
    return new CheckLine(name, Outcome.DRIVER_FAULT, text, help);
  }

  static CheckLine exporterFault(String name, String text, String help) {
    return new CheckLine(name, Outcome.EXPORTER_FAULT, text, help);
  }
}
