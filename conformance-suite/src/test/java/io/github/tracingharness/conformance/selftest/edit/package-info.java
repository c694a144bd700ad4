/**
 * Changes of recorded histories that know nothing of any case: what an exporter could have done
 * otherwise, made by hand. The kill matrix judges each case by its own passing history after each
 * of them. They are called by one thread for each history, and block nowhere.
 */
@NullMarked
package io.github.tracingharness.conformance.selftest.edit;

import org.jspecify.annotations.NullMarked;
