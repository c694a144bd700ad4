package io.github.tracingharness.conformance.junit.example;

import io.github.tracingharness.conformance.junit.ExporterConformance;
import io.github.tracingharness.conformance.subject.ReferenceSubject;

@ExporterConformance(subject = ReferenceSubject.class, sets = "no-such-set")
public class NothingToRunExample {}
