package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.filing.archive.Replays;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.payment.HousingScheme;
import cn.jincai.policy.registers.Registers;
import cn.jincai.registry.Sources;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import cn.jincai.web.Visitor.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.transaction.support.TransactionTemplate;

/** A city that gets a new region and a new source, both without a line of Java, and registers that take nothing away from those who use it. */
@CaseTest
@Tag("issue-16.9")
class RegistersIT {
    private static final Actor ADMIN = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN)),
            APPROVER = new Actor("policy-approver", Set.of(Role.POLICY_APPROVER));
    private static final String SCHEME = HousingScheme.CODE, PAGES = "/admin/registers/";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    ApplicationContext context;

    @Autowired
    Publication publication;

    @Autowired
    Packages packages;

    @Autowired
    Sources sources;

    @Autowired
    Replays replays;

    @Autowired
    PolicyRows rows;

    @Autowired
    CityClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private String before;
    private Visitor admin;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
        before = inForce();
        admin = new Visitor(port).signIn("policy-admin");
    }

    private String inForce() {
        return publication.versions(Registers.CODE).stream()
                .filter(Publication.Version::inForce)
                .map(Publication.Version::hash)
                .findFirst()
                .orElseThrow();
    }

    /** Other stories know the product's registers. */
    @AfterEach
    void theRegistersAreAsTheyWere() {
        publication.proposals(Registers.CODE).stream()
                .filter(Proposal::isOpen)
                .forEach(p -> publication.decline(p.id(), "测试结束", APPROVER));
        if (publication.schemes().contains(SCHEME)) new PolicyOffice(context).forgets(SCHEME);
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from policies_in_force where scheme = ? and package_hash <> ?")
                    .params(Registers.CODE, before)
                    .update();
            context.publishEvent(CaseEvent.forAuditors(
                    "policy.event." + PolicyRows.KIND,
                    ADMIN,
                    Role.POLICY_ADMIN,
                    Map.of("scheme", Registers.CODE, PolicyRows.HASH, rows.hash(Registers.CODE))));
        });
        assertThat(inForce()).isEqualTo(before);
    }

    private String added(String version, String register, Map<String, String> typed) {
        Answer page = admin.get(PAGES + version + "/" + register);
        assertThat(page.status()).isEqualTo(200);
        PageForm form = PageForm.on(page, PAGES + version + "/" + register);
        typed.forEach(form::with);
        return kept(form.send(admin));
    }

    private static String kept(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(302);
        return answer.location().replaceFirst(".*/", "");
    }

    /** Proposed on its page by one, published on its page by another. */
    private void published(String version) {
        Answer page = admin.get(PAGES + version);
        PageForm.on(page, PAGES + version + "/proposals/new")
                .with("note", "增加石狮和住房登记")
                .send(admin);
        Proposal proposal = publication.proposals(Registers.CODE).stream()
                .filter(Proposal::isOpen)
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() ->
                        publication.publish(proposal.id(), new Actor("policy-admin", Set.of(Role.POLICY_APPROVER))))
                .as("two people")
                .isInstanceOf(Problem.class);
        Visitor approver = new Visitor(port).signIn("policy-approver");
        Answer shown = approver.get(PAGES + version);
        assertThat(shown.body()).contains("regions.yaml", "sources.yaml", "增加石狮和住房登记");
        Answer done = PageForm.on(shown, PAGES + "proposals/" + proposal.id() + "/publish")
                .send(approver);
        assertThat(done.status()).isEqualTo(302);
        assertThat(inForce()).isEqualTo(version);
    }

    /** With a region and a source that the product does not know. */
    private String withShishi() {
        String region = added(before, "regions", Map.of("code", "SHISHI", "nameZh", "石狮", "nameEn", "Shishi"));
        return added(
                region,
                "sources",
                Map.of(
                        "code",
                        "housing-register",
                        "nameZh",
                        "住房登记",
                        "nameEn",
                        "Housing register",
                        "facts",
                        "ownsHome, homeBoughtOn, homeRegion",
                        "goodForDays",
                        "30"));
    }

    /** The scheme asks the new source whether and where a home is owned. */
    private static SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = HousingScheme.files(HousingScheme.QUARTERLY);
        files.replaceAll((path, content) -> {
            String text = new String(content, StandardCharsets.UTF_8);
            if (path.equals("scheme.yaml"))
                text = text.replace(
                                "{name: ownsHome, type: boolean, source: identity",
                                "{name: ownsHome, type: boolean, source: housing-register")
                        .replace(
                                "{name: homeBoughtOn, type: date, source: identity",
                                "{name: homeBoughtOn, type: date, source: housing-register")
                        .replace(
                                "reasons:\n",
                                "  - {name: homeRegion, type: text, values: {register: regions}, source: housing-register, label: {zh: 住房所在地, en: Place of the home}}\nreasons:\n");
            if (path.equals("samples.yaml"))
                text = text.replace(
                                "birthDate: \"{birthDate}\", ownsHome: false}",
                                "birthDate: \"{birthDate}\"}\n      housing-register: {ownsHome: false, homeRegion: SHISHI}")
                        .replace("identity: {ownsHome: true}", "housing-register: {ownsHome: true}")
                        .replace(
                                "  identity: {ownsHome: true, homeBoughtOn: today - 40 days}",
                                "  housing-register: {ownsHome: true, homeBoughtOn: today - 40 days}");
            if (path.equals("rulesets/2025-01/conditions.dmn"))
                text = text.replace("<text>inPost</text>", "<text>inPost</text>");
            return text.getBytes(StandardCharsets.UTF_8);
        });
        return files;
    }

    @Test
    void aRegionAndASourceAreAddedAndACaseGoesFromDraftToDecisionByThem() {
        assertThat(publication.upload(PackageZip.write(files()), ADMIN).mistakes())
                .as("not yet")
                .extracting(Mistake::code)
                .contains("UNKNOWN_WORD");
        published(withShishi());
        assertThat(sources.names()).contains("housing-register");
        assertThat(sources.nameOf("housing-register").zh()).isEqualTo("住房登记");

        new PolicyOffice(context).publishes(SCHEME, files());
        PolicyPackage pack = packages.inForce(SCHEME);
        assertThat(pack.files()).as("kept with what it was read with").containsKey("common/registers/regions.yaml");
        assertThat(pack.catalogue()
                        .fact("homeRegion")
                        .orElseThrow()
                        .value("SHISHI")
                        .orElseThrow()
                        .name()
                        .en())
                .isEqualTo("Shishi");
        ApplicantsCase file = city.checked(SCHEME, "granted");
        assertThat(file.shownTo("reviewer").body().toString()).contains("SHISHI", "housing-register");
        file.reviewedByBoth().noticedAndSigned().isClosed("granted");
    }

    @Test
    void whatACaseOnItsWayUsesIsNotTakenAway() {
        published(withShishi());
        String now = inForce();
        new PolicyOffice(context).publishes(SCHEME, files());
        ApplicantsCase file = city.checked(SCHEME, "granted");
        String pack = packages.inForce(SCHEME).hash();
        new PolicyOffice(context).forgets(SCHEME); // in force no more, but a case goes by it
        SortedMap<String, byte[]> without = new TreeMap<>(publication.files(Registers.CODE, now));
        without.replaceAll((path, content) -> new String(content, StandardCharsets.UTF_8)
                .replaceAll("(?m)^- \\{code: (SHISHI|housing-register).*\n", "")
                .getBytes(StandardCharsets.UTF_8));
        var refused = publication.upload(PackageZip.write(without), ADMIN);
        assertThat(refused.isKept()).isFalse();
        assertThat(refused.mistakes()).hasSize(2).allSatisfy(m -> {
            assertThat(m.code()).isEqualTo("DELETED");
            assertThat(m.message().en()).contains(SCHEME, pack.substring(0, 12), "until");
        });
        assertThat(refused.mistakes())
                .anySatisfy(m -> assertThat(m.message().zh()).contains("SHISHI", "homeRegion"));

        Answer ended = end(now, "regions", "SHISHI", clock.today().minusDays(1).toString());
        assertThat(ended.status()).isEqualTo(422);
        assertThat(ended.body()).contains("还在用它", "homeRegion");
        String later =
                kept(end(now, "regions", "SHISHI", clock.today().plusDays(60).toString()));
        assertThat(publication.warnings(Registers.CODE, later)).isEmpty();
        String both = kept(end(
                later, "sources", "housing-register", clock.today().plusDays(60).toString()));
        assertThat(publication.warnings(Registers.CODE, both))
                .singleElement()
                .satisfies(w -> assertThat(w.code()).isEqualTo("ENDS_IN_USE"));
        assertThatThrownBy(() -> publication.propose(Registers.CODE, both, clock.today(), "试行", ADMIN))
                .as("somebody signs it")
                .isInstanceOf(Problem.class);
        file.withdrawal().is(200);
    }

    private Answer end(String version, String register, String code, String until) {
        String entry = PAGES + version + "/" + register + "/" + code;
        return PageForm.on(admin.get(entry), entry + "/end")
                .with("until", until)
                .send(admin);
    }

    @Test
    void theRegistersAreNoSchemeToApplyFor() {
        for (String page : List.of("/schemes/registers", "/schemes/registers/rules", "/api/schemes/registers"))
            assertThat(new Visitor(port).get(page).status()).as(page).isEqualTo(404);
    }

    @Test
    void whatWasDecidedReplaysTheSameAfterTheRegistersChanged() {
        ApplicantsCase file = city.checked("skills-award", "granted");
        String pack = packages.inForce("skills-award").hash();
        String entry = PAGES + before + "/regions/JINJIANG";
        String renamed = kept(PageForm.on(admin.get(entry), entry + "/name")
                .with("nameZh", "晋江市域")
                .with("nameEn", "Greater Jinjiang")
                .with("from", clock.today().toString())
                .send(admin));
        String shorter = kept(end(renamed, "regions", "OTHER", clock.today().toString()));
        Answer page = admin.get(PAGES + shorter);
        PageForm.on(page, PAGES + shorter + "/proposals/new").with("note", "改名").send(admin);
        long id = publication.proposals(Registers.CODE).get(0).id();
        publication.publish(id, APPROVER);
        assertThat(packages.registers()
                        .nameOf(clock.today(), "regions", "JINJIANG")
                        .orElseThrow()
                        .zh())
                .isEqualTo("晋江市域");
        assertThat(packages.registers()
                        .nameOf(clock.today().minusDays(1), "regions", "JINJIANG")
                        .orElseThrow()
                        .zh())
                .isEqualTo("晋江");
        assertThat(region(packages.byHash(pack)))
                .as("the package keeps its own")
                .isEqualTo("晋江");

        Answer shown = admin.get(PAGES + shorter);
        assertThat(shown.body()).contains("尚未采用现行登记簿的政策包", "技能");
        Answer brought =
                PageForm.on(shown, PAGES + "packages/skills-award/version").send(admin);
        String newer = kept(brought);
        assertThat(region(packages.byHash(newer))).isEqualTo("晋江市域");

        List<String> told = new ArrayList<>();
        replays.all((done, all) -> {}, told::add);
        assertThat(told).noneMatch(line -> line.contains(file.number()));
        file.reviewedByBoth().noticedAndSigned();
    }

    private static String region(PolicyPackage pack) {
        return pack.catalogue()
                .fact("employerRegion")
                .orElseThrow()
                .value("JINJIANG")
                .orElseThrow()
                .name()
                .zh();
    }

    @ParameterizedTest
    @CsvSource({
        "code, '', 422",
        "code, JINJIANG, 422",
        "code, '{x', 422",
        "nameZh, '', 422",
        "nameEn, '', 422",
        "from, 2026-02-30, 422",
        "until, 01/07/2027, 422"
    })
    void whatIsTypedWronglyIsToldAndKeepsNothing(String field, String typed, int status) {
        int versions = publication.versions(Registers.CODE).size();
        Answer page = admin.get(PAGES + before + "/regions");
        Answer refused = PageForm.on(page, PAGES + before + "/regions")
                .with("code", "NANAN")
                .with("nameZh", "南安")
                .with("nameEn", "Nan'an")
                .with(field, typed == null ? "" : typed)
                .send(admin);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.body()).contains("govuk-error-summary");
        assertThat(publication.versions(Registers.CODE)).hasSize(versions);
    }

    @Test
    void aDayIsReadAsPeopleWriteItAndWhatTwoChangedAtOnceIsTold() {
        String first = added(
                before,
                "regions",
                Map.of("code", "NANAN", "nameZh", "南安", "nameEn", "Nan'an", "from", "2026年4月1日", "until", "２０２７－３－３１"));
        assertThat(new String(publication.files(Registers.CODE, first).get("regions.yaml"), StandardCharsets.UTF_8))
                .contains("from: 2026-04-01, until: 2027-03-31");
        String second = added(before, "regions", Map.of("code", "HUIAN", "nameZh", "惠安", "nameEn", "Hui'an"));
        assertThat(admin.get(PAGES + second).body())
                .as("who saved last loses what the first one saved")
                .contains("另存了一个版本", first.substring(0, 12));
        String back = "/admin/packages/registers/" + first + "/taken-back";
        assertThat(kept(PageForm.on(admin.get(PAGES + first), back).send(admin)))
                .isEqualTo(before);
        assertThat(admin.get(PAGES + first).body())
                .contains("已撤销")
                .doesNotContain("name=\"note\"")
                .doesNotContain(back);
        assertThat(admin.get(PAGES + before).body()).doesNotContain(before + "/taken-back");
    }

    @Test
    void anEntryWithoutANameIsToldSo() {
        Answer page = admin.get(PAGES + before + "/regions");
        Answer refused = PageForm.on(page, PAGES + before + "/regions")
                .with("code", "NANAN")
                .with("nameEn", "Nan'an")
                .send(admin);
        assertThat(refused.body()).contains("请填写条目名称").doesNotContain("请填写事项名称");
    }

    /** What is quoted stays what it was: no typed word makes a key. */
    @Test
    void noTypedWordBecomesAKey() {
        String version = added(
                before,
                "regions",
                Map.of("code", "NANAN", "nameZh", "南安\", en: x}, until: 2000-01-01 #", "nameEn", "Nan'an: {a}"));
        var entry = packages.registers().isEmpty()
                ? null
                : cn.jincai.policy.registers.RegistersReader.ofVersion(
                                publication.files(Registers.CODE, version), new Findings())
                        .of("regions", "NANAN")
                        .get(0);
        assertThat(entry).isNotNull();
        assertThat(entry.name().en()).isEqualTo("Nan'an: {a}");
        assertThat(entry.until()).isNull();
    }

    @Test
    void theRegistersAreDownloadedAndUploadedAsAZip() {
        Answer zip = admin.get("/admin/packages/registers/" + before + "/zip");
        assertThat(zip.status()).isEqualTo(200);
        var upload = publication.upload(publication.zip(Registers.CODE, before), ADMIN);
        assertThat(upload.mistakes()).isEmpty();
        assertThat(upload.scheme()).isEqualTo(Registers.CODE);
        assertThat(upload.hash()).isEqualTo(before);
        assertThat(admin.get("/admin/packages/registers/" + before).location()).endsWith(PAGES + before);
        assertThat(publication.schemes()).as("no scheme").doesNotContain(Registers.CODE);
        assertThat(packages.inForce()).extracting(PolicyPackage::scheme).doesNotContain(Registers.CODE);
    }

    /** Somebody writes into the database that more of an applicant's answers leave the house: nothing of it is believed, and the rest goes on. */
    @Test
    void changedRegistersAreNotBelievedAndStopNobody() {
        String content = "select content from policy_files where package_hash = ? and path = 'sources.yaml'";
        byte[] whole = jdbc.sql(content).param(before).query(byte[].class).single();
        write((new String(whole, StandardCharsets.UTF_8) + "\n# ").getBytes(StandardCharsets.UTF_8));
        try {
            assertThatThrownBy(() -> packages.registers())
                    .isInstanceOfSatisfying(
                            Problem.class, p -> assertThat(p.code()).isEqualTo("PACKAGE_DAMAGED"));
            assertThat(packages.registersIfWhole().isEmpty()).isTrue();
            assertThat(sources.nameOf("tax").zh()).isEqualTo("tax");
            assertThatThrownBy(() -> publication.upload(
                            publication.zip(
                                    "skills-award",
                                    packages.inForce("skills-award").hash()),
                            ADMIN))
                    .isInstanceOf(Problem.class);
            assertThat(new Visitor(port)
                            .signIn("finance")
                            .get("/finance/budget")
                            .status())
                    .isEqualTo(200);
            assertThat(new Visitor(port).get("/schemes").status()).isEqualTo(200);
        } finally {
            write(whole);
        }
        assertThat(packages.registers().isEmpty()).isFalse();
    }

    private void write(byte[] content) {
        jdbc.sql("update policy_files set content = ? where package_hash = ? and path = 'sources.yaml'")
                .params(content, before)
                .update();
        ((Map<?, ?>) ReflectionTestUtils.getField(packages, "registers")).clear(); // as after a start
    }
}
