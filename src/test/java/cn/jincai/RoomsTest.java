package cn.jincai;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.vault.SealedColumns;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Profile;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/** The rooms, as each one's package-info.java says and docs/rooms.puml draws: who may ask whom, and who alone knows the engine and HTTP. */
class RoomsTest {
    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("cn.jincai");

    @Test
    void roomsAskOnlyTheirNeighboursAndTheDrawingShowsIt() throws IOException {
        new Documenter(
                        ApplicationModules.of(Jincai.class).verify(),
                        Documenter.Options.defaults().withOutputFolder("target/rooms"))
                .writeModulesAsPlantUml();
        assertThat(lines("docs/rooms.puml"))
                .as("the drawing is old: cp target/rooms/components.puml docs/rooms.puml")
                .isEqualTo(lines("target/rooms/components.puml"));
    }

    /** The same drawing comes out in another order each time. */
    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(Path.of(file)).stream().sorted().toList();
    }

    /** Each library of the engine's maker, and the rooms that may use it. Diagrams and tables are read, and their expressions and cells parsed, without an engine. */
    private static final Map<String, List<String>> ENGINE = Map.of(
            "org.camunda.bpm.engine..", List.of("process"),
            "org.camunda.bpm.model..", List.of("process", "policy"),
            "org.camunda.bpm.impl.juel..", List.of("process", "policy"),
            "org.camunda.feel..", List.of("policy", "assessment.rules"),
            "org.camunda.bpm.webapp..", List.of("process", "web.tasklist"));

    @Test
    void onlyProcessKnowsTheEngine() {
        ENGINE.forEach((library, rooms) -> noClasses()
                .that()
                .resideOutsideOfPackages(
                        rooms.stream().map(r -> "cn.jincai." + r + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(PRODUCTION));
        noClasses()
                .that()
                .resideOutsideOfPackage("cn.jincai.process..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.camunda..")
                        .and(not(resideInAnyPackage(ENGINE.keySet().toArray(String[]::new)))))
                .check(PRODUCTION);
    }

    /** Beside it the demo's own levers, which stand with what they move; and Camunda hands its sign-in interface both the engine and the request, so one class knows both. */
    @Test
    void onlyWebKnowsHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackages("cn.jincai.web..", "cn.jincai.demo..")
                .and()
                .doNotHaveSimpleName("TasklistSignIn")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.servlet..", "org.springframework.web.bind..", "org.springframework.web.servlet..")
                .check(PRODUCTION);
    }

    /** What exists only in the demo is found in one place. */
    @Test
    void whatTheDemoAloneHasStandsInItsRoom() {
        noClasses()
                .that()
                .resideOutsideOfPackage("cn.jincai.demo..")
                .should()
                .beAnnotatedWith(Profile.class)
                .check(PRODUCTION);
    }

    /** Where a package does not, NullAway does not look. */
    /** The run that seals all anew under another key starts those alone: what it does not find is lost with the key that goes. */
    @Test
    void whatIsSealedIsDeclaredWhereTheRunThatSealsItAnewFindsIt() {
        classes()
                .that()
                .implement(SealedColumns.class)
                .should()
                .haveSimpleNameEndingWith("Seals")
                .check(PRODUCTION);
    }

    @Test
    void everyRoomSaysWhichValuesMayBeNull() {
        assertThat(PRODUCTION.stream()
                        .filter(c -> !c.getSimpleName().equals("package-info"))
                        .map(JavaClass::getPackage)
                        .filter(p -> !p.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName)
                        .distinct())
                .as("packages whose package-info.java has no @NullMarked")
                .isEmpty();
    }
}
