package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import cn.jincai.web.Visitor.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** An administrator changes values, files and whole schemes on pages, with nothing on the computer but a browser. */
@CaseTest
class PackageEditsIT {
    private static final String SCHEME = "skills-award", AWARD = "/values/2026-01/awardSpecialFen";
    private static final Actor APPROVER = new Actor("policy-approver", Set.of(Role.POLICY_APPROVER));

    @LocalServerPort
    int port;

    @Autowired
    Publication publication;

    @Autowired
    Packages packages;

    @Autowired
    CityClock clock;

    private Visitor admin;

    @AfterEach
    void nothingStaysProposed() {
        publication.proposals(SCHEME).stream()
                .filter(Proposal::isOpen)
                .forEach(p -> publication.decline(p.id(), "测试结束", APPROVER));
    }

    private String inForce() {
        admin = new Visitor(port).signIn("policy-admin");
        return "/admin/packages/" + SCHEME + "/" + packages.inForce(SCHEME).hash();
    }

    @Test
    void aSumIsRaisedFromNextYearAndItsWorkedCasesBeforeItIsProposedAndSeenWholeByWhoApproves() {
        String version = inForce();
        Answer page = admin.get(version + AWARD + "?from=always");
        PageForm form = PageForm.on(page, version + AWARD);
        assertThat(form.shows("is")).as("as people write it").isEqualTo("8,000.00");
        Answer kept = form.with("is", "8,500")
                .with("noteZh", "示例上调")
                .with("noteEn", "raised as an example")
                .send(admin);
        assertThat(kept.status()).isEqualTo(302);
        String edited = kept.location().replaceFirst("^http://[^/]+", "");
        Answer shown = admin.get(edited);
        assertThat(shown.body())
                .as("a worked case says otherwise, and that stops it")
                .contains("尚未通过的检查", "EXAMPLE", "850000")
                .doesNotContain("name=\"note\"");
        assertThat(admin.form(edited + "/proposal", "from=" + clock.today() + "&note=x", shown)
                        .status())
                .as("not by a crafted request either")
                .isEqualTo(409);

        String examples = edited + "/text?path=rulesets/2026-01/examples.yaml";
        Answer text = admin.get(examples);
        String written = PageForm.on(text, edited + "/text").shows("text");
        assertThat(written).contains("amountFen: 800000");
        Answer whole = PageForm.on(text, edited + "/text")
                .with("text", written.replace("800000", "850000"))
                .send(admin);
        assertThat(whole.status()).isEqualTo(302);
        String complete = whole.location().replaceFirst("^http://[^/]+", "");
        Answer ready = admin.get(complete);
        assertThat(ready.body()).contains("封存前已通过全部检查", "name=\"note\"");
        assertThat(new String(files(complete).get("rulesets/2026-01/parameters.yaml"), StandardCharsets.UTF_8))
                .as("nothing beside the value is written anew")
                .isEqualTo(
                        new String(
                                        packages.inForce(SCHEME).files().get("rulesets/2026-01/parameters.yaml"),
                                        StandardCharsets.UTF_8)
                                .replace(
                                        "always: {is: 800000, status: ILLUSTRATIVE, source: city-skills-award-2022}",
                                        "always: {is: 850000, status: ILLUSTRATIVE, source: city-skills-award-2022, note: {zh: \"示例上调\", en: \"raised as an example\"}}"));
        assertThat(admin.get(complete + AWARD).body())
                .as("who changed it, when")
                .contains("修改记录", "8,500", "8,000", "policy-admin");

        admin.form(complete + "/proposal", "from=" + clock.today() + "&note=raised", ready);
        Proposal proposal = publication.proposals(SCHEME).stream()
                .filter(Proposal::isOpen)
                .findFirst()
                .orElseThrow();
        Visitor approver = new Visitor(port).signIn("policy-approver");
        assertThat(approver.get("/admin/proposals/" + proposal.id()).body())
                .contains("规则和数值的变化", "8,000", "8,500", complete + "/whole");
        assertThat(approver.get(complete + "/whole?form=common/first-review").body())
                .contains("8,500", "common/first-review", "f-opinion");
    }

    private java.util.SortedMap<String, byte[]> files(String version) {
        return publication.files(SCHEME, version.substring(version.lastIndexOf('/') + 1));
    }

    @ParameterizedTest
    @CsvSource({
        "from, 01/07/2027",
        "from, 2027-02-30",
        "is, minus one",
        "is, 10.005",
        "is, 一万元",
        "comparedOn, yesterday",
        "noteEn, only one"
    })
    void whatIsTypedWronglyIsToldAtItsFieldAndKept(String field, String typed) {
        String version = inForce();
        int before = publication.versions(SCHEME).size();
        Answer page = admin.get(version + AWARD + "?from=always");
        Answer refused = PageForm.on(page, version + AWARD).with(field, typed).send(admin);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("href=\"#" + (field.equals("noteEn") ? "noteZh" : field) + "\"");
        assertThat(publication.versions(SCHEME)).hasSize(before);
    }

    @Test
    void aCraftedRequestWritesNothingIntoTheFileThatNobodyMayChoose() {
        String version = inForce();
        Answer page = admin.get(version + AWARD + "?from=always");
        String good = "from=always&is=8500&comparedOn=&noteZh=&noteEn=";
        for (String crafted : List.of(
                "&status=SURE&source=city-skills-award-2022",
                "&status=SOURCED&source=x%7D%0A%20%20other:%20%7Bunit:%20fen")) {
            Answer refused = admin.form(version + AWARD, good + crafted, page);
            assertThat(refused.status()).as(crafted).isEqualTo(422);
        }
    }

    @Test
    void aTextOfTheFormIsChangedInBothLanguagesAndNothingElseOfTheFile() {
        String version = inForce();
        Answer page = admin.get(version + "/labels");
        PageForm form = PageForm.on(page, version + "/labels");
        int at = 0;
        while (!form.shows("zh-" + at).equals("五级（初级工）")) at++;
        PageForm.refused(form.with("en-" + at, " ").send(admin), "en-" + at);
        Answer kept =
                form.with("zh-" + at, "五级\"初级\"").with("en-" + at, "Level 5").send(admin);
        assertThat(kept.status()).isEqualTo(302);
        String edited = kept.location().replaceFirst("^http://[^/]+", "");
        PolicyPackage before = packages.inForce(SCHEME);
        assertThat(new String(files(edited).get("forms/application.form"), StandardCharsets.UTF_8))
                .isEqualTo(new String(before.files().get("forms/application.form"), StandardCharsets.UTF_8)
                        .replace("\"五级（初级工）\", \"value\": \"FIVE\"", "\"五级\\\"初级\\\"\", \"value\": \"FIVE\""));
        assertThat(new String(files(edited).get("forms/en.yaml"), StandardCharsets.UTF_8))
                .isEqualTo(new String(before.files().get("forms/en.yaml"), StandardCharsets.UTF_8)
                        .replace("certificateLevel.FIVE: \"Level five\"", "certificateLevel.FIVE: \"Level 5\""));
        assertThat(admin.get(edited + "/whole").body()).contains("五级&quot;初级&quot;");
    }

    @Test
    void theLastValueStaysAndAFileThatIsNoYamlComesBackAsItWasTyped() {
        String version = inForce();
        Answer page = admin.get(version + AWARD);
        assertThat(admin.form(version + AWARD + "/removal", "from=always", page).status())
                .isEqualTo(422);
        String path = "scheme.yaml";
        Answer text = admin.get(version + "/text?path=" + path);
        Answer refused = PageForm.on(text, version + "/text")
                .with("text", "code: skills-award\nname: {zh: 写到一半")
                .send(admin);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("NOT_YAML", "写到一半");
        assertThat(admin.get(version + "/text?path=common/common.yaml").status())
                .as("what schemes share")
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"skills-award", "recruitment-subsidy", "talent-recognition"})
    void aSchemeIsCopiedAsANewOneThatNobodyIsOffered(String scheme) {
        inForce();
        String from =
                "/admin/packages/" + scheme + "/" + packages.inForce(scheme).hash() + "/copy";
        PageForm form = PageForm.on(admin.get(from), from)
                .with("code", "copy-of-" + scheme)
                .with("nameZh", "新的\"补贴\"")
                .with("nameEn", "A new subsidy");
        List<Scheme.Benefit> benefits = packages.inForce(scheme).catalogue().benefits();
        for (Scheme.Benefit benefit : benefits) form = form.with("benefit-" + benefit.code(), "NEW_" + benefit.code());
        Answer copied = next(next(form, from), from).send(admin);
        assertThat(copied.status()).as(copied.body()).isEqualTo(302);
        Answer shown = admin.get(copied.location().replaceFirst("^http://[^/]+", ""));
        assertThat(shown.body()).contains("新的&quot;补贴&quot;", "封存前已通过全部检查");
        assertThat(new Visitor(port).get("/api/schemes").body()).doesNotContain("copy-of-");
        assertThat(new Visitor(port).get("/").body()).doesNotContain("copy-of-");
        form = PageForm.on(admin.get(from), from).with("nameZh", "新").with("nameEn", "New");
        for (Scheme.Benefit benefit : benefits) form = form.with("benefit-" + benefit.code(), "NEW_" + benefit.code());
        PageForm.refused(form.with("code", scheme).send(admin), "code");
        PageForm.refused(
                form.with("code", "another-" + scheme)
                        .with(
                                "benefit-" + benefits.get(0).code(),
                                benefits.get(0).code())
                        .send(admin),
                "benefit-" + benefits.get(0).code());
    }

    /** The next step of the copy, as its form is filled in already. */
    private PageForm next(PageForm form, String address) {
        Answer page = form.send(admin);
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        return PageForm.on(page, address);
    }

    @Test
    void aCopyKeepsOneBenefitOfTwoWithOtherSumsAndWithoutAQuestionThatNothingNeeds() {
        inForce();
        PolicyPackage original = packages.inForce(SCHEME);
        String from = "/admin/packages/" + SCHEME + "/" + original.hash() + "/copy";
        PageForm names = PageForm.on(admin.get(from), from)
                .with("code", "upgrade-only")
                .with("nameZh", "只有提升补贴")
                .with("nameEn", "The upgrade alone")
                .with("keep", "UPGRADE_SUBSIDY")
                .with("benefit-UPGRADE_SUBSIDY", "UPGRADE_ONLY");
        PageForm values = next(names, from);
        assertThat(values.has("is-2026-01.awardChiefFen.always"))
                .as("a sum of the other benefit")
                .isFalse();
        PageForm.refused(
                values.with("is-2026-01.subsidyFiveFen.2017-01-01", "很多").send(admin),
                "is-2026-01.subsidyFiveFen.2017-01-01");
        values.with("is-2026-01.subsidyFiveFen.2017-01-01", "0.12万元")
                .with("status-2026-01.subsidyFiveFen.2017-01-01", "ILLUSTRATIVE")
                .with("firstDay", "2026年2月1日");
        PageForm facts = next(values, from);
        assertThat(facts.shows("stay")).contains("contractMonths", "certificateLevel");
        List<String> all =
                original.catalogue().facts().stream().map(Scheme.Fact::name).toList();
        PageForm.refused(
                facts.with(
                                "stay",
                                all.stream()
                                        .filter(f -> !f.equals("certificateLevel"))
                                        .toArray(String[]::new))
                        .send(admin),
                "fact-certificateLevel");
        Answer copied = facts.with(
                        "stay",
                        all.stream()
                                .filter(f -> !f.equals("awardPaidThisYear") && !f.equals("allowanceForSameCertificate"))
                                .toArray(String[]::new))
                .send(admin);
        assertThat(copied.status()).as(copied.body()).isEqualTo(302);
        String hash = copied.location().substring(copied.location().lastIndexOf('/') + 1);
        PolicyPackage made = packages.byHash(hash);
        assertThat(made.catalogue().benefits()).extracting(Scheme.Benefit::code).containsExactly("UPGRADE_ONLY");
        assertThat(made.catalogue().fact("awardPaidThisYear")).isEmpty();
        Ruleset rules = made.rulesets().get(0);
        assertThat(rules.inForceFrom()).isEqualTo("2026-02-01");
        assertThat(rules.parameters().get("subsidyFiveFen").values().get(0).is())
                .isEqualTo(120_000L);
        assertThat(rules.parameters()).doesNotContainKey("awardChiefFen");
        assertThat(rules.table("awardSums")).isEmpty();
        String cases =
                admin.get("/admin/packages/upgrade-only/" + hash + "/cases").body();
        assertThat(cases)
                .as("the sum that was changed is still to be looked at")
                .contains("1200元", "采用规则的结果");
        assertThat(admin.get("/admin/packages/upgrade-only/" + hash).body()).contains("去改正");
    }

    @Test
    void whatIsStillNeededIsSaidByNameAndNothingIsHalfMade() {
        inForce();
        int schemes = publication.schemes().size();
        String from =
                "/admin/packages/" + SCHEME + "/" + packages.inForce(SCHEME).hash() + "/copy";
        Answer refused = PageForm.on(admin.get(from), from)
                .with("code", "award-only")
                .with("nameZh", "只有奖励")
                .with("nameEn", "The award alone")
                .with("keep", "CITY_AWARD")
                .with("benefit-CITY_AWARD", "AWARD_ONLY")
                .send(admin);
        PageForm.refused(refused, "benefit-UPGRADE_SUBSIDY");
        assertThat(refused.body())
                .as("of the award's limit the subsidy is taken off")
                .contains("本次技能提升补贴");
        Answer none = PageForm.on(admin.get(from), from)
                .with("code", "nothing-left")
                .with("nameZh", "无")
                .with("nameEn", "None")
                .with("keep")
                .send(admin);
        PageForm.refused(none, "benefit-UPGRADE_SUBSIDY");
        assertThat(publication.schemes()).hasSize(schemes);
    }

    @Test
    void onlyPolicyAdministratorsEditAndOnlyOfficialsRead() {
        String version = inForce();
        Answer page = admin.get(version);
        for (String name : List.of("applicant", "reviewer", "leader", "admin", "policy-approver", "auditor")) {
            Visitor other = new Visitor(port).signIn(name);
            for (String address : List.of("/values", AWARD, "/text?path=scheme.yaml", "/labels", "/copy"))
                assertThat(other.get(version + address).status())
                        .as(name + address)
                        .isIn(403, 404);
            assertThat(other.get(version + "/whole").status())
                    .as(name)
                    .isIn(name.startsWith("policy") || name.equals("auditor") ? List.of(200) : List.of(403, 404));
        }
        assertThat(page.status()).isEqualTo(200);
    }
}
