/** Doubles for the tests of this module. */
package io.github.tracingharness.core.testing;
