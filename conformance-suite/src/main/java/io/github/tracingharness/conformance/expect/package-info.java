/**
 * Expectations: which cases a subject is known to fail, kept beside the subject as a YAML file.
 *
 * <p>An entry excuses a case only while it fails exactly the listed checks in the listed way;
 * anything else stays a failure. An entry that no longer does anything, because the case passes, is
 * gone, or the date is over, is stale, and a stale list makes the run red: a list that only grows
 * hides what it was made to show. Applied between judge and report; pure, apart from reading the
 * file.
 *
 * <pre>{@code
 * subject: mlflow-python
 * entries:
 *   - match: "MLF-FLUSH-003"           # id or glob, * stands for any characters
 *     checks: [honest]                 # exactly these fail; none for the kinds that judge no check
 *     kind: assertion                  # default; or timeout, crash, protocol, ...
 *     versions: ">=3.10 <3.19"         # of the subject; default: all
 *     reason: flush does not wait for the running upload
 *     url: https://github.com/mlflow/mlflow/pull/24996
 *     until: 2027-06-30                # the last day; default: no end
 * }</pre>
 */
@NullMarked
package io.github.tracingharness.conformance.expect;

import org.jspecify.annotations.NullMarked;
