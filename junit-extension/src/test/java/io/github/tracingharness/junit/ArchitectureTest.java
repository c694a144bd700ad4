package io.github.tracingharness.junit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

@AnalyzeClasses(
    packages = "io.github.tracingharness.junit",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final List<String> PROMISED = List.of(
      "java.", "io.opentelemetry.", "org.junit.", "org.assertj.", "io.github.tracingharness.");

  @ArchTest
  static final ArchRule publicSignatures_nameOnlyPromisedTypes = classes()
      .that()
      .arePublic()
      .should(new ArchCondition<>("name only promised types") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
          require(type, type.getFullName(), inherited(type), events);
          for (JavaCodeUnit unit : type.getCodeUnits()) {
            if (isVisible(unit.getModifiers())) {
              Set<JavaClass> named = new HashSet<>(unit.getReturnType().getAllInvolvedRawTypes());
              unit.getParameterTypes().forEach(one -> named.addAll(one.getAllInvolvedRawTypes()));
              named.addAll(unit.getExceptionTypes());
              require(unit, unit.getFullName(), named, events);
            }
          }
          for (JavaField field : type.getFields()) {
            if (isVisible(field.getModifiers())) {
              require(field, field.getFullName(), field.getType().getAllInvolvedRawTypes(), events);
            }
          }
        }

        private static Set<JavaClass> inherited(JavaClass type) {
          Set<JavaClass> named = new HashSet<>();
          type.getSuperclass().ifPresent(one -> named.addAll(one.getAllInvolvedRawTypes()));
          type.getInterfaces().forEach(one -> named.addAll(one.getAllInvolvedRawTypes()));
          return named;
        }

        private static boolean isVisible(Set<JavaModifier> modifiers) {
          return modifiers.contains(JavaModifier.PUBLIC)
              || modifiers.contains(JavaModifier.PROTECTED);
        }

        private static void require(
            Object where, String name, Set<JavaClass> named, ConditionEvents events) {
          named.stream()
              .map(JavaClass::getBaseComponentType)
              .filter(one -> !one.isPrimitive())
              .filter(one -> PROMISED.stream().noneMatch(one.getName()::startsWith))
              .forEach(one -> events.add(
                  SimpleConditionEvent.violated(where, name + " names " + one.getName())));
        }
      });

  @ArchTest
  static final ArchRule packages_areFreeOfCycles =
      slices().matching("io.github.tracingharness.junit.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule picture_knowsNeitherJUnitNorAssertJ = noClasses()
      .that()
      .resideInAPackage("..picture..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("org.junit..", "org.assertj..", "..assertions..");

  @ArchTest
  static final ArchRule assertions_doNotKnowTheExtension = noClasses()
      .that()
      .resideInAPackage("..assertions..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("io.github.tracingharness.junit");

  @ArchTest
  static final ArchRule nothingButTheLoan_touchesTheGlobalOpenTelemetry = noClasses()
      .that()
      .doNotHaveSimpleName("GlobalLoan")
      .should()
      .dependOnClassesThat()
      .haveFullyQualifiedName("io.opentelemetry.api.GlobalOpenTelemetry");
}
