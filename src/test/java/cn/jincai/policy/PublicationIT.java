package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.calendar.Calendars;
import cn.jincai.calendar.PlausibleNotice;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.policy.registers.PackagesInUse;
import cn.jincai.web.Visitor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A package is changed as an official would, uploaded, proposed and published. */
@CaseTest
class PublicationIT {
    private static final String SCHEME = "skills-award";
    private static final Actor ADMIN = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN));
    private static final Actor APPROVER = new Actor("policy-approver", Set.of(Role.POLICY_APPROVER));

    @Autowired
    Publication publication;

    @Autowired
    Calendars calendars;

    @Autowired
    Packages packages;

    @Autowired
    ObjectProvider<PackagesInUse> users;

    @Autowired
    PackageStart start;

    @Autowired
    PackageStore store;

    @Autowired
    CityClock clock;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    private final PackageFolders folders = new PackageFolders(Path.of("."));

    @AfterEach
    void theFoldersPackageIsInForceAgain() {
        String folder = PolicyPackage.hash(folders.files(SCHEME));
        if (packages.inForce(SCHEME).hash().equals(folder)) return;
        publication.proposals(SCHEME).stream()
                .filter(Proposal::isOpen)
                .forEach(p -> publication.decline(p.id(), "测试结束", APPROVER));
        publication.publish(
                publication.propose(SCHEME, folder, clock.today(), "恢复", ADMIN).id(), APPROVER);
    }

    @Test
    void whatTheFoldersHoldIsInForceFromTheFirstStart() {
        assertThat(start.broken()).isEmpty();
        for (String scheme : folders.schemes())
            assertThat(packages.inForce(scheme).hash()).isEqualTo(PolicyPackage.hash(folders.files(scheme)));
        long versions = publication.versions(SCHEME).size();
        start.look();
        assertThat(publication.versions(SCHEME)).hasSize((int) versions);
    }

    /** Somebody looks at what the gate says of it; that is no wish to open it to people. */
    @Test
    void aSchemeThatIsNotOfferedStaysSoThoughItsPackageWasUploadedBeforeAStart() {
        String scheme = "hiring-expansion-subsidy";
        assertThat(folders.notOffered()).contains(scheme);
        assertThat(publication.upload(folders.zip(scheme), ADMIN).mistakes()).isEmpty();
        start.look();
        assertThat(store.history(scheme)).isEmpty();
        assertThat(publication.proposals(scheme)).isEmpty();
    }

    @Test
    void twoNodesThatStartAtOncePublishOnce() throws Exception {
        var pool = Executors.newFixedThreadPool(2);
        try {
            Callable<Void> node = () -> {
                start.look();
                return null;
            };
            for (var done : pool.invokeAll(List.of(node, node))) done.get();
        } finally {
            pool.shutdown();
        }
        for (String scheme : folders.schemes())
            assertThat(store.history(scheme).stream().filter(h -> h.decidedBy().equals("system")))
                    .hasSize(1);
    }

    @Test
    void aWarningNeedsASignatureWhichTheApproverSees() {
        var upload = publication.upload(
                zip(
                        changed(
                                "rulesets/2026-01/parameters.yaml",
                                "parameters:\n",
                                "parameters:\n  leftOver:\n    unit: fen\n    label: {zh: 多余, en: left over}\n    values:\n      always: {is: 1, status: ILLUSTRATIVE, source: city-skills-award-2022}\n")),
                ADMIN);
        assertThat(upload.mistakes()).isEmpty();
        assertThat(publication.warnings(SCHEME, upload.hash()))
                .extracting(Mistake::code)
                .containsExactly("UNUSED_PARAMETER");
        assertThatThrownBy(() -> publication.propose(SCHEME, upload.hash(), clock.today(), "留待下一版使用", ADMIN))
                .isInstanceOfSatisfying(
                        Problem.class,
                        p -> assertThat(p.mistakes()).extracting(Mistake::field).containsExactly("warning-0"));
        Proposal proposal =
                publication.propose(SCHEME, upload.hash(), clock.today(), "留待下一版使用", List.of("下一版的表格要用"), ADMIN);
        assertThat(publication.signed(proposal.id())).singleElement().satisfies(s -> {
            assertThat(s.reason()).isEqualTo("下一版的表格要用");
            assertThat(s.by()).isEqualTo("policy-admin");
        });
        publication.decline(proposal.id(), "测试", APPROVER);
    }

    @Test
    void yuanForFenIsSeenBesideThePackageInForce() {
        SortedMap<String, byte[]> files =
                changed("rulesets/2026-01/parameters.yaml", "is: 800000, status", "is: 8000, status");
        String examples = "rulesets/2026-01/examples.yaml";
        files.put(
                examples,
                new String(files.get(examples), StandardCharsets.UTF_8)
                        .replace("amountFen: 800000", "amountFen: 8000")
                        .getBytes(StandardCharsets.UTF_8));
        var upload = publication.upload(zip(files), ADMIN);
        assertThat(upload.mistakes()).isEmpty();
        assertThat(publication.warnings(SCHEME, upload.hash())).singleElement().satisfies(w -> {
            assertThat(w.code()).isEqualTo("YUAN_FOR_FEN");
            assertThat(w.field()).isEqualTo("rulesets/2026-01/parameters.yaml, parameters.awardSpecialFen");
        });
        assertThatThrownBy(() -> publication.propose(SCHEME, upload.hash(), clock.today(), "改为元", ADMIN))
                .isInstanceOfSatisfying(
                        Problem.class,
                        p -> assertThat(p.mistakes()).extracting(Mistake::field).containsExactly("warning-0"));
    }

    @Test
    void onePersonProposesAnotherPublishesAndTheEarlierOneCanBePutBack() {
        String before = packages.inForce(SCHEME).hash();
        var upload = publication.upload(zip(changed("scheme.yaml", "zh: 技能人才奖励,", "zh: 技能人才奖励办法,")), ADMIN);
        assertThat(upload.mistakes()).isEmpty();
        assertThat(packages.inForce(SCHEME).hash()).isEqualTo(before);

        Proposal proposal = publication.propose(SCHEME, upload.hash(), clock.today(), "名称", ADMIN);
        Actor both = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN, Role.POLICY_APPROVER));
        assertThatThrownBy(() -> publication.publish(proposal.id(), both))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("SAME_PERSON");
        assertThatThrownBy(() -> publication.publish(proposal.id(), ADMIN)).hasMessageContaining("ROLE");
        assertThatThrownBy(() -> publication.propose(SCHEME, upload.hash(), clock.today(), "再来", ADMIN))
                .hasMessageContaining("PROPOSED_ALREADY");
        publication.publish(proposal.id(), APPROVER);
        assertThat(packages.inForce(SCHEME).hash()).isEqualTo(upload.hash());
        assertThat(packages.inForce(SCHEME).catalogue().name().zh()).isEqualTo("技能人才奖励办法");
        assertThat(packages.byHash(before).catalogue().name().zh()).isEqualTo("技能人才奖励");
        assertThatThrownBy(() -> publication.publish(proposal.id(), APPROVER)).hasMessageContaining("DECIDED_ALREADY");

        publication.publish(
                publication.propose(SCHEME, before, clock.today(), "恢复", ADMIN).id(), APPROVER);
        assertThat(packages.inForce(SCHEME).hash()).isEqualTo(before);
        assertThat(publication.versions(SCHEME))
                .filteredOn(Publication.Version::inForce)
                .extracting(Publication.Version::hash)
                .containsExactly(before);
    }

    /** All of it is rolled back: no other test knows of 2027. */
    @Tag("issue-13.16")
    @Test
    void theNextYearsNoticeStopsNoPackageAndAnEarlierOneCanBePutBack() {
        String examples = "rulesets/2026-01/examples.yaml";
        SortedMap<String, byte[]> without = new TreeMap<>(folders.files(SCHEME));
        without.put(
                examples,
                new String(without.get(examples), StandardCharsets.UTF_8)
                        .replaceAll("  noticesUntil: 2026\n", "")
                        .getBytes(StandardCharsets.UTF_8));
        transaction.executeWithoutResult(status -> {
            String earlier = publication.upload(zip(without), ADMIN).hash();
            calendars.load(
                    PlausibleNotice.of(2027, "测试", "[01-01..01-03, 02-05..02-11, 10-01..10-07]", "[01-31]"), ADMIN);
            for (String scheme : List.of(SCHEME, "recruitment-subsidy"))
                assertThat(publication.upload(zip(folders.files(scheme)), ADMIN).mistakes())
                        .as(scheme)
                        .isEmpty();
            assertThat(publication
                            .upload(zip(changed("scheme.yaml", "zh: 技能人才奖励,", "zh: 技能人才奖,")), ADMIN)
                            .mistakes())
                    .as("changed")
                    .isEmpty();
            publication.publish(
                    publication
                            .propose(SCHEME, earlier, clock.today(), "恢复", ADMIN)
                            .id(),
                    APPROVER);
            assertThat(packages.inForce(SCHEME).hash()).isEqualTo(earlier);
            SortedMap<String, byte[]> written = new TreeMap<>(without);
            replace(written, "scheme.yaml", "zh: 技能人才奖励,", "zh: 技能奖,");
            assertThat(publication.upload(zip(written), ADMIN).mistakes())
                    .as("new and without the year")
                    .isNotEmpty()
                    .allSatisfy(m -> assertThat(m.message().en()).contains("write noticesUntil: 2026"));
            status.setRollbackOnly();
        });
    }

    @Test
    void aLaterDayComesIntoForceWhenItHasCome() {
        String before = packages.inForce(SCHEME).hash();
        var upload = publication.upload(
                zip(changed("scheme.yaml", "Skills certification reward", "Skills certification award")), ADMIN);
        var tomorrow = clock.today().plusDays(1);
        publication.publish(
                publication
                        .propose(SCHEME, upload.hash(), tomorrow, "明天起", ADMIN)
                        .id(),
                APPROVER);
        assertThat(packages.inForce(SCHEME).hash()).isEqualTo(before);
        assertThat(store.inForce(SCHEME, tomorrow)).contains(upload.hash());
        publication.publish(
                publication.propose(SCHEME, before, tomorrow, "不改了", ADMIN).id(), APPROVER);
        assertThat(store.inForce(SCHEME, tomorrow)).contains(before);
        assertThatThrownBy(() ->
                        publication.propose(SCHEME, upload.hash(), clock.today().minusDays(1), "昨天", ADMIN))
                .hasMessageContaining("DAY_GONE");
    }

    @Test
    void whatAnotherNodePublishesHoldsHereASecondLater() {
        String before = packages.inForce(SCHEME).hash();
        var upload = publication.upload(
                zip(changed("scheme.yaml", "Skills certification reward", "Reward for skills")), ADMIN);
        store.putInForce(SCHEME, upload.hash(), clock.today(), "policy-approver");
        clock.moveTo(clock.offset().plusSeconds(1));
        assertThat(packages.inForce(SCHEME).hash()).isEqualTo(upload.hash());
        jdbc.sql("delete from policies_in_force where scheme = ? and package_hash = ?") // the record has heard
                // nothing of it
                .params(SCHEME, upload.hash())
                .update();
        clock.moveTo(clock.offset().plusSeconds(1));
        assertThat(packages.inForce(SCHEME).hash()).isEqualTo(before);
    }

    @Test
    @Tag("issue-13.17")
    void aFrozenPackageThatWasChangedInTheDatabaseIsNotReadWhileTheOtherSchemesGoOn() {
        String hash = packages.inForce(SCHEME).hash();
        SortedMap<String, byte[]> files = new TreeMap<>(publication.files(SCHEME, hash));
        String
                find =
                        "select content from policy_files where package_hash = ? and path = 'rulesets/2026-01/parameters.yaml'",
                told = "select count(*) from audit_entries where kind = 'package-damaged'";
        long before = jdbc.sql(told).query(Long.class).single();
        byte[] changed = new String(
                        jdbc.sql(find).param(hash).query(byte[].class).single(), StandardCharsets.UTF_8)
                .replace("is: 800000", "is: 900000")
                .getBytes(StandardCharsets.UTF_8);
        jdbc.sql(
                        "update policy_files set content = ? where package_hash = ? and path = 'rulesets/2026-01/parameters.yaml'")
                .params(changed, hash)
                .update();
        try {
            Packages restarted = new Packages(store, clock, users); // a node that has not read it yet
            assertThatThrownBy(() -> restarted.inForce(SCHEME)).isInstanceOfSatisfying(Problem.class, p -> {
                assertThat(p.code()).isEqualTo("PACKAGE_DAMAGED");
                assertThat(p.text().zh()).contains(SCHEME, "重新上传");
            });
            assertThatThrownBy(() -> transaction.executeWithoutResult(t -> restarted.byHash(hash)))
                    .isInstanceOf(Problem.class);
            assertThat(restarted.inForce())
                    .isNotEmpty()
                    .extracting(PolicyPackage::scheme)
                    .doesNotContain(SCHEME);
            assertThat(jdbc.sql(told).query(Long.class).single())
                    .as("told once")
                    .isEqualTo(before + 1);
            assertThat(new Visitor(port)
                            .withPassword("policy-admin", "policy-admin")
                            .get("/actuator/health")
                            .json()
                            .path("components")
                            .path("packages")
                            .toString())
                    .contains("DOWN", SCHEME);

            assertThat(publication.upload(zip(files), ADMIN).mistakes()).isEmpty();
            assertThat(restarted.inForce(SCHEME).hash())
                    .as("uploaded again, it is what it was")
                    .isEqualTo(hash);
            assertThat(new Visitor(port).get("/actuator/health").status()).isEqualTo(200);
        } finally {
            jdbc.sql(
                            "update policy_files set content = ? where package_hash = ? and path = 'rulesets/2026-01/parameters.yaml'")
                    .params(files.get("rulesets/2026-01/parameters.yaml"), hash)
                    .update();
        }
    }

    @Test
    void aPublicationThatIsTakenBackWasSeenByNobodyElse() {
        String before = packages.inForce(SCHEME).hash();
        var upload = publication.upload(
                zip(changed("scheme.yaml", "Skills certification reward", "Rewards for skills")), ADMIN);
        Proposal proposal = publication.propose(SCHEME, upload.hash(), clock.today(), "名称", ADMIN);
        transaction.executeWithoutResult(status -> {
            publication.publish(proposal.id(), APPROVER);
            assertThat(packages.inForce(SCHEME).hash()).isEqualTo(upload.hash());
            status.setRollbackOnly();
        });
        assertThat(packages.inForce(SCHEME).hash()).isEqualTo(before);
        publication.decline(proposal.id(), "测试结束", APPROVER);
    }

    @Test
    void aProposalIsDeclinedWithAReason() {
        var upload = publication.upload(zip(changed("scheme.yaml", "Skills certification reward", "Award")), ADMIN);
        Proposal proposal = publication.propose(SCHEME, upload.hash(), clock.today(), "名称", ADMIN);
        assertThatThrownBy(() -> publication.decline(proposal.id(), " ", APPROVER))
                .isInstanceOf(Problem.class);
        publication.decline(proposal.id(), "名称与文件不符", APPROVER);
        assertThat(publication.find(proposal.id()).state()).isEqualTo("declined");
        assertThat(publication.find(proposal.id()).reason()).isEqualTo("名称与文件不符");
    }

    static List<Arguments> bad() {
        String task = "<bpmn:userTask id=\"first-review\"";
        return List.of(
                bad("a missing file", "MISSING_FILE", files -> files.remove("common/case.bpmn")),
                bad(
                        "a hole in time",
                        "HOLE_IN_TIME",
                        files -> replace(
                                files,
                                "rulesets/2026-01/parameters.yaml",
                                "2017-01-01: {is: 100000",
                                "2026-06-01: {is: 100000")),
                bad(
                        "a missing ruleset file",
                        "MISSING_FILE",
                        files -> files.remove("rulesets/2026-01/parameters.yaml")),
                bad("a form that nobody has", "FORM_UNKNOWN", files -> files.remove("forms/common/first-review.form")),
                bad(
                        "a process that is called and missing",
                        "CALLED_UNKNOWN",
                        files -> files.remove("common/review.bpmn")),
                bad(
                        "a circle of calls",
                        "CALL_CIRCLE",
                        files -> replace(files, "common/review.bpmn", task, call("common-review") + task)),
                bad(
                        "a script task",
                        "CODE_NOT_ALLOWED",
                        files -> replace(
                                files,
                                "common/review.bpmn",
                                task,
                                "<bpmn:scriptTask id=\"s\" scriptFormat=\"juel\"><bpmn:script>1</bpmn:script></bpmn:scriptTask>"
                                        + task)),
                bad(
                        "a script listener",
                        "CODE_NOT_ALLOWED",
                        files -> replace(
                                files,
                                "common/review.bpmn",
                                "<bpmn:userTask id=\"second-review\"",
                                "<bpmn:task id=\"l\"><bpmn:extensionElements><camunda:executionListener event=\"start\"><camunda:script scriptFormat=\"groovy\">1</camunda:script></camunda:executionListener></bpmn:extensionElements></bpmn:task><bpmn:userTask id=\"second-review\"")),
                bad(
                        "a class",
                        "CODE_NOT_ALLOWED",
                        files -> replace(
                                files,
                                "common/review.bpmn",
                                task,
                                "<bpmn:serviceTask id=\"c\" camunda:class=\"java.lang.ProcessBuilder\"/>" + task)),
                bad(
                        "a bean not on the list",
                        "BEAN_NOT_ALLOWED",
                        files -> replace(
                                files,
                                "common/review.bpmn",
                                task,
                                "<bpmn:serviceTask id=\"c\" camunda:expression=\"${dataSource.close()}\"/>" + task)),
                bad(
                        "a class by way of a text",
                        "BEAN_NOT_ALLOWED",
                        files -> replace(
                                files,
                                "common/review.bpmn",
                                task,
                                "<bpmn:serviceTask id=\"c\" camunda:expression=\"${caseNumber.getClass().forName('x')}\"/>"
                                        + task)),
                bad(
                        "a method that a bean has not",
                        "METHOD_NOT_ALLOWED",
                        files -> replace(
                                files,
                                "common/review.bpmn",
                                task,
                                "<bpmn:serviceTask id=\"c\" camunda:expression=\"${limits.getClass()}\"/>" + task)),
                bad(
                        "an undeclared variable",
                        "VARIABLE_NOT_DECLARED",
                        files -> replace(
                                files,
                                "common/review.bpmn",
                                "${step == 'leader-review'}",
                                "${applicantName == 'leader-review'}")),
                bad(
                        "a task without a due day",
                        "NO_DUE",
                        files -> replace(
                                files, "common/review.bpmn", "camunda:dueDate=\"${limits.workingDays(3)}\"", "")),
                bad(
                        "a task without a group",
                        "NO_GROUP",
                        files -> replace(files, "common/acceptance.bpmn", "camunda:candidateGroups=\"intake\"", "")),
                bad(
                        "a role that nobody has",
                        "GROUP_UNKNOWN",
                        files -> replace(
                                files,
                                "common/acceptance.bpmn",
                                "camunda:candidateGroups=\"intake\"",
                                "camunda:candidateGroups=\"clerks\"")),
                bad(
                        "a process without time to live",
                        "NO_HISTORY_TTL",
                        files -> replace(files, "common/review.bpmn", "camunda:historyTimeToLive=\"P365D\"", "")),
                bad(
                        "a step that is not drawn",
                        "NOT_DRAWN",
                        files -> replace(
                                files,
                                "common/review.bpmn",
                                "bpmnElement=\"first-review\"",
                                "bpmnElement=\"second-review\"")),
                bad(
                        "a document type in BPMN",
                        "DOCTYPE_NOT_ALLOWED",
                        files -> replace(
                                files,
                                "common/review.bpmn",
                                "<bpmn:definitions",
                                "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><bpmn:definitions")),
                bad(
                        "an XML bomb in DMN",
                        "DOCTYPE_NOT_ALLOWED",
                        files -> replace(
                                files,
                                "rulesets/2026-01/conditions.dmn",
                                "<definitions",
                                "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><definitions")),
                bad(
                        "a missing translation",
                        "NOT_TRANSLATED",
                        files -> files.put("forms/common/parts/en.yaml", "{}".getBytes(StandardCharsets.UTF_8))),
                bad("a field that is no fact", "NO_FACT", files -> {
                    replace(
                            files,
                            "forms/common/parts/contract-employment.form",
                            "\"contractMonths\"",
                            "\"contractWeeks\"");
                    replace(files, "forms/common/parts/en.yaml", "\ncontractMonths:", "\ncontractWeeks:");
                    replace(
                            files,
                            "forms/common/parts/en.yaml",
                            "contractMonths.description",
                            "contractWeeks.description");
                }),
                bad("something that only the applicant knows is not asked", "NOT_ASKED", files -> {
                    replace(
                            files,
                            "forms/common/parts/person.form",
                            "\"key\": \"documentNumber\"",
                            "\"key\": \"field\"");
                    replace(files, "forms/common/parts/en.yaml", "\ndocumentNumber:", "\nfield:");
                }),
                bad(
                        "values that the fact has not",
                        "FOREIGN_VALUE",
                        files -> replace(
                                files,
                                "forms/common/parts/employment.form",
                                "\"register\": \"employer-types\"",
                                "\"register\": \"regions\"")),
                bad("a file of another kind", "KIND_NOT_ALLOWED", files -> files.put("run.sh", new byte[] {'#'})),
                bad(
                        "a path that leads out",
                        "PATH_NOT_ALLOWED",
                        files -> files.put("../scheme.yaml", new byte[] {'#'})));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void anUploadThatFailsSaysWhereAndChangesNothing(
            String what, String code, java.util.function.Consumer<SortedMap<String, byte[]>> spoil) {
        int versions = publication.versions(SCHEME).size();
        SortedMap<String, byte[]> files = new TreeMap<>(folders.files(SCHEME));
        spoil.accept(files);
        var upload = publication.upload(zip(files), ADMIN);
        assertThat(upload.isKept()).isFalse();
        assertThat(upload.mistakes()).extracting(Mistake::code).contains(code);
        assertThat(upload.mistakes()).allSatisfy(m -> {
            assertThat(m.field()).isNotBlank();
            assertThat(m.message().zh()).isNotBlank();
            assertThat(m.message().en()).isNotBlank();
        });
        assertThat(publication.versions(SCHEME)).hasSize(versions);
    }

    private static Arguments bad(
            String what, String code, java.util.function.Consumer<SortedMap<String, byte[]>> spoil) {
        return Arguments.of(what, code, spoil);
    }

    private static String call(String process) {
        return "<bpmn:callActivity id=\"again\" calledElement=\"" + process
                + "\" camunda:calledElementBinding=\"deployment\"/>";
    }

    private SortedMap<String, byte[]> changed(String file, String from, String to) {
        SortedMap<String, byte[]> files = new TreeMap<>(folders.files(SCHEME));
        replace(files, file, from, to);
        return files;
    }

    private static void replace(SortedMap<String, byte[]> files, String file, String from, String to) {
        String text = new String(files.get(file), StandardCharsets.UTF_8);
        assertThat(text).as(file).contains(from);
        files.put(
                file,
                text.replaceFirst(java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to))
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zip(SortedMap<String, byte[]> files) {
        return PackageZip.write(files);
    }
}
