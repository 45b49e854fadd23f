package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.web.Visitor;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A scheme that is written and not offered is nowhere where people apply; two people offer it by one change of data, and take it back the same way. */
@CaseTest
@Tag("issue-16.20")
class OfferedIT {
    private static final String SCHEME = "startup-hiring-subsidy";
    private static final Actor ADMIN = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN)),
            APPROVER = new Actor("policy-approver", Set.of(Role.POLICY_APPROVER));
    private static final String FACTS = """
            {"scheme": "%s", "applicationDate": "2026-11-30", "facts": {"identityVerified": true, "banned": false, "employerRegion": "JINJIANG", "ownsBusiness": true,
             "registeredOn": "2024-05-20", "hires": 4, "hireContractMonths": 12, "hireInsuredMonths": 6, "businessPaidBefore": 0}}""";

    @Autowired
    Publication publication;

    @Autowired
    Packages packages;

    @Autowired
    PackageFolders folders;

    @Autowired
    CityClock clock;

    @Autowired
    RepositoryService engine;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    private Visitor visitor() {
        return new Visitor(port);
    }

    static List<String> library() {
        return CityPackages.FOLDERS.notOffered();
    }

    @Test
    void theStartNotesThemAndNeitherPublishesNorDeploysThem() {
        assertThat(jdbc.sql("select scheme from waiting_schemes order by scheme")
                        .query(String.class)
                        .list())
                .containsExactlyElementsOf(library());
        assertThat(engine.createProcessDefinitionQuery()
                        .processDefinitionKeyIn("training-base", "talent-housing-run")
                        .count())
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("library")
    void whoeverAsksForItIsAnsweredAsForASchemeThatDoesNotExist(String scheme) {
        if (scheme.equals(SCHEME)) return; // it is offered below, in whatever order
        assertThat(visitor().get("/api/schemes").body()).doesNotContain(scheme);
        for (String page : List.of("/", "/schemes"))
            assertThat(visitor().get(page).body()).doesNotContain("/schemes/" + scheme);
        for (String page : List.of("/schemes/", "/screener/", "/schemes/%s/rules"))
            assertThat(visitor()
                            .get(page.contains("%s") ? page.formatted(scheme) : page + scheme)
                            .status())
                    .as(page)
                    .isEqualTo(404);
        Visitor applicant = visitor().withPassword("applicant", "applicant");
        for (String[] call : new String[][] {
            {"/api/assessments", "{\"scheme\": \"%s\", \"facts\": {}}"}, {"/api/cases", "{\"scheme\": \"%s\"}"}
        }) {
            var unknown = applicant.post(call[0], call[1].formatted("no-such-scheme"));
            var known = applicant.post(call[0], call[1].formatted(scheme));
            assertThat(known.status()).as(call[0]).isEqualTo(unknown.status()).isBetween(400, 499);
            assertThat(known.json().path("code").asText())
                    .isEqualTo(unknown.json().path("code").asText());
        }
        assertThat(applicant.post("/api/assessments/all", "{\"facts\": {}}").body())
                .doesNotContain(scheme);
    }

    @ParameterizedTest
    @CsvSource({
        "policy-admin, 200, 200",
        "policy-approver, 200, 403",
        "leader, 200, 403",
        "supervisor, 200, 403",
        "senior-reviewer, 200, 403",
        "finance-approver, 200, 403",
        "auditor, 200, 403",
        "intake, 403, 403",
        "reviewer, 403, 403",
        "finance, 403, 403",
        "admin, 403, 403",
        "employer, 403, 403",
        "applicant, 403, 403"
    })
    void officialsSeeAllPoliciesAsAList(String who, int list, int zip) {
        Visitor visitor = visitor().signIn(who);
        assertThat(visitor.get("/admin/policies").status()).isEqualTo(list);
        assertThat(visitor.get("/admin/policies/training-base/zip").status()).isEqualTo(zip);
    }

    @Test
    void theListTellsOfEachWhatItGivesOnWhatItRestsAndHowSureItsValuesAre() {
        Visitor leader = visitor().signIn("leader");
        String chinese = leader.get("/admin/policies").body(),
                english = leader.get("/admin/policies?lang=en").body();
        for (String scheme : CityPackages.FOLDERS.all()) {
            Scheme catalogue = CityPackages.of(scheme).catalogue();
            assertThat(chinese)
                    .contains("id=\"" + scheme + "\"", catalogue.name().zh());
            assertThat(english).contains(catalogue.name().en());
        }
        assertThat(chinese).contains("未开办", "已开办", "琼办发〔2019〕41号", "核对");
        assertThat(english)
                .contains("Not offered", "Offered", "248.80", "compared on", "Illustrative")
                .doesNotContain("/admin/policies/training-base/zip");
        assertThat(visitor().get("/admin/policies").status()).isEqualTo(302);
        assertThat(visitor().signIn("policy-admin").get("/admin/policies").body())
                .contains("/admin/policies/training-base/zip");
        assertThat(visitor()
                        .signIn("policy-admin")
                        .get("/admin/policies/skills-award/zip")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void twoPeopleOfferItByOneChangeOfDataAndTakeItBackTheSameWay() {
        publish(true);
        assertThat(visitor().get("/api/schemes").body()).contains(SCHEME);
        assertThat(visitor()
                        .post("/api/assessments", FACTS.formatted(SCHEME))
                        .json()
                        .at("/benefits/0/amountFen")
                        .asLong())
                .isEqualTo(900000);
        Visitor applicant = visitor().withPassword("applicant", "applicant");
        var draft = applicant.post("/api/cases", "{\"scheme\": \"" + SCHEME + "\"}");
        assertThat(draft.status()).isEqualTo(201);
        publish(false);
        assertThat(visitor().get("/api/schemes").body()).doesNotContain(SCHEME);
        var late = applicant.post(
                "/api/cases/" + draft.json().path("number").asText() + "/submission", "{\"promises\": []}");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().path("code").asText()).isEqualTo("NOT_OFFERED");
        assertThat(packages.inForce(SCHEME).catalogue().offered())
                .as("what was granted goes on by it")
                .isFalse();
        assertThat(visitor().signIn("leader").get("/admin/policies").body()).contains("已停止受理");
    }

    private void publish(boolean offered) {
        byte[] zip = ChangedZip.of(
                folders.zip(SCHEME),
                "scheme.yaml",
                text -> text.replace("offered: false", "offered: " + offered) + "# " + clock.instant()
                        + "\n"); // another version each time
        var upload = publication.upload(zip, ADMIN);
        assertThat(upload.mistakes()).isEmpty();
        Proposal proposal = publication.propose(SCHEME, upload.hash(), clock.today(), "开办", ADMIN);
        assertThatThrownBy(() -> publication.publish(
                        proposal.id(), new Actor("policy-admin", Set.of(Role.POLICY_ADMIN, Role.POLICY_APPROVER))))
                .isInstanceOf(Problem.class);
        publication.publish(proposal.id(), APPROVER);
    }
}
