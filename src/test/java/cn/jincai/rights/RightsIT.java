package cn.jincai.rights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Person;
import cn.jincai.applicant.Persons;
import cn.jincai.applicant.Registration;
import cn.jincai.applicant.Relatives;
import cn.jincai.audit.AuditLog;
import cn.jincai.audit.AuditWatch;
import cn.jincai.filing.KeptCases;
import cn.jincai.filing.Ties;
import cn.jincai.filing.messages.Enquiries;
import cn.jincai.filing.searches.Criteria;
import cn.jincai.filing.searches.SavedSearches;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.journeys.Overheard;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Sha256;
import cn.jincai.payment.ledger.PaymentSeals;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import cn.jincai.vault.Vault;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.util.ReflectionTestUtils;

/** What the consent promises: to see, to take along, to close; and that what is erased is found nowhere, by searching for it everywhere. */
@CaseTest
class RightsIT {
    private static final String PASSWORD = "correct horse battery";

    @LocalServerPort
    int port;

    @Autowired
    Enquiries enquiries;

    @Autowired
    City city;

    @Autowired
    Overheard overheard;

    @Autowired
    Registration registration;

    @Autowired
    Accounts accounts;

    @Autowired
    OwnCopy copy;

    @Autowired
    Closings closings;

    @Autowired
    Erasure erasure;

    @Autowired
    Retention retention;

    @Autowired
    SavedSearches searches;

    @Autowired
    KeptCases cases;

    @Autowired
    Persons persons;

    @Autowired
    Relatives relatives;

    @Autowired
    Ties ties;

    @Autowired
    AuditLog record;

    @Autowired
    AuditWatch watch;

    @Autowired
    JdbcTemplate db;

    @Autowired
    Vault vault;

    @Autowired
    List<SealedColumns> rooms;

    @Autowired
    ObjectMapper json;

    @Value("${jincai.data}")
    String data;

    @Test
    @Tag("issue-15.10")
    void theCounterCorrectsANameWhichSomebodyElseHasToConfirm() {
        city.at("2026-03-02T09:00");
        String number = "350582199104170032", names = "/admin/names";
        String account = registration
                .register(
                        new Registration.Filled("郭小明", "RESIDENT_ID", number, "", "13800138000", "", PASSWORD, true),
                        "198.51.100.44")
                .orElseThrow();
        for (String stranger : List.of("applicant", "reviewer", "admin", "auditor"))
            assertThat(new Visitor(port).signIn(stranger).get(names).status())
                    .as(stranger)
                    .isEqualTo(403);
        Visitor intake = new Visitor(port).signIn("intake"), supervisor = new Visitor(port).signIn("supervisor");
        PageForm.refused(
                PageForm.on(intake.get(names), names).with("number", "reviewer").send(intake), "number");
        var found = PageForm.on(intake.get(names), names).with("number", number).send(intake);
        assertThat(found.body()).contains(account, "郭*明").doesNotContain("郭小明", number);
        PageForm entry = PageForm.on(found, names + "/entry").with("name", " 郭曉明\u200B");
        PageForm.refused(entry.send(intake), "looked");
        entry = entry.with("looked", "true");
        PageForm.refused(entry.send(intake), "reason");
        entry = entry.with("reason", "mistyped");
        PageForm.refused(entry.with("name", "郭小明").send(intake), "name");
        PageForm.refused(entry.with("name", "郭\uFFFD").send(intake), "name");
        var entered = intake.follow(entry.with("name", " 郭曉明\u200B").send(intake), names);
        assertThat(persons.of(accounts.find(account)).name()).as("nothing yet").isEqualTo("郭小明");
        String own = "account=" + account + "&confirmed=true&looked=true";
        assertThat(intake.form(names + "/answer", own, entered).status())
                .as("whoever entered it")
                .isEqualTo(403);

        var waiting = supervisor.get(names);
        assertThat(waiting.body()).contains("郭小明", "郭曉明", "登记时写错").doesNotContain(number);
        assertThat(supervisor
                        .form(names + "/answer", "account=" + account + "&confirmed=true", waiting)
                        .status())
                .as("the document not seen")
                .isEqualTo(422);
        supervisor.follow(supervisor.form(names + "/answer", own, waiting), names);
        var person = persons.of(accounts.find(account));
        assertThat(person.name()).isEqualTo("郭曉明");
        assertThat(accounts.find(account).displayName()).isEqualTo("郭曉明");
        assertThat(accounts.find(account).personKey()).isEqualTo(person.key());
        assertThat(persons.named("郭晓明")).extracting(Person::key).contains(person.key());
        Visitor holder = new Visitor(port);
        assertThat(holder.trySignIn(number, PASSWORD).status()).isEqualTo(302);
        assertThat(holder.get("/inbox").body()).contains("更正了您账号的姓名");
        assertThat(holder.get("/account/data").body()).contains("郭曉明");
        assertThat(record.search(new AuditLog.Search(null, "supervisor", "name-corrected", null, null), 0, 5)
                        .entries())
                .anyMatch(e -> Map.of("account", account, "reason", "mistyped", "enteredBy", "intake")
                                .equals(e.details())
                        && !e.toString().contains("郭"));
    }

    @Test
    @Tag("issue-15.10")
    void aCorrectedNameIsDeclinedOrWithdrawnAndNeverJudgedByThoseCloseToThePerson() {
        city.at("2026-03-02T09:00");
        String number = "350582199205180045", names = "/admin/names", answer = names + "/answer";
        String account = registration
                .register(
                        new Registration.Filled("郑海", "RESIDENT_ID", number, "", "13800138000", "", PASSWORD, true),
                        "198.51.100.45")
                .orElseThrow();
        Visitor intake = new Visitor(port).signIn("intake"), supervisor = new Visitor(port).signIn("supervisor");
        String entry =
                "account=" + account + "&name=" + URLEncoder.encode("郑海峰", UTF_8) + "&reason=changed&looked=true";
        for (Visitor by : List.of(intake, supervisor)) {
            intake.follow(intake.form(names + "/entry", entry, intake.get(names)), names);
            by.follow(by.form(answer, "account=" + account + "&confirmed=false", by.get(names)), names);
            assertThat(by.form(answer, "account=" + account + "&confirmed=true&looked=true", by.get(names))
                            .status())
                    .as("none waits")
                    .isEqualTo(404);
        }
        intake.follow(intake.form(names + "/entry", entry, intake.get(names)), names);
        relatives.declare(accounts.actor("supervisor"), "RESIDENT_ID", number);
        assertThat(supervisor
                        .form(answer, "account=" + account + "&confirmed=true&looked=true", supervisor.get(names))
                        .status())
                .isEqualTo(403);
        assertThat(persons.of(accounts.find(account)).name()).isEqualTo("郑海");
        assertThat(supervisor.form(names + "/entry", entry, supervisor.get("/")).status())
                .as("supervisors only check")
                .isEqualTo(403);
    }

    @Test
    @Tag("issue-15.10")
    void aPersonTakesEverythingAlongAndIsAskedForThePasswordFirst() throws IOException {
        city.at("2026-03-02T09:00");
        ApplicantsCase award = city.checked("skills-award", "granted").waitsAt("first-review");
        var number = new CaseNumber(award.number());
        enquiries.ask(accounts.actor("applicant"), number, "公示要登报吗？");
        enquiries.answer(
                accounts.actor("reviewer"), number, enquiries.of(number).get(0).id(), "不登报。");
        award.reviewedByBoth().noticedAndSigned().paid();
        Visitor applicant = new Visitor(port).signIn("applicant");
        var page = applicant.get("/account/data");
        assertThat(page.body()).contains(award.number());
        PageForm.refused(
                PageForm.on(page, "/account/copy").with("proof", "guessed").send(applicant), "proof");

        var whole = new ByteArrayOutputStream();
        copy.write(accounts.actor("applicant"), whole);
        Map<String, byte[]> files = unpacked(whole.toByteArray());
        String folder = "cases/" + award.number() + "/";
        assertThat(files.keySet()).contains("account.json", "messages.json", folder + "case.json");
        assertThat(json.readTree(files.get("account.json")).get("messageWays").has("texts"))
                .as("by which ways he wants his messages")
                .isTrue();
        JsonNode file = json.readTree(files.get(folder + "case.json"));
        String name = award.answersAsTold().get("name").asText();
        assertThat(file.at("/case/answers/name").asText()).isEqualTo(name);
        assertThat(file.at("/fields/name/zh").asText()).isEqualTo("姓名");
        assertThat(file.at("/decision/outcome").asText()).isEqualTo("granted");
        assertThat(file.get("payments").findValuesAsText("status")).contains("paid");
        assertThat(file.at("/bankAccount/number").asText()).isNotEmpty();
        assertThat(file.at("/enquiries/0/question").asText()).isEqualTo("公示要登报吗？");
        assertThat(file.at("/enquiries/0/answer").asText()).isEqualTo("不登报。");
        assertThat(file.at("/enquiries/0/answeredAs").asText()).isEqualTo("reviewer");
        assertThat(file.at("/enquiries/0/answeredBy").isNull())
                .as("a role, and no account")
                .isTrue();
        assertThat(files.keySet().stream().filter(f -> f.startsWith(folder + "letters/")))
                .anyMatch(f -> f.endsWith("-decision.pdf"));
        assertThat(files.entrySet().stream()
                        .filter(e -> e.getKey().startsWith(folder + "papers/"))
                        .map(e -> Sha256.of(e.getValue())))
                .as("as they were handed in")
                .isNotEmpty()
                .allMatch(sha -> file.toString().contains(sha));

        var sent = PageForm.on(page, "/account/copy").with("proof", "applicant").send(applicant);
        assertThat(sent.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(record.search(new AuditLog.Search(null, "applicant", "copy-taken", null, null), 0, 5)
                        .entries())
                .hasSize(1);
        assertThat(new Visitor(port).get("/account/data", "Accept", "text/html").location())
                .as("nobody else")
                .endsWith("/sign-in");
    }

    @Test
    @Tag("issue-15.10")
    void anAccountWithAnOpenCaseWaitsAndSaysForWhat() {
        city.at("2026-03-02T09:00");
        ApplicantsCase open = city.submitted("skills-award", "granted");
        Visitor applicant = new Visitor(port).signIn("applicant");
        var page = applicant.get("/account/close");
        assertThat(page.body()).contains(open.number(), "还在办理").doesNotContain("name=\"sure\"");
        assertThat(applicant
                        .form("/account/close", "sure=true&proof=applicant", page)
                        .status())
                .isEqualTo(409);
        assertThat(closings.due("applicant")).isEmpty();
        assertThat(new Visitor(port).signIn("reviewer").get("/account/close").body())
                .contains("工作人员账号由管理员停用");
    }

    @Test
    @Tag("issue-15.10")
    void aClosedAccountLeavesNothingOfItsHolderBehind() throws IOException {
        city.at("2026-03-02T09:00");
        String name = "欧阳𠮷辞", number = "350582199203040014", phone = "13859557123", mail = "ouyang.ci@example.com";
        List<String> values = List.of(name, number, phone, mail);
        String account = registration
                .register(
                        new Registration.Filled(name, "RESIDENT_ID", number, "", phone, mail, PASSWORD, true),
                        "198.51.100.61")
                .orElseThrow();
        Visitor holder = new Visitor(port);
        holder.trySignIn(number, PASSWORD);
        var api = new Visitor(port).withPassword(account, PASSWORD);
        String draft = api.post("/api/cases", "{\"scheme\":\"skills-award\",\"answers\":{\"name\":\"" + name + "\"}}")
                .json()
                .get("number")
                .asText();
        long papers = papers();
        assertThat(api.send(
                                "POST",
                                "/api/cases/" + draft + "/documents?need=LABOUR_CONTRACT",
                                part(),
                                "Content-Type",
                                "multipart/form-data; boundary=x")
                        .status())
                .isEqualTo(422); // no document at all, but the draft is there
        assertThat(found(values))
                .as("what is searched for is found while it is there")
                .containsAll(values);

        var page = holder.get("/account/close");
        PageForm.refused(
                PageForm.on(page, "/account/close").with("proof", PASSWORD).send(holder), "sure");
        assertThat(PageForm.on(page, "/account/close")
                        .with("sure", "true")
                        .with("proof", PASSWORD)
                        .send(holder)
                        .location())
                .endsWith("/account");
        assertThat(holder.get("/account").body()).contains("撤回注销");
        city.passes("P10D");
        Visitor later = new Visitor(port);
        later.trySignIn(number, PASSWORD);
        assertThat(PageForm.on(later.get("/account"), "/account/close/undo")
                        .send(later)
                        .status())
                .isEqualTo(302);
        city.passes("P10D");
        assertThat(accounts.find(account).locked())
                .as("he has changed his mind")
                .isFalse();

        later.trySignIn(number, PASSWORD);
        closings.ask(accounts.actor(account), PASSWORD);
        city.passes("P17D");
        assertThat(accounts.find(account).locked()).isTrue();
        assertThat(new Visitor(port).trySignIn(number, PASSWORD).status()).isEqualTo(401);
        assertThat(found(values))
                .as("values of the person, in every table, opened, in files and the log")
                .isEmpty();
        assertThat(papers()).isEqualTo(papers);
        assertThat(registration.register(
                        new Registration.Filled(name, "RESIDENT_ID", number, "", phone, "", PASSWORD, true),
                        "198.51.100.62"))
                .as("he may come again")
                .isPresent();
    }

    @Test
    @Tag("issue-15.10")
    void aCaseThatWasKeptForItsTimeIsErasedAndTheRecordIsStillWhole() throws IOException {
        city.at("2026-03-02T09:00");
        ObjectNode unlikely = city.application("skills-award", "granted");
        ((ObjectNode) unlikely.get("answers")).put("name", "令狐𠮷丙").put("accountHolder", "令狐𠮷丙");
        ApplicantsCase refused = city.submitted(unlikely).withOpinion("intake", "acceptance", "not-accepted");
        anEndIsTakenBack(refused, "令狐𠮷丙");
        ties.recuse(accounts.actor("reviewer2"), Role.REVIEWER, new CaseNumber(refused.number()), "令狐𠮷丙是我的同学");
        ApplicantsCase paid =
                city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
        while (!paid.stage().equals("closed")) paid.paid();
        for (ApplicantsCase one : List.of(refused, paid)) {
            JsonNode answers = one.answersAsTold();
            List<String> values = Stream.of("name", "documentNumber", "phone", "bankAccount")
                    .map(key -> answers.path(key).asText())
                    .filter(value -> !value.isEmpty())
                    // the demo gives its names to others too
                    .filter(value ->
                            one == refused || !value.equals(answers.path("name").asText()))
                    .toList();
            assertThat(found(values)).as("there").containsAll(values);
            List<String> places =
                    db.queryForList("select place from evidence where case_number = ?", String.class, one.number());
            assertThat(places).isNotEmpty().allMatch(this::isThere);
            String person =
                    db.queryForObject("select person_key from cases where case_number = ?", String.class, one.number());
            cases.erase(new CaseNumber(one.number()));
            persons.erase(person);
            assertThat(found(values)).as("gone").isEmpty();
            assertThat(places).noneMatch(this::isThere);
            assertThat(one.shownTo("applicant").is(409).code()).isEqualTo("ERASED");
            assertThat(one.shownTo("auditor").is(409).code()).isEqualTo("ERASED");
            assertThat(new Visitor(port).signIn("applicant").get("/cases").status())
                    .isEqualTo(200);
        }
        assertThat(db.queryForList("select status from payments where case_number = ?", String.class, paid.number()))
                .as("what was paid stays")
                .contains("paid");
        assertThat(watch.look(true).check().found())
                .as("chain, decisions and payments fit")
                .isNull();
        db.update("delete from taken_back_ends where case_number = ?", refused.number());
        db.update("delete from ended_grants where case_number = ?", refused.number());
        db.update("delete from pay_runs where run_number = 'RUN-skills-award-2001-01'");
    }

    /** One that stands and one that was taken back, with words of officers and of a source that name the person. */
    private void anEndIsTakenBack(ApplicantsCase file, String name) {
        String number = file.number();
        String grounds = """
                {"reason": "GONE", "message": {"zh": "%1$s", "en": "%1$s"}, "mend": {"zh": "", "en": ""}, "appeal": {"zh": "", "en": ""}, "asOf": "2026-03-02", "told": {"owner": "%1$s"}}""".formatted(name);
        db.update(
                "insert into pay_runs (run_number, scheme, package_hash, opens_on) select 'RUN-skills-award-2001-01', 'skills-award', package_hash, date '2001-01-01' from cases where case_number = ?",
                number);
        db.update(
                "insert into ended_grants (case_number, benefit, run_number, ended_from, reason, sealed_grounds, ended_at) values (?, 'A', 'RUN-skills-award-2001-01', date '2001-01-01', 'GONE', ?, now())",
                number,
                vault.seal(PaymentSeals.ENDED, grounds, number, "A").text());
        db.update(
                "insert into taken_back_ends (row_key, case_number, benefit, run_number, ended_from, ended_at, sealed_grounds, sealed_reason, proposed_by, proposed_at, outcome, decided_by, decided_at, sealed_answer) values (?, ?, 'A', 'RUN-skills-award-2001-01', date '2001-01-01', now(), ?, ?, 'reviewer', now(), 'declined', 'leader', now(), ?)",
                "end-" + number,
                number,
                vault.seal(PaymentSeals.END_BEFORE, grounds, "end-" + number).text(),
                vault.seal(PaymentSeals.TAKEN_BACK, name + "登记有误", "end-" + number)
                        .text(),
                vault.seal(PaymentSeals.NOT_TAKEN_BACK, name + "登记无误", "end-" + number)
                        .text());
    }

    @Test
    @Tag("issue-15.10")
    void theDailyRunTakesWhatIsDueAndSaysBeforehandWhatThatIs() {
        city.at("2026-03-02T09:00");
        ApplicantsCase draft = city.drafted("skills-award", "granted");
        LocalDate begun = LocalDate.parse(city.today());
        assertThat(retention.retention()).containsKeys("drafts", "cases-with-grant", "messages", "record");
        city.at(begun.plusMonths(12) + "T09:00");
        assertThat(due("drafts").due()).isZero();
        assertThat(due("drafts").soon()).isPositive();
        draft.shownTo("applicant").is(200);
        city.at(begun.plusMonths(12).plusDays(1) + "T09:00");
        assertThat(new Visitor(port).signIn("admin").get("/admin/retention").body())
                .contains("未提交的草稿");
        long due = due("drafts").due();
        assertThat(due).isPositive();
        ReflectionTestUtils.setField(erasure, "byIllustrative", false);
        try {
            assertThat(erasure.daily()).isTrue();
            assertThat(due("drafts").due())
                    .as("outside the demo by no period that nobody has named")
                    .isEqualTo(due);
        } finally {
            ReflectionTestUtils.setField(erasure, "byIllustrative", true);
        }
        city.at(begun.plusMonths(12).plusDays(2) + "T09:00");
        long erased = due("drafts").due();
        assertThat(erasure.daily()).isTrue();
        assertThat(erasure.daily()).as("once a day").isFalse();
        draft.shownTo("applicant").is(404);
        assertThat(erasure.runs().get(0).erased()).containsEntry("drafts", (int) erased);
        assertThat(record.search(new AuditLog.Search(null, "system", "erased", null, null), 0, 5)
                        .entries())
                .anyMatch(e -> String.valueOf(erased).equals(e.details().get("drafts")));
        assertThat(new Visitor(port).signIn("intake").get("/admin/retention").status())
                .isEqualTo(403);
    }

    @Test
    @Tag("issue-17.5")
    void searchesThatOfficersHaveSavedDoNotOutliveThePeopleInThem() {
        city.at("2026-03-02T09:00");
        LocalDate savedOn = LocalDate.parse(city.today());
        Actor officer = new Actor("senior-reviewer2", Set.of(Role.SENIOR_REVIEWER));
        searches.save(officer, "old-one", looksFor("欧阳若水"));
        city.at(savedOn.plusMonths(12) + "T09:00");
        searches.save(officer, "young-one", looksFor("欧阳若山"));
        assertThat(due("saved-searches").due()).isZero();
        assertThat(due("saved-searches").soon()).isPositive();
        city.at(savedOn.plusMonths(12).plusDays(3) + "T09:00");
        long due = due("saved-searches").due();
        assertThat(due).isPositive();
        LocalDate today = LocalDate.parse(city.today());
        db.update("delete from erasure_runs where run_day >= ?", today); // of stories that are later
        assertThat(erasure.daily()).isTrue();
        assertThat(erasure.runs().get(0).erased()).containsEntry("saved-searches", (int) due);
        db.update("delete from erasure_runs where run_day >= ?", today); // and for those that are earlier
        assertThat(searches.of(officer))
                .extracting(SavedSearches.Saved::name)
                .contains("young-one")
                .doesNotContain("old-one");
        searches.of(officer).forEach(saved -> searches.remove(officer, saved.id()));
    }

    private static Criteria looksFor(String name) {
        return new Criteria(name, null, null, null, null, null, null, null, null);
    }

    private Erasure.Foreseen due(String kind) {
        return erasure.foreseen().stream()
                .filter(f -> f.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static String part() {
        return "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.pdf\"\r\n\r\nno paper\r\n--x--\r\n";
    }

    private long papers() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(data))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private boolean isThere(String place) {
        return Files.exists(Path.of(data, "papers", place.substring(0, 2), place));
    }

    /** Which of these values stand anywhere: in any cell of any table, the engine's too, in the clear or sealed; in any file of the data folder; in the log. */
    private List<String> found(List<String> values) throws IOException {
        List<String> texts = new ArrayList<>(cells());
        texts.addAll(opened());
        texts.addAll(overheard.lines());
        try (Stream<Path> files = Files.walk(Path.of(data))) {
            for (Path file : files.filter(Files::isRegularFile).toList())
                texts.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        }
        return values.stream()
                .filter(value -> texts.stream().anyMatch(text -> text.contains(value)))
                .toList();
    }

    private List<String> cells() {
        List<String> cells = new ArrayList<>();
        for (Map<String, Object> column : db.queryForList("""
            select table_name as t, column_name as c from information_schema.columns
            where lower(table_schema) = 'public' and lower(data_type) in ('character varying', 'text', 'character large object', 'character')"""))
            cells.addAll(db.queryForList(
                    "select distinct \"" + column.get("c") + "\" from \"" + column.get("t") + "\" where \""
                            + column.get("c") + "\" is not null",
                    String.class));
        db.queryForList("select bytes_ from act_ge_bytearray where bytes_ is not null", byte[].class)
                .forEach(bytes -> cells.add(new String(bytes, StandardCharsets.UTF_8)));
        return cells;
    }

    /** Everything that is sealed, opened by whoever has the key. */
    private List<String> opened() {
        List<String> opened = new ArrayList<>();
        for (SealedColumn column :
                rooms.stream().flatMap(room -> room.columns().stream()).toList())
            for (Map<String, Object> row :
                    db.queryForList("select * from " + column.table() + " where " + column.column() + " is not null"))
                vault.look(
                                column,
                                new Sealed(row.get(column.column()).toString()),
                                column.key().stream().map(row::get).toArray())
                        .ifPresent(opened::add);
        return opened;
    }

    private static Map<String, byte[]> unpacked(byte[] zip) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry())
                files.put(entry.getName(), in.readAllBytes());
        }
        return files;
    }
}
