package io.github.tracingharness.conformance.selftest;

import static io.github.tracingharness.conformance.selftest.Mutant.inProcess;
import static io.github.tracingharness.conformance.selftest.Mutant.onEachWire;
import static io.github.tracingharness.conformance.selftest.Mutant.onWire;

import io.github.tracingharness.conformance.selftest.otlp.BrokenModel;
import io.github.tracingharness.conformance.selftest.otlp.OtlpModel;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import io.github.tracingharness.conformance.subject.ExporterSubject.Outcome;
import io.github.tracingharness.conformance.subject.ExporterSubject.Session;
import io.github.tracingharness.conformance.subject.ReferenceSubject;
import io.github.tracingharness.conformance.subject.SessionConfig;
import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.core.client.JdkHttpTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What can be wrong with what an exporter takes from an application and gives to others. */
public final class ResourceMutants {

  private ResourceMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant("leaves a connection behind", "MLF-RESOURCE-001/sockets", new ReferenceSocket()),
        new Mutant(
            "sends nothing and calls it a success",
            "OTLP-SECURITY-005/sent-or-refused",
            new NullExporter()),
        new Mutant("leaves a thread behind", "MLF-RESOURCE-001/threads", new ReferenceThread()),
        onEachWire(
            "opens a connection for each request",
            "MLF-RESOURCE-002/connections",
            () -> ResourceMutants::onNewConnection),
        inProcess(
            "fails when two threads call it at once",
            "MLF-RESOURCE-004/unharmed",
            ResourceMutants::failingTogether),
        new Mutant(
            "has no worker after a fork",
            "MLF-RESOURCE-005/traces-once",
            PlayedFork.withoutWorker(new ReferenceSubject())),
        new Mutant(
            "loses what waits when the application calls exit",
            "MLF-RESOURCE-006/traces-once",
            new ExitMutants.Loses()),
        new Mutant(
            "loses what waits when it gets SIGTERM",
            "MLF-RESOURCE-007/arrives",
            new ExitMutants.Loses()),
        onWire(
            "follows redirects with its token",
            "MLF-SEC-006/no-token",
            ResourceMutants::followingRedirects),
        new Mutant(
            "leaves a connection to the collector behind",
            "OTLP-RESOURCE-001/sockets",
            new ModelSocket()),
        new Mutant(
            "leaves a thread of OTLP behind", "OTLP-RESOURCE-001/threads", new ModelThread()),
        new Mutant(
            "has no worker for OTLP after a fork",
            "OTLP-RESOURCE-003/once",
            PlayedFork.withoutWorker(new OtlpModel())),
        new Mutant(
            "reads all of an answer into memory", "OTLP-SECURITY-008/peak", new ReadsItAll()));
  }

  private static HttpAnswer onNewConnection(HttpCall call, HttpTransport real)
      throws IOException, InterruptedException {
    try (HttpTransport fresh = new JdkHttpTransport()) {
      return fresh.send(call);
    }
  }

  private static HttpAnswer followingRedirects(HttpCall call, HttpTransport real)
      throws IOException, InterruptedException {
    HttpAnswer answer = real.send(call);
    return answer.status() == 307 && answer.header("Location").isPresent()
        ? real.send(call.withUri(URI.create(answer.header("Location").get())))
        : answer;
  }

  private static Session failingTogether(Session sound) {
    AtomicInteger inside = new AtomicInteger();
    return new FaultySubject.Wrapped(sound) {
      @Override
      public Outcome flush(Duration timeout) {
        return alone(() -> super.flush(timeout));
      }

      @Override
      public Outcome shutdown(Duration timeout) {
        return alone(() -> super.shutdown(timeout));
      }

      private Outcome alone(Supplier<Outcome> call) {
        try {
          if (inside.incrementAndGet() > 1) {
            throw new ConcurrentModificationException("somebody else is here");
          }
          return call.get();
        } finally {
          inside.decrementAndGet();
        }
      }
    };
  }

  /** A sound exporter that keeps something with each session, for good. */
  private abstract static class Keeping extends VariedSubject implements Forked {

    private static final List<Object> KEPT = new ArrayList<>();

    Keeping(ExporterSubject sound) {
      super(sound);
    }

    @Override
    public Session open(SessionConfig config) {
      return new FaultySubject.Wrapped(sound.open(config)) {
        @Override
        public Outcome shutdown(Duration timeout) {
          KEPT.add(kept(config));
          return super.shutdown(timeout);
        }
      };
    }

    abstract Object kept(SessionConfig config);

    static Socket socket(SessionConfig config) {
      URI server = URI.create(config.endpoint());
      try {
        return new Socket(server.getHost(), server.getPort());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static Thread thread() {
      CountDownLatch never = new CountDownLatch(1);
      Thread thread = new Thread(
          () -> {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          },
          "left-behind");
      thread.setDaemon(true);
      thread.start();
      return thread;
    }
  }

  /** Keeps a connection. */
  public static final class ReferenceSocket extends Keeping {
    public ReferenceSocket() {
      super(new ReferenceSubject());
    }

    @Override
    Object kept(SessionConfig config) {
      return socket(config);
    }
  }

  /** Keeps a thread. */
  public static final class ReferenceThread extends Keeping {
    public ReferenceThread() {
      super(new ClosingReference());
    }

    @Override
    Object kept(SessionConfig config) {
      return thread();
    }
  }

  /** Keeps a connection to a collector. */
  public static final class ModelSocket extends Keeping {
    public ModelSocket() {
      super(new OtlpModel());
    }

    @Override
    Object kept(SessionConfig config) {
      return socket(config);
    }
  }

  /** Keeps a thread beside an OTLP exporter. */
  public static final class ModelThread extends Keeping {
    public ModelThread() {
      super(new OtlpModel());
    }

    @Override
    Object kept(SessionConfig config) {
      return thread();
    }
  }

  /** Reads answers however long they are. */
  public static final class ReadsItAll extends Keeping {
    public ReadsItAll() {
      super(BrokenModel.readingItAll());
    }

    @Override
    Object kept(SessionConfig config) {
      return config;
    }
  }
}
