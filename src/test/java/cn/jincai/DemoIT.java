package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The demo as a newcomer starts it: in a process of its own, without any setting, its database in a file. */
class DemoIT {
    /** And each from a machine of another zone: what is due when, and what is owed to whom, stays. */
    @Test
    @Tag("issue-13.23")
    void theFirstStartMakesItsSamplesAndTheSecondFindsThem() throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "demo")
                .toAbsolutePath();
        for (String part : List.of("bpmn", "forms")) copy(Path.of(part), folder.resolve(part));
        JsonNode made;
        Map<String, Instant> due;
        try (Running demo = Running.start(folder, Map.of(), classes("America/Los_Angeles"))) {
            demo.untilAnswers("/actuator/health/readiness", 200);
            assertThat(demo.console())
                    .contains(
                            "jincai is ready:  http://127.0.0.1:" + demo.port(),
                            "applicant",
                            "policy-admin",
                            "The password is the user name")
                    .doesNotContain("was not made");
            made = cases(demo);
            assertThat(made)
                    .hasSize(14)
                    .allSatisfy(c -> assertThat(c.path("sample").asBoolean()).isTrue());
            assertThat(made)
                    .extracting(c -> c.path("scheme").asText())
                    .contains("skills-award", "recruitment-subsidy", "talent-recognition");
            assertThat(made)
                    .extracting(c -> c.path("stage").asText())
                    .contains(
                            "closed",
                            "decision",
                            "expert-panel",
                            "leader-review",
                            "supplement",
                            "first-review",
                            "second-review",
                            "acceptance");
            assertThat(made)
                    .extracting(c -> c.path("outcome").asText())
                    .contains("granted", "refused", "not-accepted", "withdrawn");
            due = due(demo);
            assertThat(due.values())
                    .isNotEmpty()
                    .allSatisfy(day -> assertThat(
                                    day.atZone(ZoneId.of("Asia/Shanghai")).toLocalTime())
                            .as("24:00 of a day")
                            .isEqualTo(LocalTime.MIDNIGHT));
        }
        assertThat(folder.resolve("data")).isDirectoryContaining("glob:**.mv.db");
        try (Running demo = Running.start(folder, Map.of(), classes("UTC"))) {
            demo.untilAnswers("/actuator/health/readiness", 200);
            assertThat(cases(demo)).isEqualTo(made);
            assertThat(due(demo)).isEqualTo(due);
        }
    }

    @Test
    @Tag("issue-13.24")
    void aFolderThatCannotBeWrittenIsToldInWordsAndNothingStarts() throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "shut")
                .toAbsolutePath();
        Files.writeString(folder.resolve("data"), "in the way");
        try (Running shut = Running.start(folder, Map.of(), Running.classes())) {
            assertThat(shut.untilEnded()).isNotZero();
            assertThat(shut.console())
                    .contains(
                            "APPLICATION FAILED TO START",
                            "Papers can't be kept in " + folder.resolve("data/papers") + ": ",
                            "JINCAI_DATA")
                    .doesNotContain("\tat ", "Tomcat");
        }
        assertThat(folder.resolve("data")).hasContent("in the way");
    }

    @Test
    void aDatabaseFromBeforeTheTablesWereWrittenAnewIsRefusedInWordsAndStaysAsItIs() throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "before")
                .toAbsolutePath();
        String url = "jdbc:h2:file:" + folder.resolve("data/jincai"),
                all = "select table_name from information_schema.tables order by table_name";
        JdbcClient tables = JdbcClient.create(new DriverManagerDataSource(url, "sa", ""));
        tables.sql("create table cases (number varchar primary key)").update();
        tables.sql(
                        "create table \"flyway_schema_history\" (\"installed_rank\" int, \"version\" varchar, \"success\" boolean)")
                .update();
        tables.sql("insert into \"flyway_schema_history\" values (1, '0', true), (2, '01', true), (3, '74', true)")
                .update();
        var before = tables.sql(all).query().listOfRows();
        try (Running old = Running.start(folder, Map.of(), java("-Dfile.encoding=UTF-8"))) {
            assertThat(old.untilEnded()).isNotZero();
            assertThat(old.console())
                    .contains(
                            "APPLICATION FAILED TO START",
                            "该数据库由数据表整理之前的版本建立",
                            "This database was made by a version from before the tables were written anew",
                            "delete the folder data/")
                    .doesNotContain("\tat ");
        }
        assertThat(tables.sql(all).query().listOfRows()).isEqualTo(before);
        assertThat(tables.sql("select count(*) from \"flyway_schema_history\"")
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
    }

    private static List<String> classes(String zone) {
        return java("-Duser.timezone=" + zone);
    }

    private static List<String> java(String option) {
        return Stream.concat(Stream.of(option), Running.classes().stream()).toList();
    }

    /** Of the tasks that wait for reviewers and the window, by number of the task. */
    private static Map<String, Instant> due(Running demo) {
        Map<String, Instant> due = new TreeMap<>();
        for (String who : List.of("intake", "reviewer", "senior-reviewer", "leader"))
            new Visitor(demo.port())
                    .withPassword(who, who)
                    .get("/api/tasks?size=100")
                    .json()
                    .path("items")
                    .forEach(task -> {
                        if (task.hasNonNull("due"))
                            due.put(
                                    task.path("id").asText(),
                                    Instant.parse(task.path("due").asText()));
                    });
        return due;
    }

    private static JsonNode cases(Running demo) {
        return new Visitor(demo.port())
                .withPassword("auditor", "auditor")
                .get("/api/cases?size=100")
                .json()
                .path("items");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList())
                Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
    }
}
