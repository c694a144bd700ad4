package io.github.tracingharness.conformance.driver;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Answers the commands of one stream, one after the other, on the calling thread. */
final class DriverLoop {

  // Escaped, because a case may send a lone surrogate, which has no UTF-8 form.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final OutputStream out;
  private final DriverService service;

  /**
   * Serves a subject.
   *
   * @param ownProcess whether the process ends with the subject, so that {@code exit} can be served
   */
  DriverLoop(ExporterSubject subject, boolean ownProcess, OutputStream out) {
    this.out = out;
    this.service = new DriverService(subject, ownProcess, this::write);
  }

  /**
   * Answers until the stream ends, or until {@code exit}.
   *
   * @return how the application is to end; empty when the stream has ended
   */
  Optional<String> serve(InputStream in) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode command = MAPPER.readTree(line);
      if (command.path("op").asText().equals("exit")) {
        return Optional.of(command.path("how").asText());
      }
      write(service.answer(command));
    }
    return Optional.empty();
  }

  /** Forgets all sessions without flushing. */
  void forget() {
    service.closeAll();
  }

  private void write(ObjectNode line) {
    try {
      byte[] bytes = (MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
      synchronized (out) {
        out.write(bytes);
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
