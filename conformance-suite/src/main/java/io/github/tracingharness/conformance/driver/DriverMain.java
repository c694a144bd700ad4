package io.github.tracingharness.conformance.driver;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Serves an {@link ExporterSubject} over stdin and stdout, so that an exporter on the JVM needs no
 * driver of its own: {@code java … DriverMain --subject com.example.MySubject}.
 */
public final class DriverMain {

  // Escaped, because a case may send a lone surrogate, which has no UTF-8 form.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final OutputStream out;

  private DriverMain(OutputStream out) {
    this.out = out;
  }

  /**
   * Runs until stdin ends.
   *
   * @param args {@code --subject} and the name of a class with a public constructor without
   *     parameters
   */
  public static void main(String[] args) throws IOException {
    SessionLogProvider.install();
    OutputStream protocol = new FileOutputStream(FileDescriptor.out);
    // What a library prints must not stand between the lines of the protocol.
    System.setOut(System.err);
    ExporterSubject subject;
    try {
      subject = subject(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    new DriverMain(protocol).serve(subject);
  }

  private static ExporterSubject subject(String[] args) {
    if (args.length != 2 || !args[0].equals("--subject")) {
      throw new IllegalArgumentException(
          "usage: --subject CLASS, where CLASS implements " + ExporterSubject.class.getName());
    }
    try {
      return Class.forName(args[1])
          .asSubclass(ExporterSubject.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          "cannot make a subject of %s: it must implement %s and have a public constructor without parameters (%s)"
              .formatted(args[1], ExporterSubject.class.getName(), e),
          e);
    }
  }

  private void serve(ExporterSubject subject) throws IOException {
    DriverService service = new DriverService(subject, true, this::write);
    BufferedReader in = new BufferedReader(
        new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode command = MAPPER.readTree(line);
      if (command.path("op").asText().equals("exit")) {
        end(command.path("how").asText());
        return;
      }
      write(service.answer(command));
    }
    Runtime.getRuntime().halt(0);
  }

  /**
   * Ends as an application would: by returning from main, by exiting, or by an uncaught exception.
   */
  private static void end(String how) {
    switch (how) {
      case "exit0" -> System.exit(0);
      case "throw" -> throw new IllegalStateException("the application ends with an exception");
      default -> {}
    }
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
