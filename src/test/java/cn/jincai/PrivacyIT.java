package cn.jincai;

import static cn.jincai.journeys.TypedWords.WORDS;
import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.applicant.Persons;
import cn.jincai.applicant.likeness.Likenesses;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.journeys.Overheard;
import cn.jincai.journeys.Secrets;
import cn.jincai.journeys.TypedWords;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.forms.FormParts;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * No name, identity number, phone, e-mail or account ever reaches the engine, a log line, an address or, in clear, a table (个人信息保护法 51). What the
 * log and the addresses tell is looked at after every class of tests; here somebody goes through each scheme and each page, and the tables are read, with whatever
 * the tests before have left in them.
 */
@CaseTest
class PrivacyIT {
    private static final Pattern HREF = Pattern.compile("href=\"(/[^\"#]*)");

    private static final Pattern SECTION = Pattern.compile("/apply/([a-z-]+)[\"?#]");

    /** What fits into a field and tells who it is. */
    private static final Map<String, String> TELLING = Map.of(
            "name",
            TypedWords.NAME,
            "documentNumber",
            TypedWords.NUMBER,
            "phone",
            TypedWords.PHONE,
            "email",
            TypedWords.PHONE + "@example.com",
            "employerName",
            TypedWords.NAME + "工作室",
            "accountHolder",
            TypedWords.NAME,
            "bankName",
            "中国银行（" + TypedWords.NAME + "）",
            "bankAccount",
            "62220" + TypedWords.PHONE);

    /** Patterns of fields that take text and no words of people, with the reason. */
    private static final List<String> NOT_WORDS = List.of(
            // one of a few words, and a path of ours: what is neither says nothing
            "POST /display (words|from)",
            // words on rules, which all who work on them read (decision 120)
            "POST /(admin|api)/(packages|proposals|registers|calendar|what-if|moves|version-moves).*",
            "GET (/admin/moves/new|/api/version-moves/trial) rule",
            // ids of the engine's jobs
            "POST (/admin|/api)/failures.* (job|jobs|one)",
            "GET /admin/packages/.* (form|from|path|like)",
            // a form's key; and a part of a name in a public register, which is kept nowhere and stands in no address
            "POST /account/remembered field",
            "POST /cases/.*/find/.* (part|choice)",
            // employers' names are public, their register has them as they are
            "POST /admin/employers employer(Name|Code)",
            "POST /admin/employer-changes (oldCode|newCode|from|reason)",
            // what schemes are called: an address that may be passed on
            "GET /schemes (q|for)", // a word that is searched for, and the key of an audience
            // codes, numbers and days: what is none of them is refused
            "GET /documents code",
            ".* (scheme|stage|outcome|group|kind|need|how|role|fields|documentType|birthDate|servedOn|employerCode|account|holder|field|occupationCode)",
            ".*/application.form (employerCode|occupationCode|field)",
            "POST /api/cases/\\{number}/submission promises",
            "POST /cases/\\{number}/(submission|supplement) promises",
            // compared with the name in the application, and kept nowhere
            "POST /cases/\\{number}/(submission|supplement) promiseName",
            // a file's name in parts: the same door as by the call; its mark is kept as a hash
            "POST /cases/\\{number}/papers/parts(/\\{key})? (name|mark|part)",
            "POST (/api/cases|/officers/cases)/\\{number}/facts (name|value.*|task|line)",
            "POST /officers/cases/.* task",
            "POST /officers/tasks/.* (task|reason|to)",
            "POST /officers/absences (first|last|deputy)",
            "POST /officers/cases/.* colleague",
            // shown once more and kept nowhere: it is kept when it is sent to the other address, by the story of many
            // at once
            "POST /officers/bulk/choice opinion",
            "POST (/api/cases|/officers/cases)/\\{number}/openings (fields|purpose)",
            "POST /audit/looks case",
            // numbers of cases, codes of a list, a number and accounts; a file that is compared and forgotten
            "POST /inquiry/evidence(/check)? (number|purpose|file)",
            "POST /inquiry/pairs(/cases)? (least|purpose|to)",
            "POST (/api)?/inquiry/.* (number|from|to|purpose|format)",
            "POST /officers/samples/.*/finding (finding|measure)",
            // codes, of which unknown ones are refused
            "POST (/api|/officers)/cases/\\{number}/revisions (kind|reason|benefits|result)",
            // words that the decision itself says, with which they are compared
            "POST /api/cases/\\{number}/revisions wrong",
            // by the page: the same door as by the call
            "POST /officers/cases/\\{number}/revisions (words|wrong|right)",
            // only shown; and the same door as the opinions of the two steps behind it
            "common/(recheck|revision-.*).form (proposal|answered)",
            "common/recheck.form opinion",
            // keys of steps and codes of lists; an account is none of a person outside the office
            "GET /officers/board.* (by|of|which|after|path)",
            "GET /officers/discretion.* reason",
            // a code of the register of audiences
            "GET /schemes for",
            // towns
            "POST /admin/districts.* (code|zh|en|district)",
            // one of three codes
            "POST /admin/names/entry reason",
            "POST /officers/persons/\\{id} (same|case)",
            "POST /apply/.*",
            "POST /cases/\\{number}/apply/\\{section} (then|from)",
            "POST /finance/budget (fund|year|sum)",
            // who is signed in, which nobody writes
            "POST /api/notices/\\{id}/objections who.*",
            // what is asked for by them is found, or nothing is
            "POST (/api)?/notices/objections(/look-up|/papers)? (number|code|file)",
            "POST /notices/\\{id} file",
            "PUT /api/earlier-grants/\\{benefit} (documentType|facts.*)",
            "POST /api/what-if .*",
            // tables of the bank, which are read and not kept
            "POST .*/batches/\\{id}/answers file",
            // rosters are handed in for schemes that only RosterIT publishes: it writes there, and looks for it in
            // every table and in the log
            "POST /cases/\\{number}/roster (text|file)",
            // the same form, kept as it is typed: the same door as the supplement
            "POST /cases/\\{number}/supplement/draft .*",
            // numbers of cases, and a code that is compared and forgotten
            "POST /employer/several number",
            "POST /employer-invitations/\\{key} code",
            // whom it names is found, or nothing is kept of it
            "POST /officers/filing person",
            "PUT /api/cases/\\{number}/lines lines.*",
            "POST (/api)?/lines/\\{number}(/objections)? text",
            // LifeOfAGrantIT looks for it in every table
            "POST (/api/cases/\\{number}/ends|/officers/cases/\\{number}/end)(/.*)? (why|benefit)",
            // a file's name by the page: the same door as by the call
            "POST /cases/\\{number}/papers file",
            // facts to try out: codes, numbers and days of nobody, which are computed with and forgotten
            "POST /(api/assessments|screener).*",
            // the scheme from whose page somebody came
            "GET /screener.* scheme",
            // kept as a hash, or looked at and forgotten
            ".* (password|old|token|proof)",
            "POST /sign-in.*",
            "POST /account/(second-factor.*|sessions|contact/.*|passkeys/remove) (code|mark|id)",
            // the demo's switches
            "(POST|PUT) /api/demo/.*",
            // what is looked up stands in the address: numbers of cases, accounts and codes
            "GET .* (case|account|kind|name|from|to|path|diagram|hash|format|group|ruleset|version|page|size|number|task|step)",
            // the same two steps of a half-yearly run: the same door and the same statement as a payment's
            "common/run-(make|approve).form opinion",
            // the first administrator is made once in the life of a database
            "POST /first-administrator .*",
            // an account's own name
            "POST /admin/accounts/new name");

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Overheard overheard;

    @Autowired
    Secrets secrets;

    @Autowired
    TypedWords typed;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping pages;

    @Autowired
    ObjectMapper json;

    @Autowired
    JdbcTemplate db;

    @Autowired
    Persons persons;

    @Autowired
    Likenesses likenesses;

    private final Set<String> filledIn = new TreeSet<>();

    /** Whoever adds a field for words adds a line to these stories, or to {@link #NOT_WORDS} why nothing of people can stand in it. */
    @Test
    void whatIsWrittenOfSomebodyIntoAnyFieldStandsNowhereInTheClear() throws IOException {
        city.at("2026-03-02T09:00");
        SoftAssertions all = new SoftAssertions();
        all.check(this::everyApplicationForm);
        all.check(this::aSupplementAFactAndARefusal);
        all.check(this::aSilentSource);
        all.check(this::anObjectionAHearingAndMoney);
        all.check(this::aPanelAndAnEmployer);
        all.check(this::withdrawalsAndRatings);
        all.check(this::manyAtOnce);
        all.check(this::peopleAndTheirAccounts);
        all.check(this::aMonthlySample);
        all.check(this::inquiries);
        all.check(this::afterTheDecision);
        all.check(this::colleagues);
        all.check(this::moreTime);

        Set<String> open = fields();
        Set<String> written = new TreeSet<>(typed.fields());
        written.addAll(filledIn);
        open.removeIf(field -> field.endsWith("*")
                ? written.stream().anyMatch(w -> w.startsWith(field.substring(0, field.length() - 1)))
                : written.contains(field));
        open.removeIf(field -> NOT_WORDS.stream().anyMatch(pattern -> field.matches(pattern)));
        all.assertThat(open)
                .as("fields that take words, into which nobody wrote any here")
                .isEmpty();
        whatWasTypedIsNotIn("tables", textCells(), all);
        whatWasTypedIsNotIn("what the engine keeps as bytes", bytes(), all);
        whatWasTypedIsNotIn("log", overheard.lines(), all);
        whatWasTypedIsNotIn("addresses", overheard.takeAddresses(), all);
        all.assertAll();
    }

    private static void whatWasTypedIsNotIn(String where, Collection<String> texts, SoftAssertions all) {
        all.assertThat(texts.stream().filter(TypedWords::isIn)).as(where).isEmpty();
    }

    /** Into each field of each application what fits there and tells who it is, by a program and on the portal's pages. */
    private void everyApplicationForm() throws IOException {
        for (String scheme : List.of("skills-award", "talent-recognition", "recruitment-subsidy")) {
            ApplicantsCase draft = city.drafted(scheme, "granted");
            Map<String, Object> patch = new TreeMap<>();
            for (String key : textFields(Path.of("forms", scheme, "application.form")))
                if (TELLING.containsKey(key)) {
                    patch.put(key, TELLING.get(key));
                    filledIn.add(scheme + "/application.form " + key);
                }
            patch.put("documentType", "RESIDENT_ID");
            patch.put("birthDate", "1988-08-08"); // as the number says
            draft.answers(patch).is(200);
            Visitor applicant = new Visitor(port).signIn("applicant");
            String home = "/cases/" + draft.number();
            for (String section : SECTION.matcher(applicant.get(home + "/check").body())
                    .results()
                    .map(link -> link.group(1))
                    .distinct()
                    .toList()) {
                PageForm form = PageForm.on(applicant.get(home + "/apply/" + section), home + "/apply/" + section);
                TELLING.forEach((key, value) -> {
                    if (form.has(key)) form.with(key, value);
                });
                assertThat(form.send(applicant).status()).as(section).isEqualTo(302);
            }
            String draftOfPerson = home + "/apply/person";
            applicant.form(draftOfPerson + "/draft", "name=" + encoded(TypedWords.NAME), applicant.get(draftOfPerson));
        }
    }

    private void aSupplementAFactAndARefusal() {
        city.call("applicant", HttpMethod.POST, "/api/cases", Map.of("scheme", "skills-award", "answers", TELLING))
                .is(201);
        var award = city.submitted("skills-award", "granted");
        says(award, "intake", "acceptance", "supplement", Map.of("items", "LABOUR_CONTRACT,employerName"));
        award.attach("LABOUR_CONTRACT");
        Visitor applicant = new Visitor(port).signIn("applicant");
        String supplement = "/cases/" + award.number() + "/supplement";
        applicant.form(
                supplement + "/draft",
                "employerName=" + encoded(TELLING.get("employerName")),
                applicant.get(supplement));
        assertThat(PageForm.on(applicant.get(supplement), supplement)
                        .with("employerName", TELLING.get("employerName"))
                        .send(applicant)
                        .status())
                .isEqualTo(302);
        city.passes("PT1M");
        says(award, "intake", "acceptance", "accept", Map.of());
        city.passes("PT2M");
        award.waitsAt("first-review");
        city.call(
                        "reviewer",
                        HttpMethod.POST,
                        "/api/cases/" + award.number() + "/facts",
                        Map.of("name", "contractMonths", "value", 48, "note", WORDS))
                .is(200);
        Visitor reviewer = new Visitor(port).signIn("reviewer");
        String file = "/officers/cases/" + award.number();
        assertThat(reviewer.form(
                                file + "/facts",
                                "name=contractMonths&value=47&note=" + encoded(WORDS),
                                reviewer.get(file))
                        .status())
                .isEqualTo(302);
        assertThat(PageForm.on(reviewer.get(file), file + "/openings")
                        .with("fields", "contact")
                        .with("purpose", "other")
                        .with("words", WORDS)
                        .send(reviewer)
                        .status())
                .isEqualTo(302);
        city.call(
                        "reviewer",
                        HttpMethod.POST,
                        "/api/cases/" + award.number() + "/openings",
                        Map.of("fields", "contact", "purpose", "other", "words", WORDS))
                .is(200);
        Visitor tied = new Visitor(port).signIn("reviewer2");
        assertThat(PageForm.on(tied.get(file), file + "/recusal")
                        .with("reason", WORDS)
                        .send(tied)
                        .status())
                .isEqualTo(302);
        String recusals = "/officers/recusals";
        assertThat(PageForm.on(tied.get(recusals), recusals)
                        .with("reason", WORDS)
                        .send(tied)
                        .status())
                .isEqualTo(302);
        Map<String, Object> one = Map.of("reject", "CITY_AWARD");
        says(award, "reviewer", "first-review", "approve", one);
        says(award, "senior-reviewer", "second-review", "approve", one);
        says(award, "leader", "leader-review", "approve", one);
        award.noticed();
        says(award, "leader", "decision", "sign", Map.of("grounds", Map.of("CITY_AWARD", WORDS)));
        filledIn.add("common/decision.form grounds");
    }

    private void aSilentSource() {
        city.source("insurance", "down");
        try {
            var award = city.submitted("skills-award", "granted").done("intake", "acceptance", "accept");
            city.passes("PT2M");
            says(award, "intake", "data-checks", "continue", Map.of());
        } finally {
            city.source("insurance", "ok");
        }
    }

    private void anObjectionAHearingAndMoney() {
        var award = city.checked("skills-award", "granted").reviewedByBoth();
        String notice = "/notices/" + award.notice().get("id").asLong();
        Visitor neighbour = new Visitor(port);
        assertThat(PageForm.on(neighbour.get(notice), notice)
                        .with("name", TypedWords.NAME)
                        .with("contact", TypedWords.PHONE)
                        .with("text", WORDS)
                        .send(neighbour)
                        .status())
                .isLessThan(400);
        city.call(
                        null,
                        HttpMethod.POST,
                        "/api" + notice + "/objections",
                        Map.of("name", TypedWords.NAME, "contact", TypedWords.PHONE, "text", WORDS))
                .is(201);
        says(award, "supervisor", "objection", "dismiss", Map.of("published", "证件" + TypedWords.NUMBER + "已核实。"));
        filledIn.add("common/objection.form published");
        award.done("supervisor", "objection", "uphold", Map.of("opinion", "证件" + TypedWords.NUMBER + "已核实。"));
        city.passes("P15D");
        heard(award, false);
        award.done("reviewer2", "first-review", "approve")
                .done("senior-reviewer", "second-review", "approve")
                .done("leader", "decision", "sign");
        city.passes("PT1M");
        says(award, "finance", "payment-make", "submit", Map.of());
        says(award, "finance-approver", "payment-approve", "approve", Map.of());
        city.passes("PT1M");
        city.bank("refuse");
        says(award, "finance", "bank-result", "ask-account", Map.of());
        Visitor applicant = new Visitor(port).signIn("applicant");
        String account = "/cases/" + award.number() + "/account";
        assertThat(PageForm.on(applicant.get(account), account)
                        .with("bankName", TELLING.get("bankName"))
                        .with("bankAccount", "6216610100010000005")
                        .send(applicant)
                        .status())
                .isLessThan(400);
        says(award, "finance", "payment-make", "give-up", Map.of());
        heard(award, true);
        city.passes("PT1M");
        award.done("leader", "decision", "sign", Map.of("opinion", WORDS));
        filledIn.add("common/give-up-decision.form opinion");
    }

    private void heard(ApplicantsCase file, boolean byPage) {
        String path = "/cases/" + file.number() + "/hearing";
        Visitor applicant = new Visitor(port).signIn("applicant");
        if (byPage)
            assertThat(PageForm.on(applicant.get(path), path)
                            .with("text", WORDS)
                            .send(applicant)
                            .status())
                    .isEqualTo(302);
        else
            city.call("applicant", HttpMethod.POST, "/api/cases/" + file.number() + "/answer", Map.of("text", WORDS))
                    .is(204);
    }

    private void aPanelAndAnEmployer() {
        var talent = city.submitted("talent-recognition", "panel").waitsAt("employer-check");
        Visitor clerk = new Visitor(port).signIn("employer");
        String check = "/employer/" + talent.number();
        assertThat(PageForm.on(clerk.get(check), check)
                        .with("outcome", "confirm")
                        .with("opinion", WORDS)
                        .send(clerk)
                        .status())
                .isEqualTo(302);
        says(city.submitted("talent-recognition", "granted"), "employer", "employer-check", "confirm", Map.of());
        whyAnEmployerDenies(clerk);
        talent.done("intake", "acceptance", "accept");
        city.passes("PT1M");
        talent.reviewedByBoth();
        if (talent.stage().equals("leader-review")) talent.done("leader", "leader-review", "approve");
        for (String expert : List.of("expert1", "expert2", "expert3"))
            says(talent, expert, "expert-panel", "reject", Map.of());
    }

    private void whyAnEmployerDenies(Visitor clerk) {
        var denied = city.submitted("talent-recognition", "granted").waitsAt("employer-check");
        String several = "/employer/several", word = "/cases/" + denied.number() + "/employer-word";
        assertThat(PageForm.on(clerk.get(several + "?number=" + denied.number()), several)
                        .with("outcome-" + denied.number(), "deny")
                        .with("reason-" + denied.number(), WORDS)
                        .send(clerk)
                        .status())
                .isEqualTo(302);
        Visitor applicant = new Visitor(port).signIn("applicant");
        assertThat(PageForm.on(applicant.get(word), word)
                        .with("words", WORDS)
                        .send(applicant)
                        .status())
                .isEqualTo(302);
    }

    /** One opinion for many cases, while it waits. */
    private void manyAtOnce() {
        city.checked("skills-award", "granted");
        Visitor reviewer = new Visitor(port).signIn("reviewer");
        var sent = PageForm.on(
                        reviewer.get("/officers/bulk/choice?scheme=skills-award&step=first-review"), "/officers/bulk")
                .with("opinion", WORDS)
                .send(reviewer);
        assertThat(sent.status()).isEqualTo(302);
        assertThat(db.queryForObject(
                        "select count(*) from bulk_approvals where sealed_opinion is not null", Long.class))
                .isPositive();
    }

    private void colleagues() {
        city.at("2026-03-02T09:00");
        ApplicantsCase award = city.checked("skills-award", "granted");
        award.claim("reviewer", "first-review").is(204);
        Visitor reviewer = new Visitor(port).signIn("reviewer"), other = new Visitor(port).signIn("reviewer2");
        String ask = "/officers/cases/" + award.number() + "/questions", questions = "/officers/questions";
        assertThat(PageForm.on(reviewer.get(ask), ask)
                        .with("colleague", "reviewer2")
                        .with("words", WORDS)
                        .send(reviewer)
                        .status())
                .isEqualTo(302);
        String answer = questions + "/" + db.queryForObject("select max(id) from colleague_questions", Long.class);
        assertThat(PageForm.on(other.get(questions), answer)
                        .with("words", WORDS)
                        .send(other)
                        .status())
                .isEqualTo(302);
        Visitor applicant = new Visitor(port).signIn("applicant");
        String enquiries = "/cases/" + award.number() + "/enquiries", office = "/officers" + enquiries;
        assertThat(PageForm.on(applicant.get(enquiries), enquiries)
                        .with("words", WORDS)
                        .send(applicant)
                        .status())
                .isEqualTo(302);
        String answered = office + "/" + db.queryForObject("select max(id) from case_enquiries", Long.class);
        assertThat(PageForm.on(reviewer.get(office), answered)
                        .with("words", WORDS)
                        .send(reviewer)
                        .status())
                .isEqualTo(302);
        String transfer = "/officers/tasks/"
                + award.task("reviewer", "first-review").get("id").asText() + "/hand-over";
        assertThat(PageForm.on(reviewer.get(transfer), transfer)
                        .with("to", "reviewer2")
                        .with("words", WORDS)
                        .send(reviewer)
                        .status())
                .isEqualTo(302);
    }

    private void moreTime() {
        city.at("2026-09-07T09:00");
        ApplicantsCase slow = city.checked("skills-award", "granted");
        Visitor leader = new Visitor(port).signIn("leader");
        String extension = "/officers/cases/" + slow.number() + "/extension";
        assertThat(PageForm.on(leader.get(extension), extension)
                        .with("reason", WORDS)
                        .send(leader)
                        .status())
                .isEqualTo(302);
    }

    /** Of a month that is over; by then the other stories are told. */
    /** An auditor looks for somebody in the record and among the looks at files, on the pages and by a program. */
    private void inquiries() {
        Map<String, Object> asked =
                Map.of("person", TypedWords.NAME, "document", TypedWords.NUMBER, "account", TypedWords.NAME);
        for (String call : List.of("record", "lines", "table")) {
            Map<String, Object> body = new HashMap<>(asked);
            body.put("purpose", "audit");
            city.call("auditor", HttpMethod.POST, "/api/inquiry/" + call, body).is(200);
        }
        Visitor auditor = new Visitor(port).signIn("auditor");
        for (String page : List.of("/inquiry", "/inquiry/looks")) {
            PageForm form = PageForm.on(auditor.get(page), page).with("purpose", "audit");
            asked.forEach((field, value) -> form.with(field, value.toString()));
            assertThat(form.send(auditor).status()).isEqualTo(200);
        }
    }

    private void aMonthlySample() {
        city.at("2026-08-10T09:00");
        city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
        city.at("2026-09-01T09:00");
        Visitor supervisor = new Visitor(port).signIn("supervisor"), leader = new Visitor(port).signIn("leader");
        String samples = "/officers/samples";
        supervisor.form(samples, "", supervisor.get(samples));
        String
                number =
                        db.queryForObject(
                                "select min(case_number) from sampled_cases where sample_month = '2026-08'",
                                String.class),
                one = samples + "/2026-08/" + number;
        PageForm.on(supervisor.get(one), one + "/take").send(supervisor);
        assertThat(PageForm.on(supervisor.get(one), one + "/finding")
                        .with("finding", "deficient")
                        .with("measure", "correct")
                        .with("words", WORDS)
                        .send(supervisor)
                        .status())
                .isEqualTo(302);
        assertThat(PageForm.on(leader.get(one), one + "/carried-out")
                        .with("words", WORDS)
                        .send(leader)
                        .status())
                .isEqualTo(302);
    }

    private void afterTheDecision() {
        city.at("2026-09-07T09:00");
        var file = city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
        String begin = "/api/cases/" + file.number() + "/revisions";
        String benefit = file.show().at("/decision/benefits/0/code").asText(),
                wrong = file.show().at("/answers/name").asText();
        city.call(
                        "reviewer2",
                        HttpMethod.POST,
                        begin,
                        Map.of(
                                "kind",
                                "correction",
                                "reason",
                                "WRITTEN_WRONGLY",
                                "words",
                                WORDS,
                                "wrong",
                                wrong,
                                "right",
                                WORDS))
                .is(204);
        says(file, "leader", "revision-signature", "decline", Map.of());
        city.call(
                        "reviewer2",
                        HttpMethod.POST,
                        begin,
                        Map.of("kind", "revocation", "reason", "FRAUD", "words", WORDS, "benefits", List.of(benefit)))
                .is(204);
        city.call("applicant", HttpMethod.POST, "/api/cases/" + file.number() + "/answer", Map.of("text", WORDS))
                .is(204);
        says(file, "senior-reviewer2", "revision-review", "drop", Map.of());
        city.call(
                        "reviewer2",
                        HttpMethod.POST,
                        begin,
                        Map.of("kind", "recheck", "reason", "YEARLY", "words", WORDS, "benefits", List.of(benefit)))
                .is(422); // another scheme's
    }

    private void withdrawalsAndRatings() {
        Visitor applicant = new Visitor(port).signIn("applicant");
        city.call(
                        "applicant",
                        HttpMethod.POST,
                        "/api/cases/"
                                + city.submitted("skills-award", "granted").number() + "/withdrawal",
                        Map.of("reason", WORDS))
                .is(200);
        String withdrawal =
                "/cases/" + city.submitted("skills-award", "granted").number() + "/withdrawal";
        assertThat(PageForm.on(applicant.get(withdrawal), withdrawal)
                        .with("reason", WORDS)
                        .send(applicant)
                        .status())
                .isEqualTo(302);
        var rated = city.submitted("skills-award", "granted").withOpinion("intake", "acceptance", "not-accepted");
        city.call(
                        "applicant",
                        HttpMethod.POST,
                        "/api/cases/" + rated.number() + "/rating",
                        Map.of("stars", 1, "text", WORDS))
                .is(204);
        says(rated, "supervisor", "rating-follow-up", "done", Map.of());
        var again = city.submitted("skills-award", "granted").withOpinion("intake", "acceptance", "not-accepted");
        String home = "/cases/" + again.number();
        assertThat(PageForm.on(applicant.get(home), home + "/rating")
                        .with("stars", "2")
                        .with("text", WORDS)
                        .send(applicant)
                        .status())
                .isEqualTo(302);
        city.upload(
                        "applicant",
                        "/api/cases/" + city.drafted("skills-award", "granted").number() + "/documents",
                        Map.of("need", "LABOUR_CONTRACT"),
                        TypedWords.NAME + ".pdf",
                        ApplicantsCase.paper())
                .is(201);
    }

    private void peopleAndTheirAccounts() {
        Visitor stranger = new Visitor(port);
        assertThat(PageForm.on(stranger.get("/register"), "/register")
                        .with("name", TypedWords.NAME)
                        .with("documentType", "RESIDENT_ID")
                        .with("documentNumber", TypedWords.NUMBER)
                        .with("phone", TypedWords.PHONE)
                        .with("email", TELLING.get("email"))
                        .with("password", "correct horse battery")
                        .with("agreed", "true")
                        .send(stranger)
                        .status())
                .isLessThan(400);
        Visitor holder = new Visitor(port);
        holder.trySignIn(TypedWords.NUMBER, "correct horse battery");
        assertThat(holder.form(
                                "/account/contact/phone",
                                "value=" + TypedWords.PHONE + "&proof=" + encoded("correct horse battery"),
                                holder.get("/account/contact/phone"))
                        .status())
                .isEqualTo(302);
        assertThat(holder.form(
                                "/account/passkeys/options",
                                "label=" + encoded(TypedWords.NAME + "的手机") + "&password="
                                        + encoded("correct horse battery"),
                                holder.get("/account"))
                        .status())
                .isLessThan(500);
        assertThat(stranger.form("/lost-password", "account=" + TypedWords.NUMBER, stranger.get("/sign-in"))
                        .status())
                .isEqualTo(302);
        Visitor admin = new Visitor(port).signIn("admin");
        assertThat(admin.form(
                                "/admin/accounts/new",
                                "name=window-t&displayName=" + encoded(TypedWords.NAME) + "&role=intake&email="
                                        + encoded(TELLING.get("email")) + "&documentType=PASSPORT&documentNumber="
                                        + TypedWords.PHONE,
                                admin.get("/admin/accounts/new"))
                        .status())
                .isLessThan(400);
        assertThat(admin.form(
                                "/admin/accounts/window-t",
                                "displayName=" + encoded(TypedWords.NAME) + "&role=intake&email="
                                        + encoded(TELLING.get("email")),
                                admin.get("/admin/accounts/window-t"))
                        .status())
                .isLessThan(400);
        Visitor intake = new Visitor(port).signIn("intake");
        assertThat(intake.form("/admin/passwords", "number=" + TypedWords.NUMBER, intake.get("/admin/passwords"))
                        .status())
                .isEqualTo(200);
        String names = "/admin/names";
        var found = PageForm.on(intake.get(names), names)
                .with("number", TypedWords.NUMBER)
                .send(intake);
        assertThat(PageForm.on(found, names + "/entry")
                        .with("name", TypedWords.NAME + "林")
                        .with("reason", "changed")
                        .with("looked", "true")
                        .send(intake)
                        .status())
                .isEqualTo(302);
        LocalDate born = LocalDate.of(1988, 2, 29);
        persons.keep("PASSPORT", "P95771601", "ANA TEST", born, "13957710001", null);
        String renewed = persons.keep("PASSPORT", "P95771602", "ANA TEST", born, "13957710001", null);
        assertThat(intake.form(
                                "/officers/persons/"
                                        + likenesses.of(renewed).get(0).id(),
                                "same=false&reason=" + encoded(TypedWords.WORDS),
                                intake.get("/officers/persons"))
                        .status())
                .isLessThan(400);
        Visitor reviewer = new Visitor(port).signIn("reviewer");
        assertThat(reviewer.form(
                                "/account/relatives",
                                "documentType=RESIDENT_ID&documentNumber=" + TypedWords.NUMBER,
                                reviewer.get("/account"))
                        .status())
                .isLessThan(400);
        String search = "purpose=identify&q=" + encoded(TypedWords.NAME) + "&document=" + TypedWords.NUMBER
                + "&employer=" + encoded(TypedWords.NAME);
        assertThat(reviewer.form("/officers/cases", search, reviewer.get("/officers/cases"))
                        .status())
                .isEqualTo(200);
        assertThat(reviewer.form(
                                "/officers/cases/saved",
                                search + "&name=" + encoded(TypedWords.NAME),
                                reviewer.get("/officers/cases"))
                        .status())
                .isEqualTo(302);
        city.call(
                        "policy-admin",
                        HttpMethod.PUT,
                        "/api/earlier-grants/ONE_OFF_2022",
                        List.of(Map.of(
                                "documentType",
                                "RESIDENT_ID",
                                "documentNumber",
                                TypedWords.NUMBER,
                                "amountFen",
                                100,
                                "decidedOn",
                                "2022-11-08")))
                .is(200);
        city.call("policy-admin", HttpMethod.PUT, "/api/earlier-grants/ONE_OFF_2022", List.of())
                .is(200);
    }

    /** Completes a step with an opinion that names somebody. */
    private void says(ApplicantsCase file, String who, String stage, String outcome, Map<String, Object> more) {
        Map<String, Object> fields = new TreeMap<>(more);
        fields.put("opinion", WORDS);
        file.done(who, stage, outcome, fields);
        filledIn.add("common/" + stage + ".form opinion");
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** All that takes text: of the forms of the packages that people can apply for, of the calls as they are described, of the pages as they are mapped. */
    private Set<String> fields() throws IOException {
        Set<String> fields = new TreeSet<>();
        List<Path> shut = CityPackages.FOLDERS.notOffered().stream()
                .map(scheme -> Path.of("forms", scheme))
                .toList();
        try (Stream<Path> forms = Files.walk(Path.of("forms"))) {
            for (Path form : forms.filter(f -> f.toString().endsWith(".form") && !f.startsWith("forms/common/parts"))
                    .filter(f -> shut.stream().noneMatch(f::startsWith))
                    .toList())
                for (String key : textFields(form)) fields.add(Path.of("forms").relativize(form) + " " + key);
        }
        JsonNode api = json.readTree(Path.of("docs/openapi.json").toFile());
        api.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(call -> {
                    String name = call.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey() + " ";
                    for (JsonNode parameter : call.getValue().path("parameters"))
                        if (parameter.path("in").asText().equals("query"))
                            text(
                                    api,
                                    parameter.path("schema"),
                                    name + parameter.path("name").asText(),
                                    fields);
                    call.getValue()
                            .at("/requestBody/content")
                            .forEach(body -> text(api, body.get("schema"), name, fields));
                }));
        pages.getHandlerMethods().forEach((mapping, method) -> {
            if (!method.getBeanType().getName().startsWith("cn.jincai.")) return;
            for (String pattern : mapping.getPatternValues())
                if (!pattern.startsWith("/api/"))
                    for (MethodParameter parameter : method.getMethodParameters()) {
                        parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
                        if (!parameter.hasParameterAnnotation(RequestParam.class)) continue;
                        boolean text = parameter.getNestedParameterType() == String.class
                                || parameter.nestedIfOptional().nested().getNestedParameterType() == String.class
                                || parameter.getParameterType() == MultipartFile.class;
                        boolean any = Map.class.isAssignableFrom(parameter.getParameterType());
                        if (text || any)
                            mapping.getMethodsCondition()
                                    .getMethods()
                                    .forEach(verb ->
                                            fields.add(verb + " " + pattern + " " + (any ? "*" : name(parameter))));
                    }
        });
        assertThat(fields).as("found by themselves").hasSizeGreaterThan(100);
        return fields;
    }

    private static String name(MethodParameter parameter) {
        String given = parameter.getParameterAnnotation(RequestParam.class).name();
        return given.isEmpty() ? parameter.getParameterName() : given;
    }

    /** Of the whole form, with the parts that it shares with others. */
    private static List<String> textFields(Path form) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(Path.of("forms"))) {
            for (Path file : all.filter(Files::isRegularFile).toList())
                files.put(file.toString(), Files.readAllBytes(file));
        }
        List<String> keys = new ArrayList<>();
        for (JsonNode component : FormParts.whole(files, form.toString()).findParents("type"))
            if (component.path("type").asText().matches("textfield|textarea"))
                keys.add(component.get("key").asText());
        return keys;
    }

    private static void text(JsonNode api, JsonNode schema, String name, Set<String> into) {
        if (schema.has("$ref")) {
            text(api, api.at(schema.get("$ref").asText().substring(1)), name, into);
            return;
        }
        if (schema.has("anyOf")) {
            schema.get("anyOf").forEach(one -> text(api, one, name, into));
            return;
        }
        boolean plain = schema.path("type").toString().contains("\"string\""); // alone, or beside null
        if (plain && !schema.has("enum") && !schema.path("format").asText().matches("date|date-time")) into.add(name);
        if (schema.has("items")) text(api, schema.get("items"), name, into);
        String inner = name.endsWith(" ") ? name : name + ".";
        schema.path("properties")
                .properties()
                .forEach(property -> text(api, property.getValue(), inner + property.getKey(), into));
        if (schema.path("additionalProperties").isObject() || !schema.has("type") && !schema.has("properties"))
            into.add(inner + "*");
    }

    @Test
    void afterTheJourneysNobodyCanBeReadInTheEngineTheLogTheAddressesOrTheTables() {
        city.at("2026-03-02T09:00");
        var award = city.checked("skills-award", "granted").reviewedByBoth();
        award.objection("异议").is(201);
        award.withOpinion("supervisor", "objection", "dismiss");
        award.noticedAndSigned().paid();
        city.at("2026-03-02T09:00");
        var subsidy = city.checked("recruitment-subsidy", "granted")
                .reviewedByBoth()
                .noticedAndSigned()
                .paid();
        var talent = city.checked("talent-recognition", "granted").reviewedByBoth();
        for (String who : List.of("applicant", "employer", "reviewer", "finance", "auditor"))
            walks(who, award, subsidy, talent);

        assertThat(secrets.all().size()).as("people of all cases so far").isGreaterThanOrEqualTo(3 * 5);
        Set<String> addresses = overheard.takeAddresses();
        assertThat(addresses).as("the walk was overheard").contains("/cases/" + award.number());
        secrets.areNotIn("addresses", addresses);
        secrets.areNotIn("tables", textCells());
        secrets.areNotIn("what the engine keeps as bytes", bytes());
    }

    /** Every page that a link leads to, and the search by a name, as somebody at a browser does it. */
    private void walks(String who, ApplicantsCase... files) {
        Visitor visitor = new Visitor(port).signIn(who);
        Deque<String> todo = new ArrayDeque<>(List.of("/"));
        for (ApplicantsCase file : files)
            todo.add((who.equals("applicant") ? "/cases/" : who.equals("employer") ? "/employer/" : "/officers/cases/")
                    + file.number());
        Set<String> known = new HashSet<>(todo);
        while (!todo.isEmpty()) {
            Visitor.Answer page = visitor.get(todo.poll(), "Accept", "text/html");
            if (page.headers().firstValue("Content-Type").orElse("").startsWith("text/html"))
                HREF.matcher(page.body())
                        .results()
                        .map(link -> link.group(1).replace("&amp;", "&"))
                        .filter(link -> !link.matches("/(camunda|assets)/.*|.*[?&]lang=.*|/admin/packages/.*"))
                        .filter(link -> known.size() < 150 && known.add(link))
                        .forEach(todo::add);
        }
        if (!who.equals("applicant") && !who.equals("employer")) {
            String name = files[0].answersAsTold().get("name").asText();
            assertThat(visitor.form(
                                    "/officers/cases",
                                    "purpose=identify&q=" + java.net.URLEncoder.encode(name, StandardCharsets.UTF_8),
                                    visitor.get("/officers/cases"))
                            .body())
                    .contains(files[0].number());
        }
    }

    /** Every text in every table, the engine's and ours. */
    private Set<String> textCells() {
        Set<String> cells = new HashSet<>();
        for (Map<String, Object> column : db.queryForList("""
            select table_name as t, column_name as c from information_schema.columns
            where lower(table_schema) = 'public' and lower(data_type) in ('character varying', 'text', 'character large object', 'character')"""))
            cells.addAll(db.queryForList(
                    "select distinct \"" + column.get("t") + "\".\"" + column.get("c") + "\" from \"" + column.get("t")
                            + "\"",
                    String.class));
        cells.removeIf(Objects::isNull);
        assertThat(cells).hasSizeGreaterThan(500);
        return cells;
    }

    private List<String> bytes() {
        return db.queryForList("select bytes_ from act_ge_bytearray where bytes_ is not null", byte[].class).stream()
                .map(b -> new String(b, StandardCharsets.UTF_8))
                .toList();
    }
}
