package io.picklift.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.sql.Connection;
import java.util.Map;
import java.util.Set;

/**
 * What the modules cannot hold. No rule may match nothing: ArchUnit fails on an empty set of
 * classes.
 */
@AnalyzeClasses(
    packages = "io.picklift",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
final class ArchitectureTest {
  /** Other modules' tests come as jars where the build has packaged them, else as folders. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule NO_SPRING_BELOW_APP =
      noClasses()
          .that()
          .resideInAnyPackage("io.picklift.codec..", "io.picklift.schema..", "io.picklift.jython..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..")
          .because(
              "codec and schema are for whoever has a pickle or a connection, not for whoever has a container");

  @ArchTest
  static final ArchRule TABLES_NEVER_COMMIT =
      noClasses()
          .that()
          .resideInAPackage("io.picklift.schema.tables..")
          .should()
          .callMethod(Connection.class, "commit")
          .orShould()
          .callMethod(Connection.class, "rollback")
          .orShould()
          .callMethod(Connection.class, "setAutoCommit", boolean.class)
          .because("a save is whole or absent, and only the job knows what belongs together");

  @ArchTest
  static final ArchRule NO_REFLECTION_WHERE_PICKLE_DATA_GOES =
      noClasses()
          .that()
          .resideInAnyPackage("io.picklift.codec..", "io.picklift.schema..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.lang.reflect..")
          .orShould()
          .callMethod(Class.class, "forName", String.class)
          .because("no name in a pickle may ever reach a class");

  @ArchTest
  static final ArchRule NO_OBJECT_STREAMS =
      noClasses()
          .that()
          .resideInAPackage("io.picklift..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ObjectInputStream.class)
          .because("Java's own pickles run what they name as well");

  @ArchTest
  static final ArchRule CONTAINERS_KEEP_THEIR_ORDER =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage("io.picklift.codec..")
          .and()
          .arePublic()
          .should()
          .haveRawReturnType(assignableTo(Map.class).or(assignableTo(Set.class)))
          .because(
              "a dict has an order, and keys that Java holds equal are not those that Python holds equal");

  @ArchTest
  static final ArchRule OUTPUT_AND_EXIT_ONLY_IN_CLI =
      noClasses()
          .that()
          .resideInAPackage("io.picklift..")
          .and()
          .resideOutsideOfPackage("io.picklift.app.cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .because(
              "results go to standard output and everything else to standard error, and one place sees to it");

  @ArchTest
  static final ArchRule SOURCE_AND_REPORT_KNOW_NO_SPRING =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.picklift.app.source..",
              "io.picklift.app.report..",
              "io.picklift.app.config..",
              "io.picklift.app.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..")
          .because("a command that needs no database starts like a tool");

  /**
   * Each package by its full name is a slice, so that a package and one inside it may not refer to
   * each other either. The bench and the samples have one package each.
   */
  @ArchTest
  static final ArchRule NO_CYCLES_BETWEEN_PACKAGES =
      slices()
          .matching("io.picklift.(**)")
          .should()
          .beFreeOfCycles()
          .because("a package that can be read alone can be understood");
}
