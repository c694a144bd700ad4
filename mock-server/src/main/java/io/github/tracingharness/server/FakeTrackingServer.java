package io.github.tracingharness.server;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.tracingharness.server.api.TrackingApi;
import io.github.tracingharness.server.http.Exchange;
import io.github.tracingharness.server.http.RequestHead;
import io.github.tracingharness.server.state.Capacity;
import io.github.tracingharness.server.wiremock.WireMockFront;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fake MLflow tracking server: real HTTP on a port of this machine, stateful answers in the form
 * of MLflow {@value ServerProfile#DEFAULT_VERSION}, every call recorded, faults by script.
 *
 * <pre>{@code
 * try (FakeTrackingServer server = FakeTrackingServer.start();
 *     TrackingSpace space = server.newSpace()) {
 *   space.on(Endpoint.START_TRACE).answer(Fault.status(503)).thenReal();
 *   runTheApplication(space.trackingUri());
 *   List<StoredTrace> traces = space.awaitTraces(1, Duration.ofSeconds(10));
 * }
 * }</pre>
 *
 * <p>Start one server for a test run and one {@link TrackingSpace} for each test. The server
 * listens to the loopback address unless told otherwise.
 *
 * @since 0.1.0
 */
public final class FakeTrackingServer implements AutoCloseable {

  /** How many calls can be held, delayed or handled at the same time. */
  public static final int MAX_CONCURRENT_CALLS = 256;

  /** How many calls a space keeps by default. */
  public static final int DEFAULT_MAX_RECORDED_CALLS = 10_000;

  /** How many traces, experiments, runs, models and files a space holds by default, of each. */
  public static final int DEFAULT_MAX_ITEMS = 100_000;

  private static final int SPANS_PER_ITEM = 10;
  private static final int BYTES_PER_ITEM = 5_000;
  private static final int HIGHEST_MAX_ITEMS = 100_000_000;

  private static final String SPACE_PREFIX = "/r/";
  private static final Pattern SPACE_ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final int REMEMBERED_CLOSED_SPACES = 64;

  /** Threads of the front that do not handle calls: acceptor, selectors, reserve. */
  private static final int EXTRA_THREADS = 16;

  private final SecureRandom random = new SecureRandom();
  private final TrackingApi api;
  private final Map<String, TrackingSpace> spaces = new ConcurrentHashMap<>();
  private final Deque<String> closedSpaces = new ArrayDeque<>();
  private final List<TcpFront> fronts = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final boolean spacesOnDemand;
  private final int maxRecordedCalls;
  private final Capacity capacity;
  private final ServerProfile profile;
  private final Consumer<TrackingSpace> everySpace;
  private final WireMockFront front;
  private final URI url;
  private final TrackingSpace root;

  private FakeTrackingServer(Builder builder) {
    this.api = builder.api;
    this.maxRecordedCalls = builder.maxRecordedCalls;
    this.capacity = new Capacity(
        builder.maxItems,
        builder.maxItems * SPANS_PER_ITEM,
        (long) builder.maxItems * BYTES_PER_ITEM);
    this.spacesOnDemand = builder.spacesOnDemand;
    this.profile = builder.profile;
    this.everySpace = builder.everySpace;
    CompletableFuture<TrackingSpace> rootSpace = new CompletableFuture<>();
    this.front = WireMockFront.start(
        builder.host,
        builder.port,
        MAX_CONCURRENT_CALLS + EXTRA_THREADS,
        builder.tls,
        head -> arrived(head, rootSpace.join()));
    this.url = url(builder.tls == null ? "http" : "https", builder.host, front.port());
    this.root = new TrackingSpace("", url, api, maxRecordedCalls, capacity, fronts, space -> {});
    root.profile(profile);
    everySpace.accept(root);
    rootSpace.complete(root);
  }

  /**
   * Starts a server on a free port of the loopback address.
   *
   * @return the running server
   */
  public static FakeTrackingServer start() {
    return builder().start();
  }

  /**
   * Starts a server with other settings.
   *
   * @return a builder with the defaults
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Where the server listens.
   *
   * @return the URI of the root space, without trailing slash
   */
  public URI url() {
    return url;
  }

  /**
   * The space without path prefix. It gets every call that belongs to no other space.
   *
   * @return the same space each time
   */
  public TrackingSpace rootSpace() {
    return root;
  }

  /**
   * Makes a space below a random path prefix.
   *
   * @return an empty space
   */
  public TrackingSpace newSpace() {
    byte[] bytes = new byte[6];
    random.nextBytes(bytes);
    TrackingSpace space = makeSpace(HexFormat.of().formatHex(bytes));
    spaces.put(space.id(), space);
    return space;
  }

  /**
   * The way out to WireMock's DSL, for stubs of one's own in front of the fake. A stub that names
   * the response transformer {@value WireMockFront#TRANSFORMER} is answered by the stateful fake,
   * with the stub's delays and headers; any other stub answers by itself. WireMock's resets remove
   * such stubs and leave the fake as it is.
   *
   * @return a client of this server
   */
  public WireMock wireMock() {
    return front.dsl();
  }

  /** Closes all spaces, fronts and connections and stops listening. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    spaces.values().forEach(TrackingSpace::close);
    root.close();
    fronts.forEach(TcpFront::close);
    front.close();
  }

  void add(TcpFront started) {
    fronts.add(started);
  }

  void remove(TcpFront ended) {
    fronts.remove(ended);
  }

  private Exchange arrived(RequestHead head, TrackingSpace rootSpace) {
    String target = head.target();
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    if (path.startsWith(SPACE_PREFIX)) {
      int end = path.indexOf('/', SPACE_PREFIX.length());
      String id = path.substring(SPACE_PREFIX.length(), end < 0 ? path.length() : end);
      TrackingSpace space = space(id);
      if (space != null) {
        return space.exchange(head, end < 0 ? "/" : path.substring(end), query);
      }
    }
    return rootSpace.exchange(head, path, query);
  }

  /** The space of an id; null if there is none and none is to be made. */
  private @Nullable TrackingSpace space(String id) {
    return spacesOnDemand && SPACE_ID.matcher(id).matches()
        ? spaces.computeIfAbsent(id, this::makeSpace)
        : spaces.get(id);
  }

  private TrackingSpace makeSpace(String id) {
    TrackingSpace space = new TrackingSpace(
        id,
        URI.create(url + SPACE_PREFIX + id),
        api,
        maxRecordedCalls,
        capacity,
        fronts,
        this::closed);
    space.profile(profile);
    everySpace.accept(space);
    return space;
  }

  private void closed(TrackingSpace space) {
    synchronized (closedSpaces) {
      closedSpaces.add(space.id());
      if (closedSpaces.size() > REMEMBERED_CLOSED_SPACES) {
        spaces.remove(closedSpaces.remove());
      }
    }
  }

  /** How a server that is bound to this host is called. */
  static URI url(String scheme, String host, int port) {
    String shown = host.equals("0.0.0.0") ? "127.0.0.1" : host;
    return URI.create(
        scheme + "://" + (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + port);
  }

  /** Settings of a server; each has a default. */
  public static final class Builder {

    private String host = "127.0.0.1";
    private int port;
    private TrackingApi api = new TrackingApi();
    private boolean spacesOnDemand;
    private int maxRecordedCalls = DEFAULT_MAX_RECORDED_CALLS;
    private int maxItems = DEFAULT_MAX_ITEMS;
    private Consumer<TrackingSpace> everySpace = space -> {};
    private @Nullable TlsKeys tls;
    private ServerProfile profile = ServerProfile.standard();

    private Builder() {}

    /**
     * Sets the address to bind to.
     *
     * @param address an address of this machine; default: {@code 127.0.0.1}
     * @return this builder
     */
    public Builder host(String address) {
      host = Objects.requireNonNull(address, "address");
      return this;
    }

    /**
     * Sets the port.
     *
     * @param number from 1 to 65535, or 0 for a free one; default: 0
     * @return this builder
     */
    public Builder port(int number) {
      if (number < 0 || number > 65_535) {
        throw new IllegalArgumentException("port must be from 0 to 65535, not " + number);
      }
      port = number;
      return this;
    }

    /**
     * Sets how many calls each space keeps; older ones are forgotten and counted.
     *
     * @param calls positive; default: {@value FakeTrackingServer#DEFAULT_MAX_RECORDED_CALLS}
     * @return this builder
     */
    public Builder maxRecordedCalls(int calls) {
      if (calls <= 0) {
        throw new IllegalArgumentException("maxRecordedCalls must be positive, not " + calls);
      }
      maxRecordedCalls = calls;
      return this;
    }

    /**
     * Sets how much each space holds: so many experiments, traces, runs, registered models and
     * files, of each; ten times as many spans; 5,000 bytes of files for each. What would go beyond
     * is refused with status 507 and {@code RESOURCE_EXHAUSTED}; nothing is forgotten.
     *
     * @param items from 1 to 100,000,000; default: {@value FakeTrackingServer#DEFAULT_MAX_ITEMS}
     * @return this builder
     */
    public Builder maxItems(int items) {
      if (items <= 0 || items > HIGHEST_MAX_ITEMS) {
        throw new IllegalArgumentException(
            "maxItems must be from 1 to " + HIGHEST_MAX_ITEMS + ", not " + items);
      }
      maxItems = items;
      return this;
    }

    /**
     * Makes a space at the first request to a path {@code /r/NAME/…} of which none exists. Useful
     * for a server that other processes share; default: false, such requests go to the root space.
     *
     * @param onDemand whether to make spaces
     * @return this builder
     */
    public Builder spacesOnDemand(boolean onDemand) {
      spacesOnDemand = onDemand;
      return this;
    }

    /**
     * Sets the profile that spaces begin with.
     *
     * @param initial the profile; default: {@link ServerProfile#standard()}
     * @return this builder
     */
    public Builder profile(ServerProfile initial) {
      profile = Objects.requireNonNull(initial, "initial");
      return this;
    }

    /**
     * Lets the server speak HTTPS, and nothing else.
     *
     * @param keys its certificate and key; default: plain HTTP
     * @return this builder
     */
    public Builder tls(TlsKeys keys) {
      tls = Objects.requireNonNull(keys, "keys");
      return this;
    }

    /** What is done to each space before its first call. */
    Builder everySpace(Consumer<TrackingSpace> preparation) {
      everySpace = preparation;
      return this;
    }

    /** Visible for testing. */
    Builder api(TrackingApi other) {
      api = other;
      return this;
    }

    /**
     * Starts the server.
     *
     * @return the running server
     * @throws java.io.UncheckedIOException if the port cannot be had
     */
    public FakeTrackingServer start() {
      return new FakeTrackingServer(this);
    }
  }
}
