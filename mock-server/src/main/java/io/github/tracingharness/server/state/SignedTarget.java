package io.github.tracingharness.server.state;

/**
 * What a signed address leads to.
 *
 * @param traceId the trace
 * @param file the file's path below the folder of the trace
 * @param path the file's path among all artifacts, without leading slash
 * @param write true to write it, false to read it
 */
public record SignedTarget(String traceId, String file, String path, boolean write) {}
