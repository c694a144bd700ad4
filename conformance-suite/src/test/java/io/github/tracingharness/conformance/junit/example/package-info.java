/** Test classes of users; named so that no build runs them by itself. */
package io.github.tracingharness.conformance.junit.example;
