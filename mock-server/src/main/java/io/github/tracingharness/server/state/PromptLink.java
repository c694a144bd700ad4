package io.github.tracingharness.server.state;

/**
 * A prompt version that a trace used.
 *
 * @param name the prompt's name
 * @param version its version, a number
 */
public record PromptLink(String name, String version) {}
