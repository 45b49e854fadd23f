package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** On the pages: who proposes signs each warning, who publishes sees the signatures and what changes for whom; the screener says what is worth answering next. */
@CaseTest
class WarningPagesIT {
    private static final String SCHEME = "skills-award";
    private static final Actor ADMIN = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN)),
            APPROVER = new Actor("policy-approver", Set.of(Role.POLICY_APPROVER));

    @LocalServerPort
    int port;

    @Autowired
    Publication publication;

    @Autowired
    CityClock clock;

    @AfterEach
    void nothingStaysProposed() {
        publication.proposals(SCHEME).stream()
                .filter(Proposal::isOpen)
                .forEach(p -> publication.decline(p.id(), "测试结束", APPROVER));
    }

    @Test
    void whatIsOddIsSignedAndSeenWithWhatChanges() {
        SortedMap<String, byte[]> files = new TreeMap<>(new PackageFolders(Path.of(".")).files(SCHEME));
        String parameters = "rulesets/2026-01/parameters.yaml";
        files.put(
                parameters,
                new String(files.get(parameters), StandardCharsets.UTF_8)
                        .replaceFirst(
                                "parameters:\n",
                                "parameters:\n  leftOver:\n    unit: fen\n    label: {zh: 多余, en: left over}\n    values:\n      always: {is: 1, status: ILLUSTRATIVE, source: city-skills-award-2022}\n")
                        .replace("is: 800000, status", "is: 800100, status")
                        .getBytes(StandardCharsets.UTF_8));
        String examples = "rulesets/2026-01/examples.yaml";
        files.put(
                examples,
                new String(files.get(examples), StandardCharsets.UTF_8)
                        .replace("amountFen: 800000", "amountFen: 800100")
                        .getBytes(StandardCharsets.UTF_8));
        Publication.Upload upload = publication.upload(PackageZip.write(files), ADMIN);
        assertThat(upload.mistakes()).isEmpty();
        String address = "/admin/packages/" + SCHEME + "/" + upload.hash();
        Visitor admin = new Visitor(port).signIn("policy-admin");
        Visitor.Answer page = admin.get(address);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("没有任何规则读取这个参数。", "name=\"warning-0\"");
        String proposing = address + "/proposal", today = clock.today().toString();
        PageForm.refused(
                PageForm.on(page, proposing)
                        .with("from", today)
                        .with("note", "test")
                        .send(admin),
                "warning-0");
        PageForm.refused(
                PageForm.on(page, proposing)
                        .with("from", today)
                        .with("note", "test")
                        .with("about-0", "ANOTHER scheme.yaml")
                        .with("warning-0", "next version")
                        .send(admin),
                "warning-0"); // it was written under another warning, which is gone
        assertThat(PageForm.on(page, proposing)
                        .with("from", today)
                        .with("note", "test")
                        .with("warning-0", "next version")
                        .send(admin)
                        .status())
                .isEqualTo(302);
        Proposal proposal = publication.proposals(SCHEME).stream()
                .filter(Proposal::isOpen)
                .findFirst()
                .orElseThrow();
        Visitor approver = new Visitor(port).signIn("policy-approver");
        Visitor.Answer proposed = approver.get("/admin/proposals/" + proposal.id());
        assertThat(proposed.body()).contains("next version", "CITY_AWARD", "结论相同而金额或层次不同");
        isDeclined(approver, proposed, proposal.id());
    }

    private void isDeclined(Visitor approver, Visitor.Answer page, long id) {
        String decline = "/admin/proposals/" + id + "/decline";
        PageForm.refused(PageForm.on(page, decline).with("reason", " ").send(approver), "reason");
        Visitor.Answer tooLong = PageForm.refused(
                PageForm.on(page, decline)
                        .with("reason", "<b>" + "长".repeat(2000))
                        .send(approver),
                "reason");
        assertThat(PageForm.on(tooLong, decline).shows("reason"))
                .as("for making it shorter")
                .startsWith("<b>长")
                .hasSize(2003);
        assertThat(publication.find(id).isOpen()).isTrue();
        assertThat(approver.follow(
                                PageForm.on(tooLong, decline)
                                        .with("reason", "参数没有用处。")
                                        .send(approver),
                                "/admin/packages")
                        .body())
                .contains("已退回");
        assertThat(publication.find(id).isOpen()).isFalse();
        assertThat(PageForm.on(page, decline)
                        .with("reason", "再退一次")
                        .send(approver)
                        .status())
                .isEqualTo(409);
        assertThat(approver.get("/admin/proposals/" + id).body()).doesNotContain(decline);
    }

    @Test
    void theScreenerSaysWhatIsWorthAnsweringAndWhenNothingIs() {
        Visitor anybody = new Visitor(port);
        String question = "/screener/question/", of = "?scheme=" + SCHEME;
        assertThat(anybody.get("/screener/next" + of).location()).contains(question);
        Visitor.Answer page = anybody.get(question + "certificateLevel" + of);
        assertThat(PageForm.on(page, question + "certificateLevel")
                        .with("certificateLevel", "THREE")
                        .send(anybody)
                        .location())
                .contains(question);
        assertThat(PageForm.on(anybody.get(question + "employerType" + of), question + "employerType")
                        .with("employerType", "GOVERNMENT")
                        .send(anybody)
                        .location())
                .as("no further question can change the result")
                .contains("/screener/result");
        assertThat(anybody.post(
                                "/api/assessments/next-question",
                                "{\"scheme\": \"skills-award\", \"applicationDate\": \"2026-03-16\", \"facts\": {\"banned\": true}}")
                        .json()
                        .path("settled"))
                .hasSize(2);
        assertThat(anybody.post(
                                "/api/assessments/next-question",
                                "{\"scheme\": \"skills-award\", \"applicationDate\": \"2026-03-16\", \"facts\": {}}")
                        .json()
                        .path("questions")
                        .size())
                .isGreaterThan(5);
        assertThat(anybody.post("/api/assessments/next-question", "{\"scheme\": 1}")
                        .status())
                .isEqualTo(400);
    }
}
