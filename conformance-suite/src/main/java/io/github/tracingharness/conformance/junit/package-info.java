/**
 * Front ends for JUnit: a suite annotation with its own engine, and dynamic tests.
 *
 * <p>JUnit is no dependency of the suite: this package is used only where a project has it. The
 * engine answers nothing but the suite annotation's own selector; one that answered ordinary
 * discovery would run uncounted tests in builds that name no engine. Cases are run together by the
 * suite's own engine before the first of them is reported, because a request that comes late may
 * still change a verdict; the suite's own reports are written as well.
 */
@NullMarked
package io.github.tracingharness.conformance.junit;

import org.jspecify.annotations.NullMarked;
