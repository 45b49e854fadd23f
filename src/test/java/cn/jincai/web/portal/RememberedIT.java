package cn.jincai.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Registration;
import cn.jincai.browser.Browser;
import cn.jincai.journeys.City;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Nothing is asked twice: what the next application begins with, where it comes from, how long it is good, and whom it never reaches. */
@CaseTest
@Tag("issue-18.3")
class RememberedIT {
    private static final String PASSWORD = "correct horse battery";
    private static final Pattern SECTION = Pattern.compile("/apply/([a-z-]+)\" aria-describedby");

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Registration registration;

    /** By whom pages are looked at, how his program signs in: papers and the hand-in go that way. */
    private final Map<Visitor, Visitor> programs = new HashMap<>();

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    /** Of a person who has just registered: an address of his own, as registrations are limited by it. */
    private Visitor registered(JsonNode application) {
        String number = said(application, "documentNumber");
        String account = registration
                .register(
                        new Registration.Filled(
                                said(application, "name"),
                                "RESIDENT_ID",
                                number,
                                "",
                                "13800138000",
                                "lin@example.cn",
                                PASSWORD,
                                true),
                        "2001:db8::" + number.substring(14))
                .orElseThrow();
        Visitor visitor = signedIn(application);
        programs.put(visitor, new Visitor(port).withPassword(account, PASSWORD));
        return visitor;
    }

    private Visitor signedIn(JsonNode application) {
        Visitor visitor = new Visitor(port);
        visitor.trySignIn(said(application, "documentNumber"), PASSWORD);
        return visitor;
    }

    private static String said(JsonNode application, String key) {
        return application.at("/answers/" + key).asText();
    }

    /** The application of one person for another scheme, whose sources know him as the demo's do. */
    private ObjectNode forTheSame(JsonNode application, String scheme, String kind) {
        ObjectNode other = city.application(scheme, kind), answers = (ObjectNode) other.get("answers");
        for (String key : List.of("name", "documentType", "documentNumber", "birthDate"))
            answers.set(key, application.at("/answers/" + key));
        return other;
    }

    /** What somebody did from the start page to the confirmation. */
    private static class Walk {
        final String scheme;
        final List<String> answers = new ArrayList<>();
        int pages, clicks;
        String number = "";

        Walk(String scheme) {
            this.scheme = scheme;
        }

        String row(String who) {
            return scheme + " | " + who + " | " + answers.size() + " | " + pages + " | " + clicks + " | "
                    + String.join(" ", answers);
        }
    }

    /** Types what is asked and not known, on the pages as they are without JavaScript, and hands it in. */
    private Walk walked(Visitor visitor, JsonNode application) {
        Walk walk = new Walk(application.get("scheme").asText());
        String start = "/apply/" + walk.scheme;
        PageForm first = PageForm.on(seen(visitor, walk, start), start);
        String home = first.send(visitor).location().replaceAll("^http://[^/]+", "");
        walk.clicks++;
        walk.number = home.split("/")[2];
        Matcher sections = SECTION.matcher(seen(visitor, walk, home).body());
        walk.clicks++; // the first section; each leads on to the next
        while (sections.find()) section(visitor, walk, home + "/" + sections.group(1), application.get("answers"));
        handIn(visitor, walk);
        return walk;
    }

    private Visitor.Answer seen(Visitor visitor, Walk walk, String page) {
        walk.pages++;
        return visitor.get(page);
    }

    private void section(Visitor visitor, Walk walk, String page, JsonNode answers) {
        PageForm form = PageForm.on(seen(visitor, walk, page), page);
        answers.fields().forEachRemaining(e -> {
            String value = e.getValue().asText();
            if (!form.has(e.getKey())
                    || e.getValue().isArray()
                    || !form.shows(e.getKey()).isEmpty()) return;
            if (e.getKey().equals("birthDate")
                    && answers.path("documentType").asText().equals("RESIDENT_ID")) return;
            form.with(e.getKey(), value);
            walk.answers.add(e.getKey());
        });
        answers.fields().forEachRemaining(e -> {
            if (!form.has(e.getKey())
                    || !e.getValue().isArray()
                    || !form.shows(e.getKey()).isEmpty()) return;
            List<String> ticked = new ArrayList<>();
            e.getValue().forEach(v -> ticked.add(v.asText()));
            form.with(e.getKey(), ticked.toArray(String[]::new));
            walk.answers.add(e.getKey());
        });
        Visitor.Answer saved = form.forged("then", "next").send(visitor);
        walk.clicks++;
        assertThat(saved.status()).as(page + saved.body()).isEqualTo(302);
    }

    /** With every paper; the pages of papers, of the check and of the confirmation, with a button on each but the last, have stories of their own. */
    private void handIn(Visitor visitor, Walk walk) {
        Visitor program = programs.get(visitor);
        String api = "/api/cases/" + walk.number;
        for (JsonNode need : schemes(walk.scheme).get("documents")) {
            String body = "--x\r\nContent-Disposition: form-data; name=\"need\"\r\n\r\n"
                    + need.get("code").asText()
                    + "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"paper.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
                    + Browser.PDF + "\r\n--x--\r\n";
            Visitor.Answer kept =
                    program.send("POST", api + "/documents", body, "Content-Type", "multipart/form-data; boundary=x");
            assertThat(kept.status()).as(kept.body()).isEqualTo(201);
        }
        Visitor.Answer sent = program.post(api + "/submission", "{}");
        assertThat(sent.status()).as(sent.body()).isEqualTo(200);
        walk.pages += 3;
        walk.clicks += 3;
    }

    private JsonNode schemes(String code) {
        for (JsonNode scheme : new Visitor(port).get("/api/schemes").json())
            if (scheme.get("code").asText().equals(code)) return scheme;
        throw new IllegalArgumentException(code);
    }

    @Test
    void aSecondApplicationNeedsAtMostEightAnswers() throws IOException {
        List<String> report = new ArrayList<>(List.of("scheme | who | answers | pages | clicks | what was answered"));
        List<Walk> fresh = new ArrayList<>(), again = new ArrayList<>();
        for (String scheme : List.of("skills-award", "recruitment-subsidy", "talent-recognition")) {
            Visitor unknown = new Visitor(port).signIn("applicant");
            ObjectNode first = city.application(scheme, "granted");
            walkedWithoutMemory(unknown, first, fresh, report);
            ObjectNode mine = city.application("skills-award", "granted");
            Visitor me = registered(mine);
            Walk once = walked(
                    me,
                    forTheSame(mine, scheme.equals("skills-award") ? "talent-recognition" : "skills-award", "granted"));
            report.add(once.row("registered, first application"));
            fresh.add(once);
            Walk second = walked(me, forTheSame(mine, scheme, "granted"));
            report.add(second.row("second application"));
            again.add(second);
        }
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/answers-report.txt"), report);
        assertThat(fresh).allSatisfy(w -> assertThat(w.answers).as(w.scheme).hasSizeLessThanOrEqualTo(20));
        assertThat(again).allSatisfy(w -> assertThat(w.answers).as(w.scheme).hasSizeLessThanOrEqualTo(8));
        assertThat(again.get(0).answers)
                .doesNotContain("name", "documentNumber", "phone", "employerCode", "bankAccount");
    }

    private void walkedWithoutMemory(Visitor unknown, ObjectNode application, List<Walk> fresh, List<String> report) {
        Walk walk = new Walk(application.get("scheme").asText());
        String start = "/apply/" + walk.scheme;
        PageForm first = PageForm.on(seen(unknown, walk, start), start);
        if (first.has("remembered")) first.with("remembered");
        String home = first.send(unknown).location().replaceAll("^http://[^/]+", "");
        walk.clicks += 2;
        walk.number = home.split("/")[2];
        Matcher sections = SECTION.matcher(seen(unknown, walk, home).body());
        while (sections.find()) section(unknown, walk, home + "/" + sections.group(1), application.get("answers"));
        report.add(walk.row("nothing known, not handed in"));
        fresh.add(walk);
    }

    private static String text(Visitor.Answer page) {
        return page.body().replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    }

    private String begun(Visitor visitor, String scheme) {
        String start = "/apply/" + scheme;
        PageForm begins = PageForm.on(visitor.get(start), start);
        if (begins.has("remembered")) begins.with("remembered", "true");
        return begins.send(visitor).location().replaceAll("^http://[^/]+", "").replaceAll("/apply$", "");
    }

    @Test
    void whatIsKnownSaysWhereItComesFromAndIsItsAuthorsOnceCorrected() {
        ObjectNode mine = city.application("skills-award", "granted");
        Visitor me = registered(mine);
        Walk once = walked(me, mine);
        assertThat(text(me.get("/apply/recruitment-subsidy"))).contains("来自您的账号", "来自您2026年3月2日提交的申请 " + once.number);
        String home = begun(me, "recruitment-subsidy"),
                person = home + "/apply/person",
                work = home + "/apply/employer";
        assertThat(text(me.get(person))).contains("来自您的账号");
        Visitor.Answer employer = me.get(work);
        assertThat(PageForm.on(employer, work).shows("employerCode")).isEqualTo(said(mine, "employerCode"));
        assertThat(PageForm.on(employer, work).shows("inPost"))
                .as("asked each time")
                .isEmpty();
        assertThat(employer.body()).contains("id=\"f-employerName-origin\"");
        PageForm.on(employer, work)
                .with("employerName", "泉州另一家公司")
                .forged("then", "next")
                .send(me);
        employer = me.get(work);
        assertThat(employer.body())
                .doesNotContain("id=\"f-employerName-origin\"")
                .contains("f-employerCode-origin");
        assertThat(PageForm.on(employer, work).shows("employerName")).isEqualTo("泉州另一家公司");
    }

    @Test
    void nothingOfAnybodyReachesAnotherPersonsForm() {
        ObjectNode mine = city.application("skills-award", "granted"),
                others = city.application("skills-award", "granted");
        walked(registered(mine), mine);
        Visitor other = registered(others);
        String home = begun(other, "recruitment-subsidy");
        assertThat(other.get(home + "/check").body())
                .contains(said(others, "name"))
                .doesNotContain(said(mine, "name"), said(mine, "bankAccount"), said(mine, "documentNumber"));
        assertThat(PageForm.on(other.get(home + "/apply/account"), home + "/apply/account")
                        .shows("bankAccount"))
                .isEmpty();
        assertThat(new Visitor(port)
                        .signIn("employer")
                        .get("/account/remembered")
                        .status())
                .as("a clerk who applies for nobody himself")
                .isEqualTo(403);
    }

    /** An account of the demo is nobody's: who is applied for next may be somebody else. */
    @Test
    void withAnotherNumberWhatWasTakenFromTheFirstPersonGoes() {
        Visitor visitor = new Visitor(port).signIn("applicant2");
        programs.put(visitor, new Visitor(port).withPassword("applicant2", "applicant2"));
        ObjectNode first = city.application("skills-award", "granted"),
                second = city.application("skills-award", "granted");
        walked(visitor, first);
        String start = "/apply/recruitment-subsidy";
        PageForm begins = PageForm.on(visitor.get(start), start);
        assertThat(begins.shows("remembered")).as("not before it is said").isEmpty();
        String home = begins.with("remembered", "true")
                .send(visitor)
                .location()
                .replaceAll("^http://[^/]+", "")
                .replaceAll("/apply$", "");
        String person = home + "/apply/person", account = home + "/apply/account";
        assertThat(PageForm.on(visitor.get(account), account).shows("bankAccount"))
                .as("of whom this account applied for last")
                .isNotEmpty();
        PageForm.on(visitor.get(person), person)
                .with("name", said(second, "name"))
                .with("documentNumber", said(second, "documentNumber"))
                .forged("then", "next")
                .send(visitor);
        assertThat(PageForm.on(visitor.get(account), account).shows("bankAccount"))
                .isEmpty();
        assertThat(PageForm.on(visitor.get(person), person).shows("birthDate"))
                .as("the number's, whose ever it is")
                .isEqualTo(said(second, "birthDate"));
    }

    @Test
    void itsPersonSeesWhatIsRememberedAndHasItForgotten() {
        ObjectNode mine = city.application("skills-award", "granted");
        Visitor me = registered(mine);
        walked(me, mine);
        String page = "/account/remembered";
        assertThat(me.get("/account").body()).contains(page);
        assertThat(text(me.get(page))).contains(said(mine, "bankAccount"), said(mine, "employerName"), "来自您的账号");
        PageForm.on(me.get(page), page, "bankAccount").send(me);
        assertThat(text(me.get(page))).doesNotContain(said(mine, "bankAccount")).contains(said(mine, "employerName"));
        PageForm.on(me.get(page), page, "employerName").forged("field", "").send(me);
        assertThat(text(me.get(page)))
                .doesNotContain(said(mine, "employerName"))
                .contains("来自您的账号");
        String home = begun(me, "recruitment-subsidy"), work = home + "/apply/employer";
        assertThat(PageForm.on(me.get(work), work).shows("employerCode")).isEmpty();
        assertThat(PageForm.on(me.get(work), work).send(me).status()).isLessThan(500);
        walked(me, forTheSame(mine, "talent-recognition", "granted"));
        assertThat(text(me.get(page))).as("handed in since").contains(said(mine, "employerName"));
    }

    @Test
    void aCardTellsItsBankAndAnIdentityNumberTheBirthDate() {
        ObjectNode mine = city.application("skills-award", "granted");
        Visitor me = registered(mine);
        String home = begun(me, "skills-award"), account = home + "/apply/account", person = home + "/apply/person";
        assertThat(PageForm.on(me.get(person), person).shows("birthDate")).isEqualTo(said(mine, "birthDate"));
        assertThat(me.get(person).body()).as("shown, not asked").doesNotContain("type=\"date\"");
        PageForm.on(me.get(account), account)
                .with("bankAccount", "6228480000000000008")
                .forged("then", "next")
                .send(me);
        assertThat(PageForm.on(me.get(account), account).shows("bankName")).isEqualTo("中国农业银行");
        assertThat(PageForm.on(me.get(account), account).shows("accountHolder")).isEqualTo(said(mine, "name"));
        PageForm.on(me.get(account), account)
                .with("bankAccount", "6222000000000000006")
                .forged("then", "next")
                .send(me);
        assertThat(PageForm.on(me.get(account), account).shows("bankName")).isEqualTo("中国工商银行");
    }

    @Test
    void anEmployerIsFoundByAPartOfItsNameAndAForgedChoiceIsNone() {
        Visitor me = registered(city.application("skills-award", "granted"));
        String home = begun(me, "skills-award"), work = home + "/apply/employer", find = work + "/find/employerName";
        PageForm typed =
                PageForm.on(me.get(work), work).with("contractMonths", "24").forged("then", "find-employerName");
        assertThat(typed.send(me).location()).endsWith(find);
        assertThat(text(PageForm.on(me.get(find), find).with("part", "晋").send(me)))
                .as("too little to search for")
                .contains("没有找到");
        Visitor.Answer found =
                PageForm.on(me.get(find), find).with("part", "晋江市样例").send(me);
        assertThat(found.body()).contains("晋江市样例纺织有限公司", "91350582MA2XY0021N").doesNotContain("厦门");
        String choice = find + "/choice";
        assertThat(PageForm.on(found, choice)
                        .forged("choice", "0 别的公司")
                        .send(me)
                        .status())
                .isEqualTo(422);
        Visitor.Answer one = PageForm.on(me.get(find), find)
                .with("part", "91350582MA2XY0021N")
                .send(me);
        assertThat(PageForm.on(one, choice)
                        .with("choice", "0 晋江市样例纺织有限公司")
                        .send(me)
                        .location())
                .endsWith(work + "#f-employerName");
        PageForm after = PageForm.on(me.get(work), work);
        assertThat(List.of(after.shows("employerCode"), after.shows("employerRegion"), after.shows("contractMonths")))
                .as("and what was typed before is kept")
                .containsExactly("91350582MA2XY0021N", "JINJIANG", "24");
        assertThat(text(me.get(work))).contains("市场主体登记，2026年3月2日");
        city.source("employer", "down");
        try {
            assertThat(text(PageForm.on(me.get(find), find).with("part", "晋江市").send(me)))
                    .contains("暂时没有回应");
        } finally {
            city.source("employer", "ok");
        }
        Visitor other = new Visitor(port).signIn("applicant2");
        assertThat(other.get(find).status()).as("somebody else's draft").isEqualTo(404);
        assertThat(other.get(work + "/fetch").status()).isEqualTo(404);
    }

    @Test
    void aCertificateIsFetchedOnceItsHolderHasAgreed() {
        ObjectNode mine = city.application("skills-award", "granted");
        Visitor me = registered(mine);
        String section = begun(me, "skills-award") + "/apply/certificate", fetch = section + "/fetch";
        assertThat(PageForm.on(me.get(section), section)
                        .forged("then", "fetch")
                        .send(me)
                        .location())
                .endsWith(fetch);
        assertThat(text(me.get(fetch))).contains("我同意为办理本次申请向技能证书查询查询并取回本人的以下信息：证书等级、发证日期、职业编码。");
        PageForm.refused(PageForm.on(me.get(fetch), fetch).send(me), "agreed");
        assertThat(me.get("/account/data").body()).doesNotContain("技能证书查询查询");
        assertThat(text(me.follow(
                        PageForm.on(me.get(fetch), fetch).with("agreed", "true").send(me), section)))
                .contains("已代填，请核对", "技能证书查询，2026年3月2日");
        PageForm after = PageForm.on(me.get(section), section);
        for (String key : List.of("certificateLevel", "certificateIssuedOn", "occupationCode"))
            assertThat(after.shows(key)).as(key).isEqualTo(said(mine, key));
        assertThat(me.get("/account/data").body()).contains("技能证书查询查询");
    }

    @Test
    void anOccupationIsFoundByItsName() {
        Visitor me = registered(city.application("skills-award", "granted"));
        String section = begun(me, "skills-award") + "/apply/certificate", find = section + "/find/occupationCode";
        Visitor.Answer found =
                PageForm.on(me.get(find), find).with("part", "焊工").send(me);
        PageForm.on(found, find + "/choice").with("choice", "0 6-18-02-04 焊工").send(me);
        assertThat(PageForm.on(me.get(section), section).shows("occupationCode"))
                .isEqualTo("6-18-02-04");
    }
}
