package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Persons;
import cn.jincai.document.IssuedDocument;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.filing.Recusals;
import cn.jincai.filing.Ties;
import cn.jincai.filing.sight.FileSettings;
import cn.jincai.filing.sight.Shown;
import cn.jincai.journeys.City.Answer;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.policy.NewForms;
import cn.jincai.policy.Steps;
import cn.jincai.policy.forms.FieldClass;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever works on a case sees what his step needs, as long as it needs it; the person sees who has looked (个人信息保护法 6, 44). */
@CaseTest
@Tag("issue-15.9")
class WhoSeesWhatIT {
    private static final Map<String, Role> OFFICERS = Map.of(
            "intake", Role.INTAKE,
            "reviewer", Role.REVIEWER,
            "senior-reviewer", Role.SENIOR_REVIEWER,
            "leader", Role.LEADER,
            "expert1", Role.EXPERT,
            "supervisor", Role.SUPERVISOR,
            "finance", Role.FINANCE,
            "finance-approver", Role.FINANCE_APPROVER,
            "auditor", Role.AUDITOR);

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    FileSettings settings;

    @Autowired
    CaseLifecycle way;

    @Autowired
    NewForms forms;

    @Autowired
    IssuedDocuments issued;

    @Autowired
    JdbcClient db;

    @Autowired
    Ties ties;

    @Autowired
    Recusals recusals;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    /** As the settings say of the steps of this role. */
    private Shown expected(Role role, FieldClass fields) {
        if (role == Role.AUDITOR) return settings.auditors().getOrDefault(fields, Shown.CLOSED);
        return Steps.shared().all().stream()
                .filter(step -> step.role() == role)
                .map(step ->
                        settings.shown().getOrDefault(step.kind(), Map.of()).getOrDefault(fields, Shown.CLOSED))
                .min(Shown::compareTo)
                .orElse(Shown.CLOSED);
    }

    private Map<FieldClass, Map<String, String>> values(ApplicantsCase file) {
        JsonNode told = file.answersAsTold();
        Map<FieldClass, Map<String, String>> values = new HashMap<>();
        settings.fields()
                .forEach((c, keys) -> keys.stream()
                        .filter(told::has)
                        .forEach(key -> values.computeIfAbsent(c, any -> new HashMap<>())
                                .put(key, told.get(key).asText())));
        assertThat(values).hasSize(3);
        return values;
    }

    private static Visitor.Answer search(Visitor officer, String words) {
        return officer.form(
                "/officers/cases",
                "purpose=identify&q=" + URLEncoder.encode(words, StandardCharsets.UTF_8),
                officer.get("/officers/cases"));
    }

    @Test
    void eachRoleSeesOfEachClassWhatTheSettingsSayInEveryChannel() throws IOException {
        var award = city.checked("skills-award", "granted").reviewedByBoth();
        way.letIn(new CaseNumber(award.number()), "expert1"); // as if drawn for a panel
        way.letIn(new CaseNumber(award.number()), Role.SUPERVISOR);
        award.noticedAndSigned().paid();
        var values = values(award);
        String decision = decision(award);
        SoftAssertions all = new SoftAssertions();
        OFFICERS.forEach((account, role) -> {
            Visitor officer = new Visitor(port).signIn(account),
                    program = new Visitor(port).withPassword(account, account);
            for (FieldClass fields : values.keySet())
                fields(
                        all,
                        award,
                        account,
                        expected(role, fields),
                        fields,
                        values.get(fields),
                        officer,
                        program,
                        decision);
            papers(all, award, account, expected(role, FieldClass.PAPERS), officer);
        });
        all.assertAll();
        JsonNode own = award.show();
        values.values()
                .forEach(fields -> fields.forEach((key, value) ->
                        assertThat(own.at("/answers/" + key).asText()).isEqualTo(value)));
        assertThat(own.get("masked")).as("nothing is masked for the person").isEmpty();
    }

    private void fields(
            SoftAssertions all,
            ApplicantsCase file,
            String account,
            Shown shown,
            FieldClass fields,
            Map<String, String> values,
            Visitor officer,
            Visitor program,
            String decision) {
        String number = file.number();
        Visitor.Answer answer = program.get("/api/cases/" + number), page = officer.get("/officers/cases/" + number);
        all.assertThat(answer.json().path("masked").toString().contains(fields.code()))
                .as(account + " may open " + fields)
                .isEqualTo(shown == Shown.MASKED);
        Map<String, String> elsewhere = new HashMap<>();
        for (String path : List.of(
                "/api/cases",
                "/api/cases/" + number + "/assessments",
                "/api/cases/" + number + "/assessments/1/explanation"))
            elsewhere.put(path, program.get(path).body());
        elsewhere.put(
                "explanation",
                officer.get("/officers/cases/" + number + "/explanation").body());
        elsewhere.put("search", search(officer, number).body());
        elsewhere.put(
                "by name",
                search(officer, file.answersAsTold().get("name").asText()).body());
        elsewhere.put("payments", program.get("/api/payments?case=" + number).body());
        elsewhere.put("finance", officer.get("/finance?case=" + number).body());
        elsewhere.put("decision", decision);
        values.forEach((key, value) -> {
            String as = account + " " + key;
            JsonNode told = answer.json().at("/answers/" + key);
            switch (shown) {
                case OPEN -> all.assertThat(told.asText()).as(as).isEqualTo(value);
                case MASKED -> all.assertThat(told.asText()).as(as).isEqualTo(Persons.maskNumber(value));
                case CLOSED -> all.assertThat(told.isMissingNode()).as(as).isTrue();
            }
            all.assertThat(answer.body().contains(value)).as(as + " by a call").isEqualTo(shown == Shown.OPEN);
            all.assertThat(page.body().contains(value)).as(as + " on the page").isEqualTo(shown == Shown.OPEN);
            elsewhere.forEach((where, body) ->
                    all.assertThat(body).as(as + " in " + where).doesNotContain(value));
        });
        Answer opened = city.call(
                account,
                HttpMethod.POST,
                "/api/cases/" + number + "/openings",
                Map.of("fields", fields.code(), "purpose", "identify"));
        if (shown == Shown.CLOSED)
            all.assertThat(opened.status()).as(account + " opens " + fields).isEqualTo(403);
        else
            values.forEach(
                    (key, value) -> all.assertThat(opened.body().path(key).asText())
                            .as(account + " opens " + key)
                            .isEqualTo(value));
    }

    /** The same bytes for everybody. */
    private String decision(ApplicantsCase file) throws IOException {
        CaseNumber number = new CaseNumber(file.number());
        long id = issued.of(number).stream()
                .filter(d -> d.kind().equals("decision"))
                .mapToLong(IssuedDocument::id)
                .findFirst()
                .orElseThrow();
        try (var pdf = Loader.loadPDF(issued.pdf(number, id))) {
            String text = new PDFTextStripper().getText(pdf);
            assertThat(text).contains(file.number().substring(0, 2));
            return text;
        }
    }

    private void papers(SoftAssertions all, ApplicantsCase file, String account, Shown shown, Visitor officer) {
        JsonNode paper = file.show().at("/documents/0");
        all.assertThat(paper.path("need").isTextual()).isTrue();
        int expected = shown == Shown.OPEN ? 200 : 404;
        String download =
                "/cases/" + file.number() + "/papers/" + paper.get("id").asLong();
        all.assertThat(officer.get(download).status()).as(account + " a paper").isEqualTo(expected);
        all.assertThat(officer.get("/officers/cases/" + file.number()).body().contains(download))
                .as(account + " a paper in the file")
                .isEqualTo(shown == Shown.OPEN);
        boolean listed = false;
        for (JsonNode d : file.shownTo(account).body().get("documents"))
            listed |= d.path("need").isTextual();
        all.assertThat(listed).as(account + " a paper by a call").isEqualTo(shown == Shown.OPEN);
    }

    @Test
    void aFieldOfASchemesOwnIsOfTheClassThatItsFormSays() {
        String form = "forms/application.form", check = "\"check\": \"occupation-code\"";
        assertThatThrownBy(() -> forms.inForce(
                        "skills-award", Map.of(form, f -> f.replace(check, check + ", \"fieldClass\": \"secret\""))))
                .hasMessageContaining("UNKNOWN_WORD");
        try {
            forms.inForce(
                    "skills-award", Map.of(form, f -> f.replace(check, check + ", \"fieldClass\": \"identity\"")));
            var award = city.checked("skills-award", "granted");
            String code = award.answersAsTold().get("occupationCode").asText();
            JsonNode reviewers = award.shownTo("reviewer").body();
            assertThat(reviewers.at("/answers/occupationCode").asText()).isEqualTo(Persons.maskNumber(code));
            assertThat(reviewers.get("facts").toString()).doesNotContain(code);
            assertThat(award.shownTo("intake")
                            .body()
                            .at("/answers/occupationCode")
                            .asText())
                    .isEqualTo(code);
        } finally {
            forms.backToTheFolder("skills-award");
        }
    }

    @Test
    void nobodyWithoutAPartOpensAnythingAndWithoutAPurposeNobodyDoes() {
        var award = city.checked("skills-award", "granted");
        String openings = "/api/cases/" + award.number() + "/openings";
        Map<String, String> why = Map.of("fields", "identity", "purpose", "identify");
        for (String other : List.of("applicant", "applicant2", "employer", "policy-admin", "admin"))
            city.call(other, HttpMethod.POST, openings, why).is(403);
        for (String other : List.of("finance", "expert1", "senior-reviewer"))
            city.call(other, HttpMethod.POST, openings, why).is(404);
        assertThat(city.call("reviewer", HttpMethod.POST, openings, Map.of("fields", "identity"))
                        .is(422)
                        .body()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("purpose");
        assertThat(city.call("reviewer", HttpMethod.POST, openings, Map.of("fields", "identity", "purpose", "other"))
                        .is(422)
                        .body()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("words");
        city.call("reviewer", HttpMethod.POST, openings, Map.of("fields", "papers", "purpose", "identify"))
                .is(422);
        assertThat(opened(award)).as("nothing was opened").isZero();
    }

    private void daysPass(int days) {
        city.passes("P" + days + "D");
    }

    private long opened(ApplicantsCase file) {
        return db.sql("select count(*) from audit_entries where case_number = ? and kind = 'fields-opened'")
                .param(file.number())
                .query(Long.class)
                .single();
    }

    @Test
    void aMaskedNumberIsShownOnceAndItIsCountedAndTheCallOfTasklistHasNone() {
        var award = city.checked("skills-award", "granted");
        String number = award.answersAsTold().get("documentNumber").asText();
        String task = award.task("reviewer", "first-review").get("id").asText();
        Visitor reviewer = new Visitor(port).signIn("reviewer");
        String page = "/cases/by-task/" + task + "/file";
        assertThat(reviewer.get(page).body()).doesNotContain(number).contains(Persons.maskNumber(number));
        assertThat(reviewer.get("/camunda/api/engine/engine/default/task/" + task + "/form-variables")
                        .body())
                .doesNotContain(number);

        String openings = "/officers/cases/" + award.number() + "/openings";
        var without = PageForm.on(reviewer.get(page), openings)
                .with("fields", "identity")
                .with("purpose", "other")
                .send(reviewer);
        assertThat(without.status()).isEqualTo(422);
        assertThat(without.body()).doesNotContain(number);
        var sent = PageForm.on(reviewer.get(page), openings)
                .with("fields", "identity")
                .with("purpose", "other")
                .with("words", "与户籍所在地派出所核对")
                .send(reviewer);
        assertThat(sent.location()).endsWith(page + "#answers");
        assertThat(reviewer.get(page).body()).as("once").contains(number);
        assertThat(reviewer.get(page).body())
                .as("and no more")
                .doesNotContain(number)
                .contains("本案至今已查看 1 次");
        assertThat(opened(award)).isEqualTo(1);
        Visitor auditor = new Visitor(port).signIn("auditor");
        assertThat(auditor.get("/audit/looks").body()).contains("证件号码", "其他");
    }

    @Test
    void thePersonSeesWhoHasLookedAndWhatWasUnderAuditOnceItIsReleased() {
        var award = city.checked("skills-award", "granted");
        String looks = "/cases/" + award.number() + "/looks", openings = "/api/cases/" + award.number() + "/openings";
        Visitor applicant = new Visitor(port).signIn("applicant");
        String before = applicant.get(looks).body();
        award.shownTo("reviewer").is(200);
        city.call("reviewer", HttpMethod.POST, openings, Map.of("fields", "contact", "purpose", "reach"))
                .is(200);
        String after = applicant.get(looks).body();
        assertThat(after).contains("初审", "晋江市人力资源和社会保障局", "查看联系方式，用途：联系申请人").doesNotContain("王海峰", ">reviewer<");
        assertThat(before).doesNotContain("联系申请人");
        assertThat(applicant.get(looks + "?lang=en").body()).contains("Reviewer", "Purpose: To reach the applicant");
        applicant.get(looks + "?lang=zh");
        assertThat(new Visitor(port).signIn("applicant2").get(looks).status()).isEqualTo(404);

        award.shownTo("auditor").is(200);
        city.call("reviewer", HttpMethod.POST, openings, Map.of("fields", "identity", "purpose", "discipline"))
                .is(200);
        award.shownTo("reviewer").is(200);
        String withheld = applicant.get(looks).body();
        assertThat(withheld).doesNotContain(">审计<", "查看证件号码");
        assertThat(withheld).as("nor what led to it").doesNotContain("联系申请人");

        Visitor auditor = new Visitor(port).signIn("auditor");
        String fields = "case=" + award.number() + "&account=";
        assertThat(applicant
                        .form("/audit/looks", fields + "auditor", applicant.get("/inbox"))
                        .status())
                .isEqualTo(403);
        assertThat(auditor.form("/audit/looks", fields + "auditor", auditor.get("/audit/looks"))
                        .status())
                .isEqualTo(302);
        assertThat(applicant.get(looks).body()).contains(">审计<").doesNotContain("查看证件号码");
        assertThat(auditor.form("/audit/looks", fields + "reviewer", auditor.get("/audit/looks"))
                        .status())
                .isEqualTo(302);
        assertThat(applicant.get(looks).body()).contains("查看证件号码，用途：纪检监察", "联系申请人");
        assertThat(applicant.get("/cases/" + award.number()).body()).contains("公开了此前未公开的查阅记录");
        assertThat(auditor.form("/audit/looks", fields + "reviewer", auditor.get("/audit/looks"))
                        .status())
                .as("nothing is left to release")
                .isEqualTo(404);
    }

    @Test
    void whoHasNotBeenLookedAtReadsThatNobodyHas() {
        var award = city.submitted("skills-award", "granted");
        Visitor applicant = new Visitor(port).signIn("applicant");
        assertThat(applicant.get("/cases/" + award.number() + "/looks").body()).contains("没有可显示的查阅记录");
    }

    @Test
    void aPartEndsSomeDaysAfterTheStepAndComesBackWithTheTask() {
        var award = city.checked("skills-award", "granted").done("reviewer", "first-review", "approve");
        award.shownTo("reviewer").is(200);
        daysPass(settings.partDays() - 1);
        award.shownTo("reviewer").is(200);
        daysPass(2);
        award.shownTo("reviewer").is(404);
        Visitor reviewer = new Visitor(port).signIn("reviewer");
        assertThat(search(reviewer, award.number()).body()).doesNotContain("/officers/cases/" + award.number());
        assertThat(reviewer.get("/officers/cases/" + award.number()).status()).isEqualTo(404);
        award.shownTo("senior-reviewer").is(200);
        award.withOpinion("senior-reviewer", "second-review", "return");
        award.shownTo("reviewer").is(200);
    }

    @Test
    void theCounterKeepsItsPartUntilThePersonHasTheDecisionAndTheSupervisorForGood() {
        var award = city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
        award.paid().paid().isClosed("granted"); // two benefits, two payments
        daysPass(settings.partDays() + 1);
        award.shownTo("intake").is(200);
        award.shownTo("supervisor").is(200);
        award.shownTo("reviewer").is(404);
        award.shownTo("finance").is(404);
        city.call(
                        "intake",
                        HttpMethod.POST,
                        "/api/cases/" + award.number() + "/service",
                        Map.of("servedOn", city.today(), "how", "handed-over"))
                .is(200);
        daysPass(settings.partDays() + 1);
        award.shownTo("intake").is(404);
        award.shownTo("supervisor").is(200);
        award.shownTo("auditor").is(200);
    }

    @Test
    void whoDeclaredHimselfTiedNeitherReadsNorActs() {
        var award = city.checked("skills-award", "granted");
        String file = "/officers/cases/" + award.number();
        award.claim("reviewer2", "first-review").is(204);
        String task = award.task("reviewer2", "first-review").get("id").asText();
        String paper = "/cases/" + award.number() + "/papers/"
                + award.show().at("/documents/0/id").asLong();
        Visitor officer = new Visitor(port).signIn("reviewer2");
        var without = PageForm.on(officer.get(file), file + "/recusal").send(officer);
        assertThat(without.status()).isEqualTo(422);
        assertThat(without.body()).contains("请写明回避理由");
        assertThat(PageForm.on(officer.get(file), file + "/recusal")
                        .with("reason", "申请人是我的大学同学")
                        .send(officer)
                        .location())
                .endsWith("/officers/cases");
        isShutTo("reviewer2", award, task, paper);
        assertThat(award.hasTask("reviewer", "first-review")).as("it went back").isTrue();
        city.call("reviewer2", HttpMethod.POST, "/api/tasks/" + task + "/claim", null)
                .is(403);
    }

    @Test
    void aTieIsTakenBackOnceASupervisorAgrees() {
        var award = city.checked("skills-award", "granted");
        String file = "/officers/cases/" + award.number(), recusals = "/officers/recusals";
        Visitor officer = new Visitor(port).signIn("reviewer2"), supervisor = new Visitor(port).signIn("supervisor");
        PageForm.on(officer.get(file), file + "/recusal")
                .with("reason", "申请人像是我的同学")
                .send(officer);
        assertThat(officer.get(file).status()).isEqualTo(404);
        var own = officer.get(recusals);
        assertThat(own.body()).contains(award.number(), "申请人像是我的同学");
        PageForm.refused(PageForm.on(own, recusals, award.number()).send(officer), "f-reason");
        String answer = "number=" + award.number() + "&account=reviewer2&granted=true";
        assertThat(supervisor
                        .form(recusals + "/answer", answer, supervisor.get("/"))
                        .status())
                .as("nothing asked")
                .isEqualTo(404);
        Runnable asks = () -> assertThat(officer.follow(
                                PageForm.on(officer.get(recusals), recusals, award.number())
                                        .with("reason", "已核对，只是同名")
                                        .send(officer),
                                recusals)
                        .body())
                .contains("待监督人员决定");
        asks.run();
        assertThat(officer.get(file).status())
                .as("nothing before it is granted")
                .isEqualTo(404);
        for (String other : List.of("reviewer2", "leader", "admin")) {
            Visitor another = new Visitor(port).signIn(other);
            assertThat(another.form(recusals + "/answer", answer, another.get("/account"))
                            .status())
                    .as(other)
                    .isEqualTo(403);
        }
        assertThat(supervisor.get(recusals).body()).contains("申请人像是我的同学", "已核对，只是同名", "reviewer2");
        supervisor.follow(
                supervisor.form(recusals + "/answer", answer.replace("true", "false"), supervisor.get(recusals)),
                recusals);
        assertThat(officer.get(file).status()).as("declined").isEqualTo(404);
        asks.run();
        supervisor.follow(supervisor.form(recusals + "/answer", answer, supervisor.get(recusals)), recusals);
        assertThat(officer.get(file).body()).contains("申请撤回回避", "同意撤回回避");
        assertThat(officer.get(recusals).body()).doesNotContain(award.number());
        award.withOpinion("reviewer2", "first-review", "approve");
        assertThat(db.sql("select taken_back_by from case_recusals where case_number = ? and account = 'reviewer2'")
                        .param(award.number())
                        .query(String.class)
                        .single())
                .isEqualTo("supervisor");

        PageForm.on(officer.get(file), file + "/recusal").with("reason", "确是同学").send(officer);
        assertThat(officer.get(file).status()).as("tied anew").isEqualTo(404);
        assertThat(officer.get(recusals).body()).contains("确是同学").doesNotContain("只是同名");
    }

    /** Where another declaration or the panel keeps him out all the same, there is nothing to ask for. */
    @Test
    void aTieOfARelativeOrInAPanelIsNotTakenBack() {
        var award = city.checked("skills-award", "granted");
        var number = new CaseNumber(award.number());
        var officer = new Actor("reviewer2", Set.of(Role.REVIEWER));
        ties.recuse(officer, Role.REVIEWER, number, "同学");
        String drawn = "case_parts where case_number = ? and part = '@reviewer2'",
                close = "relatives where account = 'reviewer2' and person_key = ?",
                person =
                        db.sql("select person_key from cases where case_number = ?")
                                .param(award.number())
                                .query(String.class)
                                .single();
        db.sql("insert into case_parts (case_number, part) values (?, '@reviewer2')")
                .param(award.number())
                .update();
        assertThatThrownBy(() -> recusals.ask(officer, number, "同名")).hasMessage("CONFLICT PANEL");
        db.sql("delete from " + drawn).param(award.number()).update();
        db.sql("insert into relatives (account, person_key, told_at) values ('reviewer2', ?, current_timestamp)")
                .param(person)
                .update();
        try {
            assertThatThrownBy(() -> recusals.ask(officer, number, "同名")).hasMessage("CONFLICT RELATIVE");
        } finally {
            db.sql("delete from " + close).param(person).update();
        }
        recusals.ask(officer, number, "同名");
        assertThat(recusals.of(officer)).anyMatch(d -> d.number().equals(number) && "同名".equals(d.whyBack()));
    }

    private void isShutTo(String account, ApplicantsCase file, String task, String paper) {
        Visitor officer = new Visitor(port).signIn(account);
        file.shownTo(account).is(404);
        for (String page : List.of(
                "/officers/cases/" + file.number(),
                "/officers/cases/" + file.number() + "/explanation",
                "/cases/by-task/" + task + "/file",
                paper)) assertThat(officer.get(page).status()).as(page).isEqualTo(404);
        for (String call : List.of("assessments", "assessments/1/explanation", "decision"))
            city.call(account, HttpMethod.GET, "/api/cases/" + file.number() + "/" + call, null)
                    .is(404);
        city.call(
                        account,
                        HttpMethod.POST,
                        "/api/cases/" + file.number() + "/openings",
                        Map.of("fields", "identity", "purpose", "identify"))
                .is(404);
        for (String call : List.of("form-variables", "deployed-form"))
            assertThat(officer.get("/camunda/api/engine/engine/default/task/" + task + "/" + call)
                            .status())
                    .as(call)
                    .isEqualTo(404);
        assertThat(search(officer, file.number()).body()).doesNotContain("/officers/cases/" + file.number());
        assertThat(officer.get("/officers/cases").body()).doesNotContain(file.number());
        assertThat(city.call(account, HttpMethod.GET, "/api/cases?size=100", null)
                        .body()
                        .toString())
                .doesNotContain(file.number());
        assertThat(file.hasTask(account, "first-review")).isFalse();
        assertThat(inTasklist(officer)).doesNotContain(task);
    }

    /** All that Tasklist's first list shows, whose number stands above it. */
    private static String inTasklist(Visitor officer) {
        String engine = "/camunda/api/engine/engine/default/filter";
        String list = engine + "/"
                + officer.inTasklist().get(engine).json().get(0).get("id").asText();
        List<JsonNode> shown = officer.listed(list.replaceFirst(".*/", ""));
        assertThat(officer.post(list + "/count", "{\"active\":true}")
                        .json()
                        .get("count")
                        .asInt())
                .as("the number above the list")
                .isEqualTo(shown.size());
        return shown.toString();
    }

    @Test
    void theCaseOfARelativeDoesNotExistForTheOfficer() {
        var application = city.application("skills-award", "granted");
        var award = city.checked(application);
        String task = award.task("reviewer", "first-review").get("id").asText();
        String paper = "/cases/" + award.number() + "/papers/"
                + award.show().at("/documents/0/id").asLong();
        Visitor officer = new Visitor(port).signIn("reviewer2");
        assertThat(inTasklist(officer)).contains(task);
        assertThat(officer.form(
                                "/account/relatives",
                                "documentType=RESIDENT_ID&documentNumber="
                                        + application
                                                .at("/answers/documentNumber")
                                                .asText(),
                                officer.get("/account"))
                        .status())
                .isEqualTo(302);
        isShutTo("reviewer2", award, task, paper);
        award.shownTo("reviewer").is(200);
    }

    @Test
    void whereTheCityIsDividedAnOfficerSeesTheEmployersOfHisDistrictsOnly() {
        var award = city.checked("skills-award", "granted");
        String task = award.task("reviewer", "first-review").get("id").asText();
        String paper = "/cases/" + award.number() + "/papers/"
                + award.show().at("/documents/0/id").asLong();
        String employer = award.answersAsTold().get("employerCode").asText();
        Visitor admin = new Visitor(port).signIn("admin");
        try {
            for (String town : List.of("anhai", "qingyang"))
                adds(admin, "", "code=" + town + "&zh=" + town + "&en=" + town);
            adds(admin, "/employers", "employerCode=" + employer + "&district=anhai");
            adds(admin, "/officers", "account=reviewer2&district=qingyang");
            isShutTo("reviewer2", award, task, paper);
            city.call("reviewer2", HttpMethod.POST, "/api/tasks/" + task + "/claim", null)
                    .is(403);
            award.shownTo("reviewer").is(200);
            adds(admin, "/officers", "account=reviewer2&district=anhai");
            award.shownTo("reviewer2").is(200);
            assertThat(award.hasTask("reviewer2", "first-review")).isTrue();
            adds(admin, "/officers/remove", "account=reviewer2&district=anhai");
            award.shownTo("reviewer2").is(404);
        } finally {
            for (String table : List.of("account_districts", "employer_districts", "districts"))
                db.sql("delete from " + table).update();
        }
        award.shownTo("reviewer2").is(200);
        assertThat(new Visitor(port).signIn("intake").get("/admin/districts").status())
                .isEqualTo(403);
    }

    private static void adds(Visitor admin, String to, String fields) {
        assertThat(admin.form("/admin/districts" + to, fields, admin.get("/admin/districts"))
                        .status())
                .as(fields)
                .isEqualTo(302);
    }
}
