package io.github.tracingharness.server.wiremock;

import java.io.IOException;
import wiremock.jakarta.servlet.ServletException;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.jakarta.servlet.http.HttpServletResponse;
import wiremock.org.eclipse.jetty.io.EofException;
import wiremock.org.eclipse.jetty.server.Request;
import wiremock.org.eclipse.jetty.server.handler.HandlerWrapper;

/**
 * Ends connections without an answer whose request broke off within its body, as MLflow's server
 * does. Jetty would answer them with status 500.
 */
final class BrokenOffRequests extends HandlerWrapper {

  @Override
  public void handle(
      String target, Request base, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    try {
      super.handle(target, base, request, response);
    } catch (IOException | RuntimeException failure) {
      if (!isBrokenOff(failure)) {
        throw failure;
      }
      base.setHandled(true);
      base.getHttpChannel().abort(failure);
    }
  }

  private static boolean isBrokenOff(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EofException) {
        return true;
      }
    }
    return false;
  }
}
