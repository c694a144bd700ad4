package io.github.tracingharness.conformance.junit.example;

import io.github.tracingharness.conformance.junit.ExporterConformance;
import io.github.tracingharness.conformance.selftest.NullExporter;

@ExporterConformance(subject = NullExporter.class, cases = "size")
public class BrokenExporterExample {}
