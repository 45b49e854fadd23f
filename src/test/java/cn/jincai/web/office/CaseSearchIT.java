package cn.jincai.web.office;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Persons;
import cn.jincai.audit.AuditLog;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.filing.CaseSearch;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Officers find a case by what they know of it, among those that are theirs; who looked for a person says what for, and the person reads it. */
@CaseTest
@Tag("issue-17.5")
class CaseSearchIT {
    private static final String PATH = "/officers/cases";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    AuditLog audit;

    @Autowired
    CaseLifecycle way;

    @Autowired
    Persons persons;

    @Autowired
    JdbcClient db;

    private ApplicantsCase award;
    private String number, document, name, part;

    @BeforeEach
    void aCaseOfSomebodyWithThreeCharacters() {
        city.at("2026-03-02T09:00");
        ObjectNode application;
        do {
            application = city.application("skills-award", "granted");
            name = application.at("/answers/name").asText();
        } while (name.codePointCount(0, name.length()) < 3);
        part = cut(name, 1, name.codePointCount(0, name.length()));
        document = application.at("/answers/documentNumber").asText();
        award = city.checked(application);
        number = award.number();
    }

    /** Counted by characters as people do: of some, Java's strings have two. */
    private static String cut(String name, int from, int to) {
        return name.substring(name.offsetByCodePoints(0, from), name.offsetByCodePoints(0, to));
    }

    private Visitor as(String account) {
        return new Visitor(port).signIn(account);
    }

    private Visitor.Answer search(Visitor officer, Map<String, String> typed) {
        PageForm form = PageForm.on(officer.get(PATH), PATH);
        typed.forEach(form::with);
        return form.send(officer);
    }

    private String found(String account, Map<String, String> typed) {
        Visitor.Answer answer = search(as(account), typed);
        assertThat(answer.status()).as(String.valueOf(typed)).isEqualTo(200);
        return answer.body();
    }

    @Test
    void everythingThatIsKnownOfACaseFindsIt() {
        assertThat(found("reviewer", Map.of("q", number.toLowerCase()))).contains(number + "</a>");
        for (String some : List.of(part, cut(name, 0, 2), name))
            assertThat(found("reviewer", Map.of("q", some, "purpose", "identify")))
                    .as(some)
                    .contains(number);
        assertThat(found("reviewer", Map.of("q", "不" + part, "purpose", "identify")))
                .doesNotContain(number);
        assertThat(found("reviewer", Map.of("document", document, "purpose", "identify")))
                .contains(number);
        assertThat(found("reviewer", Map.of("document", document.substring(0, 17), "purpose", "identify")))
                .as("exactly")
                .doesNotContain(number);
        assertThat(found(
                        "reviewer",
                        Map.of(
                                "q",
                                part,
                                "purpose",
                                "identify",
                                "scheme",
                                "skills-award",
                                "stage",
                                "first-review",
                                "from",
                                "2026-03-02",
                                "to",
                                "2026-03-03",
                                "least",
                                "3,000",
                                "most",
                                "5000")))
                .contains(number)
                .contains("3,000");
        for (Map<String, String> other : List.of(
                Map.of("stage", "second-review"),
                Map.of("scheme", "recruitment-subsidy"),
                Map.of("from", "2026-03-03"),
                Map.of("least", "900000"))) {
            var typed = new java.util.HashMap<>(other);
            typed.put("q", number);
            assertThat(found("reviewer", typed)).as(String.valueOf(other)).doesNotContain(number + "</a>");
        }
        String employer = db.sql("select employer_code from cases where case_number = ?")
                .param(number)
                .query(String.class)
                .single();
        assertThat(found("reviewer", Map.of("q", number, "employer", employer))).contains(number + "</a>");
    }

    @Test
    void namesAreShownAsTheRoleMaySeeThemAndOnlyOwnCasesAreFound() {
        Map<String, String> typed = Map.of("q", part, "purpose", "identify");
        assertThat(found("intake", typed)).contains(number, name);
        assertThat(found("reviewer", typed))
                .contains(number, Persons.mask(name))
                .doesNotContain(name);
        assertThat(as("intake").get(PATH).body()).doesNotContain(name);
        for (String without : List.of("senior-reviewer", "leader", "finance", "expert1"))
            assertThat(found(without, typed)).as(without).doesNotContain(number);
        for (String outside : List.of("applicant", "employer", "policy-admin", "admin")) {
            Visitor visitor = as(outside);
            assertThat(visitor.get(PATH).status()).as(outside).isEqualTo(403);
            assertThat(visitor.form(PATH, "q=" + number, visitor.get("/")).status())
                    .as(outside)
                    .isEqualTo(403);
        }
        assertThat(new Visitor(port).get(PATH).location()).endsWith("/sign-in");
    }

    @Test
    void whoeverLooksForAPersonSaysWhatForAndThePersonReadsIt() {
        Visitor.Answer without = search(as("reviewer"), Map.of("q", part));
        assertThat(without.status()).isEqualTo(422);
        assertThat(without.body()).contains("请选择查看用途。").doesNotContain(number);
        Visitor reviewer = as("reviewer");
        Visitor.Answer other = reviewer.form(PATH, "purpose=other&q=" + encoded(part), reviewer.get(PATH));
        assertThat(other.status()).as("another purpose would want words").isEqualTo(422);
        assertThat(other.body()).contains("请选择查看用途。").doesNotContain(number);
        found("reviewer", Map.of("q", part, "purpose", "reach"));
        assertThat(as("applicant").get("/cases/" + number + "/looks").body())
                .contains("按姓名、证件号码、办件编号或账号查找到您的办件，用途：联系申请人");
        assertThat(audit.search(new AuditLog.Search(null, "reviewer", "searched", null, null), 0, 1)
                        .entries())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.details()).containsEntry("by", "words").containsEntry("purpose", "reach");
                    assertThat(entry.details().toString()).doesNotContain(part);
                });
        found("auditor", Map.of("q", part, "purpose", "audit"));
        assertThat(as("applicant").get("/cases/" + number + "/looks").body())
                .as("whoever is looked into is not warned")
                .doesNotContain("用途：审计");
    }

    @Test
    void whoeverIsLookedIntoByASearchReadsNothingOfThatOfficersLooks() {
        Visitor reviewer = as("reviewer");
        assertThat(reviewer.get(PATH + "/" + number).status()).isEqualTo(200);
        found("reviewer", Map.of("q", part, "purpose", "reach"));
        assertThat(looksTold()).isPositive();
        assertThat(as("applicant").get("/cases/" + number + "/looks").body()).contains("用途：联系申请人");
        found("reviewer", Map.of("q", part, "purpose", "discipline"));
        assertThat(looksTold()).as("those that led to it").isZero();
        assertThat(reviewer.get(PATH + "/" + number).status()).isEqualTo(200);
        found("reviewer", Map.of("q", part, "purpose", "reach"));
        assertThat(looksTold()).as("and those afterwards").isZero();
        assertThat(as("applicant").get("/cases/" + number + "/looks").body()).doesNotContain("用途：联系申请人");
    }

    private long looksTold() {
        return db.sql("select count(*) from case_looks where case_number = ? and account = 'reviewer' and not withheld")
                .param(number)
                .query(Long.class)
                .single();
    }

    @Test
    void anExpertCannotTryOutNumbersOfDocuments() {
        way.letIn(new CaseNumber(number), "expert1"); // as if drawn for a panel
        Visitor expert = as("expert1");
        Visitor.Answer page = expert.get(PATH);
        assertThat(page.body()).contains(number, "name=\"q\"").doesNotContain("name=\"document\"");
        assertThat(found("expert1", Map.of("q", number))).contains(number + "</a>");
        Visitor.Answer tried = expert.form(PATH, "purpose=identify&document=" + document, page);
        assertThat(tried.status()).isEqualTo(403);
        assertThat(tried.body()).contains("不能按证件号码查找").doesNotContain(number, document);
        assertThat(as("reviewer").get(PATH).body()).contains("name=\"document\"");
    }

    @Test
    void aPartOfTooManyNamesIsRefusedAndNotCutOff() {
        String common = "郤阗";
        List<String> keys = new ArrayList<>();
        try {
            for (int i = 0; i <= CaseSearch.MOST_PERSONS; i++)
                keys.add(persons.keep("PASSPORT", "Q%08d".formatted(7_100_000 + i), common, null, null, null));
            Visitor.Answer tooMany = search(as("reviewer"), Map.of("q", common, "purpose", "identify"));
            assertThat(tooMany.status()).isEqualTo(422);
            assertThat(tooMany.body()).contains("请填写更完整的姓名", "href=\"#f-q\"");
            assertThat(found("reviewer", Map.of("q", common + "珏", "purpose", "identify")))
                    .contains("没有符合条件、且由您经办的办件");
        } finally {
            for (String table : List.of("person_name_parts", "persons"))
                db.sql("delete from " + table + " where person_key in (:keys)")
                        .param("keys", keys)
                        .update();
        }
    }

    @Test
    void theLanguageChangesOnTheAnswerToAForm() {
        Visitor reviewer = as("reviewer");
        reviewer.form(PATH + "/saved", "q=" + number + "&name=mine-" + number, reviewer.get(PATH));
        String again = PATH + "/saved/"
                + db.sql("select max(id) from saved_searches where account = 'reviewer'")
                        .query(Long.class)
                        .single();
        Visitor.Answer found = reviewer.form(again, "", reviewer.get(PATH));
        assertThat(found.body()).contains(number + "</a>", "formaction=\"" + again + "?lang=en\"");
        Visitor.Answer english = reviewer.form(again + "?lang=en", "q=" + number, found);
        assertThat(english.status()).isEqualTo(200);
        assertThat(english.body()).contains(number + "</a>", "Document number");
        Visitor.Answer nameless = reviewer.form(PATH + "/saved", "name=&q=" + number, english);
        assertThat(nameless.status()).isEqualTo(422);
        assertThat(nameless.body()).contains("formaction=\"" + PATH + "/saved?lang=zh\"");
        long kept = keptByReviewer();
        Visitor.Answer chinese = reviewer.form(PATH + "/saved?lang=zh", "name=once-more&q=" + number, nameless);
        assertThat(chinese.body()).contains("value=\"once-more\"", "证件号码");
        assertThat(keptByReviewer()).as("the language saves nothing").isEqualTo(kept);
        for (String address : List.of(again, PATH + "/saved", PATH + "/saved?lang=zh", again + "/removal"))
            assertThat(reviewer.get(address).location()).as(address).endsWith(PATH);
        reviewer.form(again + "/removal", "", chinese);
    }

    private long keptByReviewer() {
        return db.sql("select count(*) from saved_searches where account = 'reviewer'")
                .query(Long.class)
                .single();
    }

    private static String encoded(String typed) {
        return URLEncoder.encode(typed, StandardCharsets.UTF_8);
    }

    @Test
    void whatIsNoSearchIsToldByItsField() {
        for (Map<String, String> wrong : List.of(
                Map.of("q", "欧", "purpose", "identify"),
                Map.of("q", number, "from", "2026-03-09", "to", "2026-03-02"),
                Map.of("q", number, "from", "tomorrow"),
                Map.of("q", number, "least", "5000", "most", "3000"),
                Map.of("q", number, "least", "-1"),
                Map.of("q", number, "most", "三千"))) {
            Visitor.Answer answer = search(as("reviewer"), wrong);
            assertThat(answer.status()).as(String.valueOf(wrong)).isEqualTo(422);
            assertThat(answer.body()).contains("govuk-error-summary").doesNotContain(number + "</a>");
        }
        assertThat(found("reviewer", Map.of("q", "不存在的人", "purpose", "identify")))
                .contains("没有符合条件、且由您经办的办件");
    }

    @Test
    void aSearchIsKeptForOneselfAndSealed() {
        Visitor reviewer = as("reviewer");
        assertThat(reviewer.form(
                                PATH + "/saved",
                                "q=" + URLEncoder.encode(part, StandardCharsets.UTF_8) + "&name=",
                                reviewer.get(PATH))
                        .status())
                .as("without a name")
                .isEqualTo(422);
        assertThat(reviewer.form(
                                PATH + "/saved",
                                "q=" + URLEncoder.encode(part, StandardCharsets.UTF_8) + "&name=mine-" + number,
                                reviewer.get(PATH))
                        .status())
                .isEqualTo(302);
        assertThat(reviewer.get(PATH).body()).contains("mine-" + number);
        long id = db.sql("select max(id) from saved_searches where account = 'reviewer'")
                .query(Long.class)
                .single();
        assertThat(db.sql("select sealed_search from saved_searches where id = ?")
                        .param(id)
                        .query(String.class)
                        .single())
                .startsWith("v2.");
        Visitor.Answer again = reviewer.form(PATH + "/saved/" + id, "", reviewer.get(PATH));
        assertThat(again.body()).as("asks what for first").contains(part).doesNotContain(number + "</a>");
        Visitor other = as("reviewer2");
        assertThat(other.get(PATH).body()).doesNotContain("mine-" + number);
        assertThat(other.form(PATH + "/saved/" + id, "", other.get(PATH)).status())
                .isEqualTo(404);
        assertThat(other.form(PATH + "/saved/" + id + "/removal", "", other.get(PATH))
                        .status())
                .isEqualTo(404);
        assertThat(reviewer.form(PATH + "/saved/" + id + "/removal", "", reviewer.get(PATH))
                        .status())
                .isEqualTo(302);
        assertThat(reviewer.get(PATH).body()).doesNotContain("mine-" + number);
    }
}
