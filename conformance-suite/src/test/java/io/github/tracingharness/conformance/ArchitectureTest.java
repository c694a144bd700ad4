package io.github.tracingharness.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package of the suite may know which. */
@AnalyzeClasses(
    packages = "io.github.tracingharness.conformance",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String BASE = "io.github.tracingharness.conformance.";

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching(BASE + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule layers_pointFromTheCommandToTheHistory = layeredArchitecture()
      .consideringOnlyDependenciesInLayers()
      .layer("cli")
      .definedBy(BASE + "cli..")
      .layer("junit")
      .definedBy(BASE + "junit..")
      .layer("engine")
      .definedBy(BASE + "engine..")
      .layer("report")
      .definedBy(BASE + "report..", BASE + "expect..", BASE + "scoring..", BASE + "compare..")
      .layer("judge")
      .definedBy(BASE + "judge..")
      .layer("history")
      .definedBy(BASE + "history..")
      .whereLayer("cli")
      .mayNotBeAccessedByAnyLayer()
      .whereLayer("junit")
      .mayNotBeAccessedByAnyLayer()
      .whereLayer("engine")
      .mayOnlyBeAccessedByLayers("cli", "junit")
      .whereLayer("report")
      .mayOnlyBeAccessedByLayers("cli", "junit", "engine")
      .whereLayer("judge")
      .mayOnlyBeAccessedByLayers("cli", "junit", "engine", "report");

  @ArchTest
  static final ArchRule judgeAndChecks_seeNoDriverAndNoEngine = noClasses()
      .that()
      .resideInAnyPackage(BASE + "judge..", BASE + "check..", BASE + "history..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(BASE + "driver..", BASE + "engine..", BASE + "subject..");

  @ArchTest
  static final ArchRule allButTheFrontEndForJUnit_knowNoJUnit = noClasses()
      .that()
      .resideOutsideOfPackage(BASE + "junit..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("org.junit..", "org.opentest4j..", BASE + "junit..");
}
