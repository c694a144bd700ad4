package io.github.tracingharness.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packagesOf = MlflowTracing.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String BASE = "io.github.tracingharness.core";

  @ArchTest
  static final ArchRule packages_followThePathOfASpan = layeredArchitecture()
      .consideringOnlyDependenciesInLayers()
      .layer("autoconfigure")
      .definedBy(BASE + ".autoconfigure")
      .layer("entry")
      .definedBy(BASE)
      .layer("tracer")
      .definedBy(BASE + ".tracer")
      .layer("provider")
      .definedBy(BASE + ".provider")
      .layer("processor")
      .definedBy(BASE + ".processor")
      .layer("manager")
      .definedBy(BASE + ".manager")
      .layer("export")
      .definedBy(BASE + ".export")
      .layer("client")
      .definedBy(BASE + ".client")
      .layer("trace")
      .definedBy(BASE + ".trace")
      .whereLayer("autoconfigure")
      .mayNotBeAccessedByAnyLayer()
      .whereLayer("entry")
      .mayOnlyBeAccessedByLayers("autoconfigure")
      .whereLayer("tracer")
      .mayOnlyBeAccessedByLayers("entry")
      .whereLayer("provider")
      .mayOnlyBeAccessedByLayers("entry", "tracer")
      .whereLayer("processor")
      .mayOnlyBeAccessedByLayers("entry", "tracer")
      .whereLayer("manager")
      .mayOnlyBeAccessedByLayers("entry", "tracer", "processor")
      .whereLayer("export")
      .mayOnlyBeAccessedByLayers("entry", "manager")
      .whereLayer("client")
      .mayOnlyBeAccessedByLayers("entry", "manager", "export");

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching(BASE + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule values_areImmutable = fields()
      .that()
      .areDeclaredInClassesThat()
      .resideInAPackage(BASE + ".trace")
      .and()
      .areDeclaredInClassesThat()
      .haveSimpleNameNotEndingWith("Writer")
      .should()
      .beFinal();

  @ArchTest
  static final ArchRule thirdParties_staySeparate = noClasses()
      .that()
      .resideOutsideOfPackages(BASE + ".trace", BASE + ".client")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("com.fasterxml..", "com.google.protobuf..", "java.net.http..");

  @ArchTest
  static final ArchRule autoconfigurationOfOpenTelemetry_isOptional = noClasses()
      .that()
      .resideOutsideOfPackage(BASE + ".autoconfigure")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.opentelemetry.sdk.autoconfigure..");

  @ArchTest
  static final ArchRule classes_areFinal = classes()
      .that()
      .areTopLevelClasses()
      .and()
      .areNotInterfaces()
      .should()
      .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);

  @Test
  void tests_doNotSleep() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .check(
            new ClassFileImporter().withImportOption(new OnlyIncludeTests()).importPackages(BASE));
  }
}
