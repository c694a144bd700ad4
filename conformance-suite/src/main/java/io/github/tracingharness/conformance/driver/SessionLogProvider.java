package io.github.tracingharness.conformance.driver;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * SLF4J provider that hands the lines of a session to its driver. It is not registered as a
 * service, so it never takes over the logging of an application that has the suite on its class
 * path; the commands ask for it by the system property {@code slf4j.provider}.
 */
public final class SessionLogProvider implements SLF4JServiceProvider {

  private final ILoggerFactory loggers = new SessionLoggers();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter mdc = new NOPMDCAdapter();

  /** Called by SLF4J. */
  public SessionLogProvider() {}

  /**
   * Makes SLF4J use this provider; has no effect once a logger exists. The system properties are
   * set only while SLF4J looks at them, because relocated copies of SLF4J read the same ones.
   */
  public static void install() {
    String provider = "slf4j.provider";
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.setProperty(provider, SessionLogProvider.class.getName());
    try {
      LoggerFactory.getILoggerFactory();
    } finally {
      System.clearProperty(provider);
    }
  }

  /** Returns whether log lines of sessions can be seen. */
  static boolean isInstalled() {
    return LoggerFactory.getILoggerFactory() instanceof SessionLoggers;
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return loggers;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return mdc;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}

  /** Makes a logger for each name; they have no state, so none is kept. */
  private static final class SessionLoggers implements ILoggerFactory {
    @Override
    public Logger getLogger(String name) {
      return new SessionLogger(name);
    }
  }

  /** Writes to the session of the calling thread; lines of no session are dropped. */
  private static final class SessionLogger extends AbstractLogger implements Logger {

    private static final long serialVersionUID = 1L;

    SessionLogger(String name) {
      this.name = name;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return "";
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
      SessionLog.Sink sink = SessionLog.current();
      if (sink == null) {
        return;
      }
      String text = MessageFormatter.basicArrayFormat(message, arguments);
      sink.log(level.name(), name, thrown == null ? text : text + ": " + thrown);
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isTraceEnabled(Marker marker) {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public boolean isDebugEnabled(Marker marker) {
      return true;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isInfoEnabled(Marker marker) {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled(Marker marker) {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled(Marker marker) {
      return true;
    }
  }
}
