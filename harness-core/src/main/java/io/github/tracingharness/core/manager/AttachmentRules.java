package io.github.tracingharness.core.manager;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What becomes an attachment of a trace.
 *
 * @param extractMedia whether media that inputs and outputs hold as base64 become attachments,
 *     where the trace can have some
 * @param maxBytes how many bytes an attachment may have, or empty
 */
public record AttachmentRules(boolean extractMedia, OptionalLong maxBytes) {

  /** Checks that there is a limit or none. */
  public AttachmentRules {
    Objects.requireNonNull(maxBytes, "maxBytes");
  }
}
