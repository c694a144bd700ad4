package io.github.tracingharness.conformance.equality;

/**
 * Something that the two clients send differently.
 *
 * @param scenario where it was seen
 * @param request method and path
 * @param field place in the request, such as {@code headers/user-agent}, or {@code (times)} for the
 *     number of such requests, or {@code (order)}
 * @param python the value of the Python SDK as JSON text, possibly shortened; «none» if absent
 * @param ours the value of the reference
 */
record Difference(String scenario, String request, String field, String python, String ours) {

  @Override
  public String toString() {
    return "| %s | `%s` | `%s` | `%s` | `%s` | ? |"
        .formatted(scenario, request, field, python, ours);
  }
}
