package cn.jincai.web.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Persons;
import cn.jincai.audit.AuditEntry;
import cn.jincai.audit.AuditLog;
import cn.jincai.filing.Ties;
import cn.jincai.inquiry.InquirySettings;
import cn.jincai.inquiry.RecordSearch;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.AopTestUtils;
import org.springframework.test.util.ReflectionTestUtils;

/** Auditors and supervisors look into the record by what they know, say what for, and are on record themselves. */
@CaseTest
@Tag("issue-17.16")
class RecordInquiryIT {
    private static final String PATH = "/inquiry", API = "/api/inquiry/record";
    private static final ObjectMapper JSON = new ObjectMapper();

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    AuditLog log;

    @Autowired
    Ties ties;

    @Autowired
    Accounts accounts;

    @Autowired
    RecordSearch search;

    @Autowired
    JdbcClient jdbc;

    private ApplicantsCase award;
    private String number, document, name, part;

    @BeforeEach
    void aCaseThatWasReviewed() {
        city.at("2026-03-02T09:00");
        ObjectNode application;
        do {
            application = city.application("skills-award", "granted");
            name = application.at("/answers/name").asText();
        } while (name.codePointCount(0, name.length()) < 3);
        part = name.substring(name.offsetByCodePoints(0, 1));
        document = application.at("/answers/documentNumber").asText();
        award = city.checked(application).done("reviewer", "first-review", "approve");
        number = award.number();
    }

    private Visitor as(String account) {
        return new Visitor(port).signIn(account);
    }

    private Visitor.Answer ask(Visitor who, Map<String, String> typed) {
        PageForm form = PageForm.on(who.get(PATH), PATH);
        typed.forEach(form::with);
        return form.send(who);
    }

    private String found(String account, Map<String, String> typed) {
        Map<String, String> asked = new HashMap<>(typed);
        asked.putIfAbsent("purpose", "audit");
        Visitor.Answer answer = ask(as(account), asked);
        assertThat(answer.status()).as(String.valueOf(typed)).isEqualTo(200);
        return answer.body();
    }

    @Test
    void everythingThatIsKnownFindsTheEntries() {
        for (Map<String, String> known : List.of(
                Map.of("number", number.toLowerCase()),
                Map.of("person", part),
                Map.of("person", name, "document", document),
                Map.of("document", document),
                Map.of("number", number, "kind", "first-review"),
                Map.of("number", number, "kind", "group:step"),
                Map.of("number", number, "account", "reviewer"),
                Map.of("number", number, "role", "reviewer"),
                Map.of("number", number, "from", "2026-03-02", "to", "2026-03-03")))
            assertThat(found("auditor", known))
                    .as(String.valueOf(known))
                    .contains(number)
                    .contains("初审：");
        for (Map<String, String> other : List.of(
                Map.of("person", "不" + part),
                Map.of("document", document.substring(0, 17)),
                Map.of("number", number, "kind", "signed"),
                Map.of("number", number, "kind", "group:money"),
                Map.of("number", number, "account", "leader"),
                Map.of("number", number, "role", "finance"),
                Map.of("number", number, "from", "2025-01-01", "to", "2025-01-31")))
            assertThat(found("auditor", other)).as(String.valueOf(other)).contains("没有符合条件的记录");
    }

    @Test
    void aColleagueIsFoundByNameAndNobodyAndNothingIsToldByItsCode() {
        String called = accounts.find("reviewer").displayName();
        String page = found("auditor", Map.of("number", number, "account", called));
        assertThat(page).contains(called, "初审", "第 ").doesNotContain("<code>reviewer</code>", ">first-review<", name);
        String all = found("auditor", Map.of("number", number));
        assertThat(all).contains("申请已提交", "申请人").doesNotContain(">submitted<", ">accepted<", ">looked-at<");
        Visitor english = as("auditor");
        english.get(PATH + "?lang=en");
        assertThat(ask(english, Map.of("number", number, "purpose", "audit")).body())
                .contains("First review", "Entries found");
    }

    @Test
    void whoeverLooksSaysWhatForAndIsOnRecordWithoutHisWords() {
        Visitor.Answer without = ask(as("auditor"), Map.of("number", number));
        assertThat(without.status()).isEqualTo(422);
        assertThat(without.body()).contains("请选择查看用途。");
        found("auditor", Map.of("person", part, "purpose", "discipline"));
        AuditEntry entry = log.search(new AuditLog.Search(null, "auditor", "record-inquired", null, null), 0, 1)
                .entries()
                .get(0);
        assertThat(entry.details()).containsEntry("by", "name").containsEntry("purpose", "discipline");
        assertThat(entry.details().toString()).doesNotContain(part);
        String looks = "/cases/" + number + "/looks";
        assertThat(as("applicant").get(looks).body()).doesNotContain("纪检监察调查").doesNotContain("查找到您的办件");
        Visitor auditor = as("auditor");
        auditor.form("/audit/looks", "case=" + number + "&account=auditor", auditor.get("/audit/looks"));
        assertThat(as("applicant").get(looks).body()).contains("查找到您的办件");
    }

    /** Whoever knows the number or the account looks at the person no less than whoever knows the name. */
    @Test
    void whoeverLooksByNumberOrAccountLeavesALookToo() {
        found("auditor", Map.of("number", number, "kind", "group:step"));
        assertThat(looks()).containsExactly("audit");
        found("auditor", Map.of("account", "applicant", "purpose", "discipline", "from", "2026-03-02"));
        assertThat(looks()).containsExactly("audit", "discipline");
        found("auditor", Map.of("account", "reviewer"));
        assertThat(looks()).as("a colleague is no applicant").hasSize(2);
        city.call("auditor", HttpMethod.POST, "/api/inquiry/lines", Map.of("purpose", "audit", "number", number))
                .is(200);
        assertThat(looks()).hasSize(3);
    }

    /** What the case was looked for, in the order of the looks. */
    private List<String> looks() {
        return jdbc.sql("select purpose from case_looks where case_number = ? and searched order by id")
                .param(number)
                .query(String.class)
                .list();
    }

    /** Else the answer to a question without a purpose would tell how many people are called so. */
    @Test
    void thePurposeIsAskedForBeforeAnythingIsLookedUp() {
        for (String call : List.of(API, "/api/inquiry/lines", "/api/inquiry/table"))
            assertThat(city.call("auditor", HttpMethod.POST, call, Map.of("person", "王"))
                            .is(422)
                            .body()
                            .toString())
                    .contains("\"field\":\"purpose\"")
                    .doesNotContain("\"field\":\"person\"");
        Visitor auditor = as("auditor");
        for (String path : List.of(PATH, "/inquiry/looks")) {
            PageForm form = PageForm.on(auditor.get(path), path).with("person", "王");
            assertThat(form.send(auditor).body()).contains("请选择查看用途。").doesNotContain("至少");
        }
    }

    @Test
    void whatIsNoQuestionIsToldAtItsField() {
        Visitor auditor = as("auditor");
        for (var wrong : Map.of(
                        Map.of("number", "abc"), "不是办件编号",
                        Map.of("person", "王"), "至少",
                        Map.of("from", "2026-03-05", "to", "2026-03-01"), "日期",
                        Map.of("from", "gestern"), "日期")
                .entrySet()) {
            Map<String, String> typed = new HashMap<>(wrong.getKey());
            typed.put("purpose", "audit");
            Visitor.Answer answer = ask(auditor, typed);
            assertThat(answer.status()).as(String.valueOf(typed)).isEqualTo(422);
            assertThat(answer.body()).contains(wrong.getValue());
        }
        for (String field : List.of("kind", "role")) {
            Map<String, Object> asked = Map.of("purpose", "audit", field, "no-such-thing");
            assertThat(city.call("auditor", HttpMethod.POST, API, asked)
                            .is(422)
                            .body()
                            .toString())
                    .contains("\"field\":\"" + field + "\"");
        }
    }

    @Test
    void supervisorsReadOfCasesInWhichTheyHaveAPartAndNotWhatAuditorsLookInto() {
        found("auditor", Map.of("person", part));
        assertThat(found("supervisor", Map.of("number", number))).contains("没有符合条件的记录");
        award.withOpinion("senior-reviewer", "second-review", "approve").waitsAt("public-notice");
        award.objection("所填合同期限与实际不符。").is(201);
        String told = found("supervisor", Map.of("number", number));
        assertThat(told).contains(number, "收到异议");
        as("auditor").get("/officers/cases/" + number);
        assertThat(found("auditor", Map.of("number", number, "role", "auditor")))
                .contains("查阅案卷");
        assertThat(found("supervisor", Map.of("number", number, "role", "auditor")))
                .contains("没有符合条件的记录");
        assertThat(found("supervisor", Map.of("kind", "signed-in"))).contains("没有符合条件的记录");
        assertThat(found("auditor", Map.of("kind", "signed-in"))).doesNotContain("没有符合条件的记录");
        ties.recuse(accounts.actor("supervisor"), Role.SUPERVISOR, new CaseNumber(number), "与申请人相识");
        assertThat(found("supervisor", Map.of("number", number))).contains("没有符合条件的记录");
    }

    @Test
    void nobodyElseComesIn() {
        for (String outside : List.of(
                "applicant",
                "employer",
                "intake",
                "reviewer",
                "senior-reviewer",
                "leader",
                "expert1",
                "finance",
                "finance-approver",
                "policy-admin",
                "policy-approver",
                "admin")) {
            Visitor visitor = as(outside);
            assertThat(visitor.get(PATH).status()).as(outside).isEqualTo(403);
            Visitor.Answer home = visitor.get("/");
            assertThat(visitor.form(PATH, "number=" + number + "&purpose=audit", home)
                            .status())
                    .as(outside)
                    .isEqualTo(403);
            assertThat(visitor.form(PATH + "/selection", "format=lines&purpose=audit&number=" + number, home)
                            .status())
                    .as(outside)
                    .isEqualTo(403);
            for (String call : List.of(API, "/api/inquiry/lines", "/api/inquiry/table"))
                city.call(outside, HttpMethod.POST, call, Map.of("purpose", "audit"))
                        .is(403);
        }
        assertThat(new Visitor(port).get(PATH).location()).endsWith("/sign-in");
        city.call(null, HttpMethod.POST, API, Map.of("purpose", "audit")).is(401);
    }

    @Test
    void programsAskTheSameAndPagesFollowOneAnother() {
        JsonNode first = city.call("auditor", HttpMethod.POST, API, Map.of("purpose", "audit"))
                .is(200)
                .body();
        assertThat(first.get("entries").size()).isLessThanOrEqualTo(RecordSearch.PAGE);
        assertThat(first.get("count").asLong()).isLessThanOrEqualTo(RecordSearch.MOST + 1);
        List<Long> seen = new ArrayList<>();
        boolean more = true;
        for (int page = 0; more && page < 5; page++) {
            JsonNode found = city.call(
                            "auditor",
                            HttpMethod.POST,
                            API,
                            Map.of("purpose", "audit", "kind", "first-review", "page", page))
                    .is(200)
                    .body();
            found.get("entries").forEach(e -> seen.add(e.get("seq").asLong()));
            more = found.get("more").asBoolean();
        }
        assertThat(seen).isNotEmpty().doesNotHaveDuplicates();
        city.call("auditor", HttpMethod.POST, API, Map.of("number", number)).is(422);
    }

    @Test
    void anExportHasEachEntryWholeSoThatItsHashCanBeComputedAgain() throws Exception {
        Visitor auditor = as("auditor");
        Visitor.Answer page = auditor.get(PATH);
        String asked = "&purpose=audit&number=" + number;
        Visitor.Answer lines = auditor.form(PATH + "/selection", "format=lines" + asked, page);
        assertThat(lines.status()).isEqualTo(200);
        assertThat(lines.headers().firstValue("Content-Disposition").orElse("")).contains("jincai-record.jsonl");
        List<String> all = lines.body().lines().toList();
        for (String line : all.subList(0, all.size() - 1)) {
            JsonNode told = JSON.readTree(line);
            AuditEntry entry = log.entry(told.get("seq").asLong()).orElseThrow();
            assertThat(told.get("hash").asText()).isEqualTo(entry.computedHash());
            assertThat(told.get("previous").asText())
                    .isEqualTo(
                            entry.seq() == 1
                                    ? AuditEntry.START
                                    : log.entry(entry.seq() - 1).orElseThrow().hash());
            assertThat(told.get("case").asText()).isEqualTo(number);
        }
        assertThat(JSON.readTree(all.get(all.size() - 1)).get("signature").asText())
                .isNotEmpty();
        Visitor.Answer table = auditor.form(PATH + "/selection", "format=table" + asked, page);
        assertThat(table.body().lines()).hasSize(all.size() + 1);
        assertThat(table.body())
                .startsWith("\uFEFFseq,at,kind,case,stage,zh,en,account,role,details,previous,hash\r\n");
        assertThat(lines.body() + table.body()).doesNotContain(name, document);
        assertThat(auditor.form(PATH + "/selection", "format=table&number=" + number, page)
                        .status())
                .as("without a purpose")
                .isEqualTo(422);
    }

    @Test
    void moreThanAnExportMayHaveIsToldBeforeAnythingIsWritten() {
        Object target = AopTestUtils.getTargetObject(search);
        InquirySettings settings = (InquirySettings) ReflectionTestUtils.getField(target, "settings");
        ReflectionTestUtils.setField(
                target, "settings", new InquirySettings(2, settings.groups(), settings.looks(), settings.pairs()));
        try {
            Visitor auditor = as("auditor");
            Visitor.Answer answer =
                    auditor.form(PATH + "/selection", "format=lines&purpose=audit&number=" + number, auditor.get(PATH));
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body()).contains("一次最多导出 2 条");
        } finally {
            ReflectionTestUtils.setField(target, "settings", settings);
        }
    }

    @Test
    void applicantsAreNamedMasked() {
        assertThat(found("auditor", Map.of("number", number))).doesNotContain(name, document);
        String own = accounts.find("applicant").displayName();
        assertThat(found("auditor", Map.of("number", number, "account", "applicant")))
                .contains(Persons.mask(own));
    }
}
