package io.github.tracingharness.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.github.tracingharness.server",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "io.github.tracingharness.server";

  /** What the packages below may use of the root package: values without behaviour. */
  private static final DescribedPredicate<JavaClass> SHARED_VALUES = type(Header.class)
      .or(type(TlsKeys.class))
      .or(type(Endpoint.class))
      .or(type(ConnectionFault.class))
      .or(type(ConnectionFault.AcceptedLate.class))
      .or(type(ConnectionFault.End.class))
      .or(type(ConnectionFault.EndedAfterRequestBytes.class))
      .or(type(ConnectionFault.EndedAfterAnswerBytes.class))
      .or(type(ConnectionFault.TlsBrokenAfterHello.class))
      .or(type(ConnectionFault.TlsBreak.class))
      .or(type(ConnectionEvent.class))
      .or(type(ConnectionEvent.Kind.class))
      .or(type(ServerProfile.class))
      .or(type(ServerProfile.Login.class))
      .or(type(ServerProfile.SpanStorage.class))
      .or(type(ServerProfile.ArtifactService.class))
      .or(type(DatabricksProfile.class))
      .or(type(DatabricksProfile.OAuthClient.class))
      .or(type(DatabricksProfile.UploadCredentials.class));

  @ArchTest
  static final ArchRule WIREMOCK_STAYS_IN_ITS_PACKAGE = noClasses()
      .that()
      .resideOutsideOfPackage(ROOT + ".wiremock..")
      .and()
      .doNotBelongToAnyOf(FakeTrackingServer.class)
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("com.github.tomakehurst..", "wiremock..", "org.wiremock..");

  @ArchTest
  static final ArchRule STATE_KNOWS_NO_HTTP_API = noClasses()
      .that()
      .resideInAnyPackage(ROOT + ".state..", ROOT + ".otlp..", ROOT + ".page..", ROOT + ".search..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(ROOT + ".api..", ROOT + ".wiremock..");

  @ArchTest
  static final ArchRule PACKAGES_BELOW_USE_ONLY_VALUES_OF_THE_ROOT = noClasses()
      .that()
      .resideInAnyPackage(
          ROOT + ".api..",
          ROOT + ".front..",
          ROOT + ".http..",
          ROOT + ".otlp..",
          ROOT + ".page..",
          ROOT + ".search..",
          ROOT + ".socket..",
          ROOT + ".state..",
          ROOT + ".wiremock..")
      .should()
      .dependOnClassesThat(resideInAnyPackage(ROOT).and(DescribedPredicate.not(SHARED_VALUES)));

  @ArchTest
  static final ArchRule COLLECTOR_STANDS_ALONE = noClasses()
      .that()
      .resideInAPackage(ROOT + ".collector..")
      .should()
      .dependOnClassesThat(resideInAnyPackage(ROOT + "..")
          .and(DescribedPredicate.not(resideInAnyPackage(ROOT + ".collector..")))
          .and(DescribedPredicate.not(resideInAnyPackage(ROOT + ".socket..")))
          .and(DescribedPredicate.not(type(Header.class)))
          .and(DescribedPredicate.not(type(Header[].class)))
          .and(DescribedPredicate.not(type(HeldAnswer.class)))
          .and(DescribedPredicate.not(type(HeldAnswer.Place.class))));

  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule HANDLERS_ARE_INTERNAL = classes()
      .that()
      .resideInAPackage(ROOT + ".api..")
      .and()
      .arePublic()
      .should()
      .haveSimpleName("TrackingApi");
}
