package io.github.tracingharness.conformance.selftest;

/** A subject that is run in a process of its own, since its fault shows when the process ends. */
interface Forked {}
