/**
 * Compares the fake with a real MLflow server:
 * {@link io.github.tracingharness.server.differential.RandomSteps} makes the same requests for
 * both, {@link io.github.tracingharness.server.differential.Conversation} sends them and compares
 * the answers, {@link io.github.tracingharness.server.differential.Shrinker} looks for the fewest
 * requests that show a difference.
 */
package io.github.tracingharness.server.differential;
