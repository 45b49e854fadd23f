package cn.jincai.web.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Persons;
import cn.jincai.audit.AuditLog;
import cn.jincai.filing.Ties;
import cn.jincai.inquiry.InquirySettings.LooksShown;
import cn.jincai.inquiry.InquirySettings.PairsShown;
import cn.jincai.inquiry.LooksAtFiles;
import cn.jincai.inquiry.Pairs;
import cn.jincai.inquiry.Question;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.AopTestUtils;
import org.springframework.test.util.ReflectionTestUtils;

/** Who looked at whom and why, and who always approves for whom, as auditors and supervisors see it. */
@CaseTest
@Tag("issue-17.16")
class LooksAndPairsIT {
    private static final String LOOKS = "/inquiry/looks", PAIRS = "/inquiry/pairs";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    AuditLog log;

    @Autowired
    Accounts accounts;

    @Autowired
    LooksAtFiles looks;

    @Autowired
    Pairs pairs;

    @Autowired
    Ties ties;

    @Autowired
    JdbcClient jdbc;

    private ApplicantsCase award;
    private String number, name, document;

    @BeforeEach
    void aCaseOnAMondayMorning() {
        city.at("2026-03-02T09:00");
        ObjectNode application;
        do {
            application = city.application("skills-award", "granted");
            name = application.at("/answers/name").asText();
        } while (name.codePointCount(0, name.length()) < 3);
        document = application.at("/answers/documentNumber").asText();
        award = city.checked(application);
        number = award.number();
    }

    private Visitor as(String account) {
        return new Visitor(port).signIn(account);
    }

    private Visitor.Answer ask(Visitor who, String path, Map<String, String> typed) {
        PageForm form = PageForm.on(who.get(path), path);
        typed.forEach(form::with);
        return form.send(who);
    }

    private String looked(String account, Map<String, String> typed) {
        Map<String, String> asked = new HashMap<>(typed);
        asked.put("purpose", "audit");
        Visitor.Answer answer = ask(as(account), LOOKS, asked);
        assertThat(answer.status()).as(String.valueOf(typed)).isEqualTo(200);
        return answer.body();
    }

    /** The rows of a table that tell of this case. */
    private List<String> rows(String page, String of) {
        return Pattern.compile("<tr\\b.*?</tr>", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(row -> row.group().replaceAll("<[^>]*>", " "))
                .filter(row -> row.contains(of))
                .toList();
    }

    @Test
    void aColleagueWithoutWorkInTheCaseOnASundayEveningStandsFirst() {
        as("reviewer").get("/officers/cases/" + number);
        award.done("reviewer", "first-review", "approve");
        city.at("2026-03-08T20:00");
        as("reviewer2").get("/officers/cases/" + number);
        List<String> rows = rows(looked("auditor", Map.of("document", document, "to", "2026-03-08")), number);
        assertThat(rows.get(0)).contains(accounts.find("reviewer2").displayName(), "无办理事项", "工作时间外", "2026年3月8日");
        assertThat(rows.stream()
                        .filter(row -> row.contains(accounts.find("reviewer").displayName() + " "))
                        .filter(row -> row.contains("2026年3月2日")))
                .singleElement()
                .satisfies(row -> assertThat(row).doesNotContain("无办理事项", "工作时间外"));
        assertThat(String.join("", rows)).contains(Persons.mask(name)).doesNotContain(name, document);
    }

    @Test
    void officersAreCountedAndOneIsOpenedByAClick() {
        as("reviewer2").get("/officers/cases/" + number);
        Visitor auditor = as("auditor");
        Visitor.Answer all = ask(auditor, LOOKS, Map.of("purpose", "audit", "from", "2026-03-02", "to", "2026-03-02"));
        String called = accounts.find("reviewer2").displayName();
        assertThat(rows(all.body(), called)).hasSize(1).first().asString().contains("无办理事项");
        PageForm one = PageForm.on(all, LOOKS).with("account", "reviewer2");
        assertThat(rows(one.send(auditor).body(), number))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row).contains(called));
        assertThat(log.search(new AuditLog.Search(null, "auditor", "looks-reviewed", null, null), 0, 1)
                        .entries()
                        .get(0)
                        .details())
                .containsEntry("purpose", "audit")
                .containsEntry("by", "account,days");
    }

    @Test
    void howManyPeopleInADayAreManyIsData() {
        as("reviewer2").get("/officers/cases/" + number);
        Map<String, String> ofPerson = Map.of("document", document, "from", "2026-03-02", "to", "2026-03-02");
        Object target = AopTestUtils.getTargetObject(looks);
        LooksShown was = (LooksShown) ReflectionTestUtils.getField(target, "settings");
        try {
            settings(target, was, 0);
            assertThat(rows(looked("auditor", ofPerson), number))
                    .allSatisfy(row -> assertThat(row).contains("一天人数过多"));
            settings(target, was, 1_000_000);
            assertThat(rows(looked("auditor", ofPerson), number))
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row).doesNotContain("一天人数过多"));
        } finally {
            ReflectionTestUtils.setField(target, "settings", was);
        }
    }

    @Test
    void whereRowsAreLeftOutItIsSaidAndNobodyIsCountedWhomTheReaderMayNotRead() {
        as("reviewer2").get("/officers/cases/" + number);
        ApplicantsCase other = city.checked("skills-award", "granted");
        as("reviewer2").get("/officers/cases/" + other.number());
        Object target = AopTestUtils.getTargetObject(looks);
        LooksShown was = (LooksShown) ReflectionTestUtils.getField(target, "settings");
        Actor auditor = accounts.actor("auditor");
        Question
                ofDay =
                        new Question(
                                null, null, null, null, null, null, LocalDate.of(2026, 3, 2), LocalDate.of(2026, 3, 2)),
                ofPerson =
                        new Question(
                                null,
                                null,
                                document,
                                null,
                                "reviewer2",
                                null,
                                LocalDate.of(2026, 3, 2),
                                LocalDate.of(2026, 3, 2));
        long his = looks.find(auditor, ofPerson, "audit", 0).days().stream()
                .mapToLong(LooksAtFiles.Day::looks)
                .sum();
        try {
            ReflectionTestUtils.setField(
                    target,
                    "settings",
                    new LooksShown(
                            was.dayBegins(),
                            was.dayEnds(),
                            was.personsADay(),
                            was.withoutTasks(),
                            was.noActs(),
                            was.days(),
                            (int) his));
            assertThat(looks.find(auditor, ofPerson, "audit", 0).cut())
                    .as("all looks at him are counted, and not all of the same colleague at others")
                    .isTrue();
        } finally {
            ReflectionTestUtils.setField(target, "settings", was);
        }
        assertThat(looks.find(auditor, ofPerson, "audit", 0).cut()).isFalse();
        long many = mostADay(looks.find(auditor, ofDay, "audit", 0));
        ties.recuse(auditor, Role.AUDITOR, new CaseNumber(other.number()), "与申请人相识");
        assertThat(mostADay(looks.find(auditor, ofDay, "audit", 0))).isEqualTo(many - 1);
    }

    private static long mostADay(LooksAtFiles.Shown shown) {
        return shown.officers().stream()
                .filter(o -> o.account().equals("reviewer2"))
                .findFirst()
                .orElseThrow()
                .mostADay();
    }

    /** Somebody who says the same twice is counted once; that does not hide that older reviews were left out. */
    @Test
    void whereReviewsAreLeftOutItIsSaidThoughSomeAreCountedOnce() {
        award.withOpinion("reviewer", "first-review", "approve")
                .withOpinion("senior-reviewer", "second-review", "return")
                .withOpinion("reviewer", "first-review", "approve");
        Object target = AopTestUtils.getTargetObject(pairs);
        PairsShown was = (PairsShown) ReflectionTestUtils.getField(target, "settings");
        try {
            ReflectionTestUtils.setField(target, "settings", new PairsShown(1, was.months(), 1));
            assertThat(pairs.find(accounts.actor("auditor"), 1, "audit").cut()).isTrue();
        } finally {
            ReflectionTestUtils.setField(target, "settings", was);
        }
    }

    private static void settings(Object target, LooksShown was, int personsADay) {
        ReflectionTestUtils.setField(
                target,
                "settings",
                new LooksShown(
                        was.dayBegins(),
                        was.dayEnds(),
                        personsADay,
                        was.withoutTasks(),
                        was.noActs(),
                        was.days(),
                        was.most()));
    }

    @Test
    void supervisorsAreNotToldOfWhatAuditorsLookInto() {
        award.done("reviewer", "first-review", "approve")
                .withOpinion("senior-reviewer", "second-review", "approve")
                .waitsAt("public-notice");
        award.objection("所填合同期限与实际不符。").is(201);
        as("auditor").get("/officers/cases/" + number);
        as("supervisor").get("/officers/cases/" + number);
        Map<String, String> ofPerson = Map.of("document", document);
        assertThat(rows(looked("auditor", ofPerson), number))
                .anyMatch(row -> row.contains(accounts.find("auditor").displayName()));
        assertThat(rows(looked("supervisor", ofPerson), number))
                .isNotEmpty()
                .noneMatch(row -> row.contains(accounts.find("auditor").displayName()));
    }

    @Test
    void reviewersWhoFollowOneAnotherMoreOftenThanADrawWouldHaveItAreTold() {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < 6; i++)
            numbers.add(city.checked("skills-award", "granted")
                    .done("reviewer2", "first-review", "approve")
                    .withOpinion("senior-reviewer2", "second-review", "approve")
                    .number());
        for (int i = 0; i < 6; i++) city.checked("skills-award", "granted").reviewedByBoth();
        Pairs.Pair pair = pairs.find(accounts.actor("auditor"), 5, "audit").pairs().stream()
                .filter(p -> p.with() == Pairs.With.NEXT && p.account().equals("reviewer2"))
                .filter(p -> "senior-reviewer2".equals(p.next()))
                .findFirst()
                .orElseThrow();
        assertThat(pair.reviewed()).isGreaterThanOrEqualTo(6);
        assertThat(pair.deviation()).isPositive();
        Visitor auditor = as("auditor");
        Visitor.Answer page = ask(auditor, PAIRS, Map.of("purpose", "audit", "least", "5"));
        assertThat(rows(page.body(), accounts.find("reviewer2").displayName()))
                .anyMatch(row -> row.contains("后手审核人")
                        && row.contains(accounts.find("senior-reviewer2").displayName()));
        String behind = auditor.form(
                        PAIRS + "/cases",
                        "kind=next&account=reviewer2&to=senior-reviewer2&purpose=audit&least=5&case=" + numbers.get(0),
                        page)
                .body();
        assertThat(behind).contains(numbers).contains("同意").doesNotContain(">approve<", ">first-review<");
        assertThat(ask(auditor, PAIRS, Map.of("purpose", "audit", "least", "900000"))
                        .body())
                .contains("没有达到件数的组合");
    }

    @Test
    void theCasesOfAnApplicantOrEmployerAreFoundByOneOfThem() {
        award.done("reviewer", "first-review", "approve");
        Visitor auditor = as("auditor");
        Visitor.Answer page = auditor.get(PAIRS);
        for (String kind : List.of("applicant", "employer")) {
            String fields = "kind=" + kind + "&purpose=audit&case=" + number + "&account=";
            assertThat(auditor.form(PAIRS + "/cases", fields + "reviewer", page).body())
                    .contains(number, Persons.mask(name))
                    .doesNotContain(name);
            assertThat(jdbc.sql("select count(*) from case_looks where case_number = ? and searched")
                            .param(number)
                            .query(Long.class)
                            .single())
                    .as(kind + ": whoever asks for the cases of a person looks for him")
                    .isEqualTo(1);
            assertThat(auditor.form(PAIRS + "/cases", fields + "leader", page).status())
                    .isEqualTo(404);
            assertThat(auditor.form(PAIRS + "/cases", fields.replace("=audit", "=") + "reviewer", page)
                            .status())
                    .isEqualTo(422);
        }
    }

    @Test
    void anOddNumberAndNoPurposeAreToldAndNobodyElseComesIn() {
        for (String odd : List.of("0", "-1", "viele"))
            assertThat(ask(as("auditor"), PAIRS, Map.of("least", odd, "purpose", "audit"))
                            .status())
                    .as(odd)
                    .isEqualTo(422);
        for (String path : List.of(LOOKS, PAIRS))
            assertThat(ask(as("supervisor"), path, Map.of()).body()).contains("请选择查看用途。");
        for (String outside : List.of("applicant", "employer", "intake", "reviewer", "leader", "finance", "admin"))
            for (String path : List.of(LOOKS, PAIRS, PAIRS + "/cases")) {
                Visitor visitor = as(outside);
                assertThat(visitor.get(path).status()).as(outside + path).isEqualTo(403);
                assertThat(visitor.form(path, "purpose=audit", visitor.get("/")).status())
                        .as(outside + path)
                        .isEqualTo(403);
            }
        assertThat(Stream.of(LOOKS, PAIRS)
                        .map(path -> new Visitor(port).get(path).location()))
                .allMatch(to -> to.endsWith("/sign-in"));
    }
}
