/**
 * Draws traces as text for the messages of failed assertions. Pure functions of stored traces;
 * nothing here knows JUnit or AssertJ.
 */
@NullMarked
package io.github.tracingharness.junit.picture;

import org.jspecify.annotations.NullMarked;
