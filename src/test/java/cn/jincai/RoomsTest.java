package cn.jincai;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    @Test
    void onlyProcessKnowsTheEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("cn.jincai.process..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.camunda.bpm.engine..")
                .check(PRODUCTION);
    }

    @Test
    void onlyWebKnowsHttp() {
        // Camunda hands its sign-in interface both the engine and the request, so one class knows both
        noClasses()
                .that()
                .resideOutsideOfPackage("cn.jincai.web..")
                .and()
                .doNotHaveSimpleName("TasklistSignIn")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.servlet..", "org.springframework.web.bind..", "org.springframework.web.servlet..")
                .check(PRODUCTION);
    }
}
