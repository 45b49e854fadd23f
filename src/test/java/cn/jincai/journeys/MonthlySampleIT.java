package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Sha256;
import cn.jincai.review.DecisionsOfMonth;
import cn.jincai.sampling.MonthlySamples;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 稽核: a month is over, what was decided in it is drawn from by lot, a supervisor looks once more, the leader has it put right, the auditor draws again. */
@CaseTest
@Tag("issue-17.13")
class MonthlySampleIT {
    private static final String SAMPLES = "/officers/samples", MONTH = "2026-05";
    private static final Map<String, Object> REFUSAL = Map.of("reject", "CITY_AWARD", "opinion", "与规定不符");

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    MonthlySamples samples;

    @Autowired
    DecisionsOfMonth decisions;

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient db;

    /** Whichever story comes first has two cases decided in May; a month is drawn from once. */
    @BeforeEach
    void aMondayInJune() {
        if (samples.list().stream().noneMatch(s -> s.month().toString().equals(MONTH))) {
            city.at("2026-05-11T09:00");
            city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
            city.at("2026-05-11T09:00");
            city.checked("skills-award", "granted")
                    .done("reviewer", "first-review", "approve", REFUSAL)
                    .done("senior-reviewer", "second-review", "approve", REFUSAL)
                    .done("leader", "leader-review", "approve", REFUSAL)
                    .noticed()
                    .signedWithGrounds();
        }
        city.at("2026-06-01T09:00");
        Visitor supervisor = supervisor();
        supervisor.form(SAMPLES, "", supervisor.get(SAMPLES));
    }

    private Visitor supervisor() {
        return new Visitor(port).signIn("supervisor");
    }

    private String refused() {
        return samples.cases(YearMonth.parse(MONTH)).stream()
                .filter(c -> c.drawnFrom().contains("refused-by-people"))
                .findFirst()
                .orElseThrow()
                .number()
                .value();
    }

    @Test
    void ofAMonthAndOfEveryPatternALotIsDrawnThatAnybodyCanDrawAgain() {
        Visitor auditor = new Visitor(port).signIn("auditor");
        assertThat(auditor.get("/audit").body()).contains("月度稽核");
        assertThat(auditor.get(SAMPLES).body()).contains("2026年5月");
        String page = auditor.get(SAMPLES + "/" + MONTH).body();
        assertThat(page).contains("重新抽取，结果一致", refused(), "人工不予支持");
        Map<String, String> population = auditor.get(SAMPLES + "/" + MONTH + "/population")
                .body()
                .lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(l -> l[0], l -> l.length > 1 ? l[1] : ""));
        assertThat(population).hasSizeGreaterThanOrEqualTo(2).containsEntry(refused(), "refused-by-people");
        String seed = db.sql(
                        "select hash from audit_entries where at < ? order by at desc, seq desc fetch first 1 rows only")
                .param(OffsetDateTime.parse("2026-06-01T00:00+08:00"))
                .query(String.class)
                .single();
        assertThat(page).contains(seed);
        List<String> all = population.keySet().stream()
                .sorted(Comparator.comparing(
                        number -> Sha256.of((seed + " all " + number).getBytes(StandardCharsets.UTF_8))))
                .limit((population.size() * 5 + 99) / 100)
                .toList();
        assertThat(samples.cases(YearMonth.parse(MONTH)))
                .filteredOn(c -> c.drawnFrom().contains("all"))
                .extracting(c -> c.number().value())
                .containsExactlyInAnyOrderElementsOf(all);
        Visitor supervisor = supervisor();
        supervisor.form(SAMPLES, "", supervisor.get(SAMPLES));
        assertThat(samples.list())
                .filteredOn(s -> s.month().toString().equals(MONTH))
                .hasSize(1);
    }

    @Test
    void whatWasChangedAfterwardsIsTold() {
        for (String[] change : new String[][] {
            {"sampled_cases", "drawn_from", "抽出的办件与当时不同"},
            {"sample_members", "patterns", "当月决定清单与抽取时不同"}
        }) {
            String was = db.sql("select " + change[1] + " from " + change[0] + " where case_number = ?")
                    .param(refused())
                    .query(String.class)
                    .single();
            String number = refused(), set = "update " + change[0] + " set " + change[1] + " = ? where case_number = ?";
            db.sql(set).params("promised", number).update();
            assertThat(new Visitor(port)
                            .signIn("auditor")
                            .get(SAMPLES + "/" + MONTH)
                            .body())
                    .contains("结果不一致", change[2]);
            db.sql(set).params(was, number).update();
        }
        assertThat(samples.again(YearMonth.parse(MONTH)).isSame()).isTrue();
    }

    @Test
    void aDeficientDecisionIsWrittenUpAndPutRightByTheLeader() {
        String one = SAMPLES + "/" + MONTH + "/" + refused();
        assertThatThrownBy(() -> decisions.mustHaveNoPartIn(accounts.actor("reviewer"), new CaseNumber(refused())))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("HAD_A_PART"));
        Visitor supervisor = supervisor(), leader = new Visitor(port).signIn("leader");
        assertThat(supervisor
                        .form(one + "/finding", "finding=in-order", supervisor.get(one))
                        .status())
                .as("not taken yet")
                .isEqualTo(302);
        assertThat(supervisor.get(one).body()).contains("请先领取本件", "领取本件");
        String file = "/officers/cases/" + refused();
        PageForm.on(supervisor.get(one), one + "/take").send(supervisor);
        assertThat(supervisor.get(file).status())
                .as("whoever looks once more sees the file")
                .isEqualTo(200);
        var form = PageForm.on(supervisor.get(one), one + "/finding");
        PageForm.refused(form.send(supervisor), "f-finding");
        PageForm.refused(form.with("finding", "deficient").send(supervisor), "f-measure");
        var typed = PageForm.refused(form.with("measure", "correct").send(supervisor), "f-words");
        assertThat(typed.body()).contains("请写明存在的问题和依据");
        form.with("words", "不予支持的理由与办法第十二条不符。").send(supervisor);
        assertThat(supervisor.get(one).body()).contains("存在问题", "更正决定", "待落实", "不予支持的理由与办法第十二条不符。");
        assertThat(db.sql("select sealed_words from sampled_cases where case_number = ?")
                        .param(refused())
                        .query(String.class)
                        .single())
                .startsWith("v2.");
        assertThat(supervisor.get(one).body()).doesNotContain("确认已落实");
        var done = PageForm.on(leader.get(one), one + "/carried-out");
        PageForm.refused(done.send(leader), "f-words");
        done.with("words", "已更正并告知申请人。").send(leader);
        assertThat(leader.get(one).body()).contains("已落实", "已更正并告知申请人。").doesNotContain("确认已落实");
        done.send(leader);
        assertThat(leader.get(one).body()).contains("没有待落实的处理");
        assertThat(leader.get(SAMPLES).body()).contains("2026年5月");
        assertThat(new Visitor(port)
                        .signIn("auditor")
                        .get("/audit?case=" + refused())
                        .body())
                .contains("作出稽核结论", "稽核处理已落实")
                .doesNotContain("不符。");
    }

    @Test
    void whatIsNoMonthOrWasNotDrawnIsNotFound() {
        Visitor auditor = new Visitor(port).signIn("auditor");
        for (String path :
                List.of("/2026-13", "/mai", "/1999-01", "/" + MONTH + "/JC0000000000", "/1999-01/population"))
            assertThat(auditor.get(SAMPLES + path).status()).as(path).isEqualTo(404);
    }
}
