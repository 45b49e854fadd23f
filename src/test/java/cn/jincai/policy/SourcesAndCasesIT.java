package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Role;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import cn.jincai.web.Visitor.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** An administrator changes what rules rest on, and the worked cases, on pages; everything else of the files stays letter by letter. */
@CaseTest
class SourcesAndCasesIT {
    private static final String SCHEME = "skills-award",
            SOURCES = "rulesets/2026-01/sources.yaml",
            CASES = "rulesets/2026-01/examples.yaml";

    @LocalServerPort
    int port;

    @Autowired
    Publication publication;

    @Autowired
    Packages packages;

    @Autowired
    PackageFolders folders;

    private Visitor admin;

    private String inForce() {
        admin = new Visitor(port).signIn("policy-admin");
        return "/admin/packages/" + SCHEME + "/" + packages.inForce(SCHEME).hash();
    }

    private String before(String path) {
        return new String(packages.inForce(SCHEME).files().get(path), StandardCharsets.UTF_8);
    }

    private String after(Answer kept, String path) {
        String hash = kept.location().substring(kept.location().lastIndexOf('/') + 1);
        return new String(publication.files(SCHEME, hash).get(path), StandardCharsets.UTF_8);
    }

    private static String address(Answer kept) {
        assertThat(kept.status()).as(kept.body()).isEqualTo(302);
        return kept.location().replaceFirst("^http://[^/]+", "");
    }

    @Test
    void aDocumentEndsAndANewOneTakesOverItsRules() {
        String version = inForce();
        assertThat(admin.get(version + "/sources").body())
                .contains("city-skills-award-2022", "晋政文〔2022〕88号", "C2-01", "奖励标准");
        String old = version + "/sources/2026-01/city-skills-award-2022";
        Answer ended = PageForm.on(admin.get(old), old)
                .with("inForceUntil", "2027年12月31日")
                .send(admin);
        assertThat(after(ended, SOURCES))
                .isEqualTo(before(SOURCES)
                        .replace(
                                "    number: 晋政文〔2022〕88号\n",
                                "    number: 晋政文〔2022〕88号\n    inForceUntil: 2027-12-31\n"));

        String blank = address(ended) + "/sources/2026-01/new";
        Answer added = PageForm.on(admin.get(blank), blank)
                .with("code", "city-skills-award-2028")
                .with("titleZh", "晋江市技能人才奖励办法\"修订\"")
                .with("titleEn", "The city's rules, revised")
                .with("inForceFrom", "2028-1-1")
                .send(admin);
        String article = address(added) + "/sources/2026-01/city-skills-award-2028/articles/new";
        Answer page = admin.get(article);
        assertThat(page.body()).as("where each rule rests now").contains("现依据：晋江市技能人才奖励办法（示例） 奖励标准");
        Answer moved = PageForm.on(page, article)
                .with("nameZh", "奖励标准")
                .with("nameEn", "Sums")
                .with("textZh", "高级工2000元。")
                .with("textEn", "2,000 yuan.")
                .with("rules", "C2-01")
                .send(admin);
        String text = after(moved, SOURCES);
        assertThat(text)
                .contains("rules: [C2-02, C2-03, C2-04, C2-05, C2-11, C2-12, C2-13]")
                .endsWith(
                        "  - code: city-skills-award-2028\n    title: {zh: \"晋江市技能人才奖励办法\\\"修订\\\"\", en: \"The city's rules, revised\"}\n"
                                + "    inForceFrom: 2028-01-01\n    articles: [{name: {zh: \"奖励标准\", en: \"Sums\"}, text: {zh: \"高级工2000元。\", en: \"2,000 yuan.\"}, rules: [C2-01]}]\n");
        assertThat(admin.get(address(moved)).body()).contains("封存前已通过全部检查");

        String there = address(moved) + "/sources/2026-01/city-skills-award-2028/articles/0";
        PageForm.refused(
                PageForm.on(admin.get(there), there).forged("rules", "").send(admin), "rules");
        Answer used =
                admin.form(address(moved) + "/sources/2026-01/city-skills-award-2028/removal", "", admin.get(there));
        assertThat(used.status()).isEqualTo(422);
        assertThat(used.body()).contains("不能删除", "C2-01");
    }

    @ParameterizedTest
    @CsvSource({
        "code, city-skills-award-2022",
        "code, 新文件",
        "titleEn, ''",
        "inForceFrom, 明年",
        "inForceUntil, 2026-02-30",
        "inForceUntil, 2020-01-01"
    })
    void whatIsTypedWronglyOfADocumentIsToldAtItsField(String field, String typed) {
        String version = inForce();
        int versions = publication.versions(SCHEME).size();
        String blank = version + "/sources/2026-01/new";
        PageForm form = PageForm.on(admin.get(blank), blank)
                .with("code", "a-new-one")
                .with("titleZh", "新")
                .with("titleEn", "new")
                .with("inForceFrom", "2026-01-01");
        PageForm.refused(form.with(field, typed).send(admin), field);
        assertThat(publication.versions(SCHEME)).hasSize(versions);
    }

    @Test
    void theFactsOfOneCaseAreChangedAndThoseThatTookThemOverKeepTheirs() {
        String version = inForce(), first = version + "/cases/2026-01/0";
        Answer page = admin.get(first);
        assertThat(page.body()).contains("与应有的结果一致", "失业保险累计缴费月数");
        PageForm form = PageForm.on(page, first);
        assertThat(form.shows("UPGRADE_SUBSIDY-amountFen")).isEqualTo("2000");
        Answer look = form.with("fact-unemploymentInsuredMonths", "１１")
                .forged("do", "look")
                .send(admin);
        assertThat(look.status()).isEqualTo(200);
        assertThat(look.body()).contains("采用这些结果", "INSURANCE_TOO_SHORT");
        assertThat(look.body().indexOf("value=\"save\""))
                .as("the button that Enter presses")
                .isLessThan(look.body().indexOf("value=\"take\""));
        assertThat(look.body()).as("in words, without places to fill in").doesNotContain("{required}");
        Answer taken = PageForm.on(look, first).forged("do", "take").send(admin);
        assertThat(taken.body()).contains("尚未保存");
        Answer kept = PageForm.on(taken, first).forged("do", "save").send(admin);
        String text = after(kept, CASES);
        assertThat(text)
                .contains("    unemploymentInsuredMonths: 11, levelsPaidForOccupation: []")
                .contains("facts: {<<: &welder {identityVerified: true")
                .contains(
                        "UPGRADE_SUBSIDY: {verdict: REJECT, amountFen: 0, reasons: [INSURANCE_TOO_SHORT], instalments: []}");
        assertThat(admin.get(address(kept)).body()).as("every other case holds").contains("封存前已通过全部检查");
    }

    @Test
    void aChangedSumIsTakenOverIntoTheCasesThatSomebodyLookedAtAndTicked() {
        String version = inForce(), award = version + "/values/2026-01/awardSpecialFen";
        Answer raised = PageForm.on(admin.get(award + "?from=always"), award)
                .with("is", "0.85万元")
                .with("noteZh", "示例")
                .with("noteEn", "an example")
                .send(admin);
        String edited = address(raised);
        Answer table = admin.get(edited + "/cases");
        assertThat(table.body()).contains("有 1 个示例", "8000元", "8500元");
        Answer kept = admin.form(edited + "/cases/2026-01/outcomes", "at=5", table);
        assertThat(after(kept, CASES)).isEqualTo(before(CASES).replace("amountFen: 800000", "amountFen: 850000"));
        assertThat(admin.get(address(kept)).body()).contains("封存前已通过全部检查", "name=\"note\"");
    }

    @Test
    void aCaseIsCopiedAndTakenOutAgain() {
        String version = inForce(), like = version + "/cases/2026-01/new?like=1";
        PageForm form = PageForm.on(admin.get(like), version + "/cases/2026-01/new");
        Answer kept = form.with("nameZh", "初级工，三月一日")
                .with("nameEn", "Level five, 1 March")
                .with("applicationDate", "2026年3月2日")
                .send(admin);
        assertThat(after(kept, CASES)).startsWith(before(CASES)).contains("applicationDate: 2026-03-02\n  facts: {");
        String copied = address(kept);
        assertThat(admin.get(copied).body()).contains("封存前已通过全部检查");
        String removal = copied + "/cases/2026-01/0/removal";
        Answer confirm = admin.get(removal);
        assertThat(confirm.body()).contains("删除示例");
        Answer gone = admin.form(removal, "", confirm);
        assertThat(after(gone, CASES)).contains("&welder").doesNotContain("电焊工取得高级工证书，补贴和奖励都有");
        assertThat(admin.get(address(gone)).body()).contains("封存前已通过全部检查");
    }

    @ParameterizedTest
    @CsvSource({
        "fact-certificateIssuedOn, 去年, fact-certificateIssuedOn",
        "fact-certificateLevel, SIX, fact-certificateLevel",
        "fact-contractMonths, many, fact-contractMonths",
        "fact-inPost, perhaps, fact-inPost",
        "applicationDate, 31/12/2026, applicationDate",
        "CITY_AWARD-amountFen, a lot, CITY_AWARD-amountFen",
        "CITY_AWARD-reasons, NO_SUCH, CITY_AWARD-reasons"
    })
    void whatIsTypedWronglyOfACaseIsToldAtItsField(String field, String typed, String told) {
        String version = inForce(), first = version + "/cases/2026-01/0";
        int versions = publication.versions(SCHEME).size();
        Answer refused =
                PageForm.on(admin.get(first), first).forged(field, typed).send(admin);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("href=\"#" + told + "\"");
        assertThat(publication.versions(SCHEME)).hasSize(versions);
    }

    @Test
    void theLinesOfARosterHaveTheirOwnMonthsAndOneMoreIsAdded() {
        inForce();
        String scheme = "small-firm-insurance-subsidy";
        String hash = publication
                .upload(folders.zip(scheme), new Actor("policy-admin", Set.of(Role.POLICY_ADMIN)))
                .hash();
        String version = "/admin/packages/" + scheme + "/" + hash, first = version + "/cases/2026-01/0";
        PageForm form = PageForm.on(admin.get(first), first);
        assertThat(form.shows("line-0-insurancePaid")).isEqualTo("2026-04 1000\n2026-05 1000\n2026-06 1000");
        PageForm.refused(
                form.with("line-0-insurancePaid", "2026年4月 1000\n2026-04 900").send(admin), "line-0-insurancePaid");
        form.with("line-0-insurancePaid", "2026年4月 900\n2026年5月 1,000\n2026年6月 0.1万元")
                .with("line-1-employeeNumber", "A2")
                .with("line-1-graduatedOn", "2025年6月30日")
                .with("line-1-hiredOn", "2025-09-01")
                .with("line-1-contractMonths", "24")
                .with("line-1-insurancePaid", "2026-04 500\n2026-05 500\n2026-06 500")
                .with("line-1-quartersGranted", "0");
        Answer look = form.forged("do", "look").send(admin);
        assertThat(look.body()).contains("4400").contains("采用这些结果");
        Answer kept = PageForm.on(PageForm.on(look, first).forged("do", "take").send(admin), first)
                .forged("do", "save")
                .send(admin);
        Answer page = admin.get(address(kept));
        assertThat(page.body())
                .as("those that took the line over mean what they meant")
                .contains("封存前已通过全部检查");
        String changed = address(kept) + "/cases/2026-01/0";
        PageForm two = PageForm.on(admin.get(changed), changed);
        assertThat(two.shows("line-0-insurancePaid")).startsWith("2026-04 900");
        assertThat(two.shows("line-1-employeeNumber")).isEqualTo("A2");
        Answer cleared = PageForm.on(admin.get(changed), changed)
                .with("line-1-employeeNumber", "")
                .send(admin);
        assertThat(new String(
                        publication
                                .files(scheme, cleared.location().replaceFirst(".*/", ""))
                                .get(CASES),
                        StandardCharsets.UTF_8))
                .as("the first fact of a line goes and the line stays")
                .contains("    - graduatedOn: 2025-06-30\n");
        Answer twice = PageForm.on(admin.get(changed), changed)
                .with("line-1-employeeNumber", "A1")
                .send(admin);
        assertThat(twice.status()).as("what the checks say").isEqualTo(422);
        assertThat(twice.body()).contains("govuk-error-summary", "examples.yaml", "lines[1]");
        assertThat(PageForm.on(twice, changed).shows("line-1-employeeNumber"))
                .as("and what was typed is still there")
                .isEqualTo("A1");
        Answer one = PageForm.on(
                        two.with("line-0-gone", "true").forged("do", "look").send(admin), changed)
                .forged("do", "take")
                .send(admin);
        Answer left = PageForm.on(one, changed).forged("do", "save").send(admin);
        assertThat(admin.get(address(left)).body()).contains("封存前已通过全部检查");
    }

    @Test
    void aCaseWithAFactThatTheSchemeDoesNotHaveIsRefused() {
        String version = inForce(), first = version + "/cases/2026-01/0";
        Answer page = admin.get(first);
        Answer refused = admin.form(
                first,
                "nameZh=a&nameEn=b&applicationDate=2026-03-16&verdict=APPROVE&fact-shoeSize=43&fact-x%3A%20%7D%0A=1",
                page);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("shoeSize");
        Answer huge = admin.form(
                first,
                "nameZh=" + "a".repeat(1_000_000) + "&nameEn=b&applicationDate=2026-03-16&verdict=APPROVE",
                page);
        assertThat(huge.status()).isIn(413, 422);
    }

    @Test
    void twoAtOnceMakeTwoVersionsAndTheLaterPageSaysSo() {
        String version = inForce(), labels = version + "/sources/2026-01/city-plan-2022";
        Answer page = admin.get(labels);
        Answer mine = PageForm.on(page, labels).with("number", "晋政办〔2022〕33号").send(admin);
        Answer theirs = PageForm.on(page, labels).with("number", "晋政办〔2022〕34号").send(admin);
        assertThat(address(mine)).isNotEqualTo(address(theirs));
        assertThat(admin.get(version + "/sources").body()).contains("另存了一个版本");
        assertThat(admin.get(address(theirs)).body())
                .as("who saved last is told of what the first one saved")
                .contains("另存了一个版本");
    }

    @Test
    void aChangeIsTakenBackToTheVersionBeforeItAndCanNotBeProposedAnyMore() {
        String version = inForce(), document = version + "/sources/2026-01/city-plan-2022";
        Answer kept = PageForm.on(admin.get(document), document)
                .with("number", "晋政办〔2022〕35号")
                .send(admin);
        String edited = address(kept);
        Answer page = admin.get(edited);
        assertThat(new Visitor(port)
                        .signIn("policy-approver")
                        .form(edited + "/taken-back", "", page)
                        .status())
                .isEqualTo(403);
        Answer back = PageForm.on(page, edited + "/taken-back").send(admin);
        assertThat(address(back)).isEqualTo(version);
        assertThat(admin.get(edited).body()).contains("已撤销").doesNotContain("name=\"note\"");
        assertThat(admin.form(edited + "/proposal", "from=2030-01-01&note=x", page)
                        .status())
                .isEqualTo(409);
        assertThat(admin.form(version + "/taken-back", "", page).status())
                .as("what is in force is left by a proposal alone")
                .isEqualTo(409);
        Answer again = PageForm.on(admin.get(document), document)
                .with("number", "晋政办〔2022〕35号")
                .send(admin);
        assertThat(address(again)).isEqualTo(edited);
        assertThat(admin.get(edited).body()).as("the same change once more").contains("name=\"note\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/sources/2026-01/new, titleZh",
        "/sources/2026-01/city-plan-2022, titleZh",
        "/values/2026-01/awardSpecialFen, source",
        "/cases/2026-01/0, nameZh"
    })
    void aRequestThatSendsNothingIsToldWhatIsMissing(String address, String field) {
        String version = inForce();
        Answer refused = admin.form(version + address, "", admin.get(version));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("href=\"#" + field + "\"");
    }

    @ParameterizedTest
    @CsvSource({"99, true, true", "100, true, false", "101, false, false"})
    void aRosterHasAsManyLinesAsTheFormTakes(int lines, boolean saved, boolean oneMore) {
        inForce();
        String scheme = "small-firm-insurance-subsidy";
        String version = "/admin/packages/" + scheme + "/"
                + publication
                        .upload(folders.zip(scheme), new Actor("policy-admin", Set.of(Role.POLICY_ADMIN)))
                        .hash();
        StringBuilder text = new StringBuilder(
                "- case: {zh: 一, en: one}\n  applicationDate: 2026-11-30\n  facts: {banned: false}\n  lines:\n");
        for (int i = 0; i < lines; i++)
            text.append("    - {employeeNumber: \"A").append(i).append("\"}\n");
        Answer page = admin.get(version + "/text?path=" + CASES);
        Answer kept = PageForm.on(page, version + "/text")
                .with("text", text + "  expect: {case: REJECT}\n")
                .send(admin);
        String body = admin.get(address(kept) + "/cases/2026-01/0").body();
        assertThat(body.contains("value=\"save\"")).isEqualTo(saved);
        assertThat(body.contains("不能在本页修改")).isEqualTo(!saved);
        assertThat(body.contains("新增一行")).isEqualTo(oneMore);
    }

    @Test
    void onlyPolicyAdministratorsOpenThesePages() {
        String version = inForce();
        Answer page = admin.get(version);
        for (String name : List.of("applicant", "reviewer", "leader", "admin", "policy-approver", "auditor")) {
            Visitor other = new Visitor(port).signIn(name);
            for (String address : List.of(
                    "/sources",
                    "/sources/2026-01/new",
                    "/sources/2026-01/city-plan-2022",
                    "/sources/2026-01/city-plan-2022/articles/0",
                    "/cases",
                    "/cases/2026-01/new",
                    "/cases/2026-01/0",
                    "/cases/2026-01/0/removal")) {
                assertThat(other.get(version + address).status())
                        .as(name + address)
                        .isIn(403, 404);
                assertThat(other.form(version + address, "do=save", other.get("/"))
                                .status())
                        .as(name + address)
                        .isIn(403, 404, 405);
            }
            assertThat(other.form(version + "/cases/2026-01/outcomes", "at=0", other.get("/"))
                            .status())
                    .isIn(403, 404);
        }
        assertThat(page.status()).isEqualTo(200);
        assertThat(admin.get(version + "/sources/2026-01/nothing").status()).isEqualTo(404);
        assertThat(admin.get(version + "/cases/2026-01/999").status()).isEqualTo(404);
        assertThat(admin.get(version + "/cases/1999-01/0").status()).isEqualTo(404);
    }
}
