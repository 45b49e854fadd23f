package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import cn.jincai.web.Visitor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is sealed opens where it was sealed and nowhere else, and plain words don't come into its place (个人信息保护法 51). */
@CaseTest
class SealedIT {
    private static final String SAID = "不是原来保存在此处的内容";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    JdbcTemplate db;

    @Autowired
    List<SealedColumns> rooms;

    @Test
    void theDatabaseTakesNoPlainWordsWhereSealedOnesBelong() {
        Set<String> checks =
                db
                        .queryForList("select constraint_name from information_schema.check_constraints", String.class)
                        .stream()
                        .map(String::toLowerCase)
                        .collect(Collectors.toSet());
        assertThat(columns())
                .isNotEmpty()
                .allSatisfy(
                        column -> assertThat(checks).contains(column.table() + "_" + column.column() + "_is_sealed"));
        assertThat(columns().stream().map(SealedIT::place))
                .as("and what is sealed is called so, and nothing else")
                .containsExactlyInAnyOrderElementsOf(db.queryForList("""
                    select lower(table_name || '.' || column_name) from information_schema.columns where lower(column_name) like 'sealed\\_%'""", String.class));
        String number = city.drafted("skills-award", "granted").number();
        assertThatThrownBy(() -> db.update("update cases set sealed_answers = '{}' where case_number = ?", number))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    /** Else a new key would leave it behind. */
    @Test
    void everythingThatIsSealedIsKnownToBeSo() {
        city.checked("skills-award", "granted")
                .reviewedByBoth()
                .noticedAndSigned()
                .paid();
        Set<String> known = columns().stream().map(SealedIT::place).collect(Collectors.toSet());
        Set<String> found = new TreeSet<>();
        for (Map<String, Object> column : db.queryForList("""
            select table_name as t, column_name as c from information_schema.columns
            where lower(table_schema) = 'public' and lower(data_type) in ('character varying', 'text', 'character large object')""")) {
            String table = (String) column.get("t"), name = (String) column.get("c");
            if (db.queryForObject(
                            "select count(*) from \"" + table + "\" where \"" + name + "\" like 'v2.%'", Long.class)
                    > 0) found.add((table + "." + name).toLowerCase());
        }
        assertThat(found).hasSizeGreaterThan(15).isSubsetOf(known);
    }

    @Test
    void theAnswersOfAnotherCaseAreRefusedAndTheCaseSaysSoAndStandsStill() {
        ApplicantsCase award = city.checked("skills-award", "granted").waitsAt("first-review");
        ApplicantsCase other = city.checked("skills-award", "granted");
        String task = award.task("reviewer", "first-review").get("id").asText();
        city.call("reviewer", HttpMethod.POST, "/api/tasks/" + task + "/claim", null);
        String own = exchanged("cases", "sealed_answers", "case_number", award.number(), other.number());
        try {

            for (String who : List.of("applicant", "reviewer", "auditor"))
                assertThat(award.shownTo(who).is(409).code()).as(who).isEqualTo("VALUE_EXCHANGED");
            assertThat(page("applicant", "/cases/" + award.number())).contains(SAID);
            assertThat(page("reviewer", "/officers/cases/" + award.number())).contains(SAID);
            for (var list :
                    Map.of("applicant", "/cases", "reviewer", "/officers/cases").entrySet())
                assertThat(page(list.getKey(), list.getValue()))
                        .as("the list shows cases")
                        .contains("JC20")
                        .doesNotContain(SAID);
            assertThat(city.call(
                                    "reviewer",
                                    HttpMethod.POST,
                                    "/api/tasks/" + task + "/completion",
                                    Map.of("outcome", "approve"))
                            .is(409)
                            .code())
                    .isEqualTo("VALUE_EXCHANGED");
            other.shownTo("applicant").is(200);
        } finally {
            db.update("update cases set sealed_answers = ? where case_number = ?", own, award.number());
        }
        award.waitsAt("first-review").reviewedByBoth();
    }

    @Test
    void aFactOfAnotherCaseAnotherFactOfTheCaseAndAnotherOpinionAreRefusedToo() {
        ApplicantsCase award = city.checked("skills-award", "granted");
        ApplicantsCase other = city.checked("skills-award", "granted");
        List<Long> facts = db.queryForList(
                "select id from case_facts where case_number = ? order by id", Long.class, award.number());
        long others =
                db.queryForObject("select max(id) from case_facts where case_number = ?", Long.class, other.number());
        long last = facts.get(facts.size() - 1);
        for (long from : List.of(others, facts.get(0))) {
            String own = exchanged("case_facts", "sealed_value", "id", last, from);
            assertThat(award.shownTo("reviewer").is(409).code()).isEqualTo("VALUE_EXCHANGED");
            db.update("update case_facts set sealed_value = ? where id = ?", own, last);
        }
        award.withOpinion("reviewer", "first-review", "approve");
        other.withOpinion("reviewer", "first-review", "approve");
        String own = exchanged("opinions", "sealed_words", "case_number", award.number(), other.number());
        try {
            assertThat(page("auditor", "/officers/cases/" + award.number())).contains(SAID);
            assertThat(page("auditor", "/officers/cases/" + other.number())).doesNotContain(SAID);
        } finally {
            db.update("update opinions set sealed_words = ? where case_number = ?", own, award.number());
        }
    }

    @Test
    void anAccountWhoseNameWasExchangedSignsInAndIsShownByItsOwn() {
        String own = exchanged("accounts", "sealed_display_name", "name", "auditor", "applicant");
        assertThat(page("auditor", "/audit")).doesNotContain(SAID).contains("auditor");
        assertThat(page("admin", "/admin/accounts")).contains("auditor");
        db.update("update accounts set sealed_display_name = ? where name = 'auditor'", own);
    }

    /** Puts another row's value into this row, as somebody with the database's password can; answers what stood there. */
    private String exchanged(String table, String column, String key, Object row, Object from) {
        String own = db.queryForList(
                        "select " + column + " from " + table + " where " + key + " = ? order by 1 desc",
                        String.class,
                        row)
                .get(0);
        assertThat(db.update(
                        "update " + table + " set " + column + " = (select max(" + column + ") from " + table
                                + " where " + key + " = ?) where " + key + " = ?",
                        from,
                        row))
                .isPositive();
        return own;
    }

    private String page(String who, String path) {
        Visitor.Answer answer = new Visitor(port).signIn(who).get(path, "Accept", "text/html");
        assertThat(answer.status()).as(path).isLessThan(500);
        return answer.body();
    }

    private List<SealedColumn> columns() {
        return rooms.stream().flatMap(room -> room.columns().stream()).toList();
    }

    private static String place(SealedColumn column) {
        return column.table() + "." + column.column();
    }
}
