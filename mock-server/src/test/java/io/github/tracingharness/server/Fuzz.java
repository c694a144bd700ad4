package io.github.tracingharness.server;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What a server made of many malformed requests.
 *
 * @param answered how many got an answer
 * @param serverErrors those that were answered with a status of 500 or more
 */
public record Fuzz(int answered, List<ServerError> serverErrors) {

  private static final int CLIENTS = 4;
  private static final int PATIENCE_MILLIS = 30_000;
  private static final String SERVER_ERROR = "HTTP/1.1 5";

  /** A request, and the answer to it as text of Latin-1. */
  @SuppressWarnings("ArrayRecordComponent") // bytes are bytes; nobody compares these values
  public record ServerError(byte[] request, String answer) {

    /** The status of the answer. */
    public int status() {
      return Integer.parseInt(answer.substring(9, 12));
    }

    @Override
    public String toString() {
      return new String(request, StandardCharsets.ISO_8859_1) + "%n-> ".formatted() + answer;
    }
  }

  /** Sends malformed requests from several clients at once; fails if one of them hangs. */
  public static Fuzz send(FakeTrackingServer server, long seed, int requests) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<Fuzz>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        MalformedRequests source = new MalformedRequests(seed + i);
        clients.add(threads.submit(() -> sendAll(server.url(), source, requests / CLIENTS)));
      }
      int answered = 0;
      List<ServerError> errors = new ArrayList<>();
      for (Future<Fuzz> client : clients) {
        Fuzz one = client.get(30, TimeUnit.MINUTES);
        answered += one.answered();
        errors.addAll(one.serverErrors());
      }
      return new Fuzz(answered, errors);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Fuzz sendAll(URI server, MalformedRequests source, int requests) {
    int answered = 0;
    List<ServerError> errors = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      byte[] request = source.next();
      String answer = answer(server, request, i);
      answered += answer.isEmpty() ? 0 : 1;
      if (answer.startsWith(SERVER_ERROR)) {
        errors.add(new ServerError(request, answer));
      }
    }
    return new Fuzz(answered, errors);
  }

  /** Sends bytes, says that no more come, and reads to the end; empty without an answer. */
  private static String answer(URI server, byte[] request, int number) {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketTimeoutException hung) {
      throw new AssertionError("no end of the answer to request " + number + ": "
          + new String(request, StandardCharsets.ISO_8859_1));
    } catch (SocketException reset) {
      return "";
    } catch (IOException e) {
      throw new AssertionError("request " + number, e);
    }
  }
}
