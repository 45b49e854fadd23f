package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Staff;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Role;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyOffice;
import cn.jincai.review.panel.PanelDraws;
import cn.jincai.staffing.Absences;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.camunda.bpm.engine.HistoryService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** A panel of a field with more experts than seats (rulebook 7.6): five of the field are drawn, they don't see one another's votes, a free seat goes to the next of the draw, and a tie is voted on once more. */
@CaseTest
class PanelIT {
    private static final String FIELD = "园艺";
    private static final Actor ADMIN = new Actor("admin", Set.of(Role.ADMIN));

    @Autowired
    City city;

    @Autowired
    Staff staff;

    @Autowired
    Packages packages;

    @Autowired
    ApplicationContext context;

    @Autowired
    PanelDraws draws;

    @Autowired
    Absences absences;

    @LocalServerPort
    int port;

    private final Map<String, Visitor> gardeners = new LinkedHashMap<>();

    @BeforeEach
    void sevenGardeners() {
        city.at("2026-03-02T09:00");
        for (int i = 1; i <= 7; i++) {
            String name = "gardener-" + i + "-" + UUID.randomUUID().toString().substring(0, 8);
            String first = staff.make(
                    new Staff.Filled(
                            name, "园艺专家" + i, Set.of(Role.EXPERT), "", i % 2 == 0 ? FIELD : "林业、" + FIELD, "", ""),
                    ADMIN);
            String password = "correct horse " + i;
            staff.changeOwnPassword(first, password, new Actor(name, Set.of(Role.EXPERT)));
            Visitor expert = new Visitor(port);
            assertThat(expert.trySignIn(name, password).status()).isEqualTo(302);
            gardeners.put(name, expert.withPassword(name, password));
        }
    }

    /** Or they would be drawn in other stories, where no field is given. */
    @AfterEach
    void theyRetire() {
        for (String name : gardeners.keySet())
            staff.change(new Staff.Filled(name, "园艺专家", Set.of(Role.EXPERT), "", FIELD, "", ""), true, ADMIN);
    }

    private ApplicantsCase atThePanel() {
        ObjectNode application = city.application("talent-recognition", "panel");
        ((ObjectNode) application.get("answers")).put("field", FIELD);
        return city.checked(application)
                .reviewedByBoth()
                .done("leader", "leader-review", "approve")
                .waitsAt("expert-panel");
    }

    private List<String> seated(ApplicantsCase talent) {
        return gardeners.keySet().stream()
                .filter(name -> task(name, talent) != null)
                .toList();
    }

    private String task(String name, ApplicantsCase talent) {
        for (var task : gardeners
                .get(name)
                .get("/api/tasks?stage=expert-panel&size=100")
                .json()
                .get("items"))
            if (task.path("case").asText().equals(talent.number()))
                return task.get("id").asText();
        return null;
    }

    private void votes(String name, ApplicantsCase talent, String vote, String words) {
        var answer = gardeners
                .get(name)
                .post(
                        "/api/tasks/" + task(name, talent) + "/completion",
                        "{\"outcome\": \"" + vote + "\", \"opinion\": \"" + words + "\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    }

    @Test
    void expertsOfTheFieldVoteWithoutSeeingOneAnothersVotesAndFreeSeatsGoToTheNextOfTheDraw() {
        var talent = atThePanel();
        List<String> first = seated(talent);
        assertThat(first).as("five seats").hasSize(5);
        for (String other : List.of("expert1", "expert2", "expert3", "expert4", "expert5"))
            assertThat(talent.hasTask(other, "expert-panel"))
                    .as("of no such field")
                    .isFalse();
        List<String> others = new ArrayList<>(gardeners.keySet());
        others.removeAll(first);
        for (String name : others)
            assertThat(gardeners.get(name).get("/api/cases/" + talent.number()).status())
                    .as("not drawn")
                    .isEqualTo(404);

        votes(first.get(0), talent, "approve", "嫁接技艺独到");
        votes(first.get(1), talent, "approve", "嫁接技艺独到");
        votes(first.get(2), talent, "reject", "成果不足");
        var page = gardeners.get(first.get(3)).get("/officers/cases/" + talent.number());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .as("others' votes, to one who has still to vote")
                .contains(talent.number())
                .doesNotContain("嫁接技艺独到", "成果不足");
        assertThat(gardeners
                        .get(first.get(0))
                        .get("/officers/cases/" + talent.number())
                        .body())
                .as("one's own stays")
                .contains("嫁接技艺独到")
                .doesNotContain("成果不足");
        assertThat(new Visitor(port)
                        .signIn("leader")
                        .get("/officers/cases/" + talent.number())
                        .body())
                .as("nor to anybody else while they vote")
                .doesNotContain("嫁接技艺独到", "成果不足");
        votes(first.get(3), talent, "reject", "成果不足");
        List<String> order = draws.of(new CaseNumber(talent.number())).get(0).lots().stream()
                .filter(lot -> lot.candidate().isEligible())
                .map(lot -> lot.candidate().account())
                .toList();
        assertThat(order).containsExactlyInAnyOrderElementsOf(gardeners.keySet());
        assertThat(order.subList(0, 5)).containsExactlyInAnyOrderElementsOf(first);
        votes(first.get(4), talent, "recuse", "曾是师生");
        assertThat(seated(talent)).as("the next of the draw has his seat").containsExactly(order.get(5));
        assertThat(gardeners
                        .get(first.get(4))
                        .get("/api/cases/" + talent.number())
                        .status())
                .as("who recused himself")
                .isEqualTo(404);
        assertThat(context.getBean(HistoryService.class)
                        .createHistoricVariableInstanceQuery()
                        .variableValueEquals("outcome", "recuse")
                        .count())
                .as("how he voted, for the engine")
                .isZero();
        Visitor leader = new Visitor(port).signIn("leader"), auditor = new Visitor(port).signIn("auditor");
        String panels = "/officers/cases/" + talent.number() + "/panels";
        assertThat(leader.get(panels).body()).contains("正在进行第 1 轮表决").doesNotContain("minutes.pdf", "赞成", first.get(0));
        String minutes = panels + "/"
                + draws.of(new CaseNumber(talent.number())).get(0).draw().panelId() + "/minutes.pdf";
        for (Visitor reader : List.of(leader, auditor))
            assertThat(reader.get(minutes).status()).as("while they vote").isEqualTo(409);
        city.passes("P16D");
        assertThat(seated(talent)).as("he is silent for half of the days").containsExactly(order.get(6));
        assertThat(gardeners
                        .get(order.get(5))
                        .get("/api/cases/" + talent.number())
                        .status())
                .as("whose seat is another's")
                .isEqualTo(404);
        city.passes("P14D");
        talent.waitsAt("expert-panel");
        assertThat(seated(talent))
                .as("two to two, and nobody is left: who was silent is asked again")
                .containsExactly(order.get(6));
        assertThat(timeline(talent))
                .as("how it stood, to those who vote once more")
                .contains("第一轮未形成多数意见，另行表决")
                .doesNotContain("专家评审结束", "赞成2");
        assertThat(leader.get(panels).body()).contains("正在进行第 2 轮表决").doesNotContain("minutes.pdf");
        assertThat(leader.get(minutes).status()).isEqualTo(409);
        votes(order.get(6), talent, "approve", "同意");
        assertThat(talent.waitsAt("public-notice")
                        .shownTo("leader")
                        .body()
                        .get("timeline")
                        .toString())
                .contains("评审通过（赞成3，反对2）", "一名专家回避，已由下一位候补专家接替", "一名专家在期限过半时仍未表决");
        assertThat(new Visitor(port)
                        .signIn("leader")
                        .get("/officers/cases/" + talent.number())
                        .body())
                .as("the minutes")
                .contains("嫁接技艺独到", "成果不足", "曾是师生");
        assertThat(draws.of(new CaseNumber(talent.number())))
                .as("drawn again")
                .hasSize(1)
                .allMatch(drawn -> drawn.again().isSame());
        assertThat(auditor.get(panels).body())
                .contains("重新抽取，结果一致", order.get(5), "minutes.pdf")
                .doesNotContain("重新抽取，结果不一致");
        for (Visitor reader : List.of(leader, auditor)) {
            var pdf = reader.get(minutes);
            assertThat(pdf.status()).isEqualTo(200);
            assertThat(pdf.headers().firstValue("Content-Type")).contains("application/pdf");
        }
        assertThat(leader.get(panels).body()).contains("minutes.pdf").doesNotContain(order.get(5));
        for (String other : List.of("reviewer", "supervisor", "finance", "applicant", "expert1"))
            for (String closed : List.of(panels, minutes))
                assertThat(new Visitor(port).signIn(other).get(closed).status())
                        .as(other + " " + closed)
                        .isIn(403, 404);
        assertThat(gardeners.get(first.get(0)).get(minutes).status()).isIn(403, 404);
        assertThat(gardeners
                        .get(first.get(2))
                        .get("/officers/cases/" + talent.number())
                        .body())
                .as("an expert reads no other's vote afterwards either")
                .doesNotContain("嫁接技艺独到");
    }

    private String timeline(ApplicantsCase talent) {
        return talent.shownTo("leader").body().get("timeline").toString();
    }

    @Test
    void whoIsAwayFollowsOnNoSeatAndAPanelOfAWithdrawnCaseEnds() {
        var talent = atThePanel();
        var number = new CaseNumber(talent.number());
        List<String> order = draws.of(number).get(0).lots().stream()
                .filter(lot -> lot.candidate().isEligible())
                .map(lot -> lot.candidate().account())
                .toList();
        LocalDate today = LocalDate.parse(city.today());
        absences.enter(ADMIN, order.get(5), today, today, "");
        votes(order.get(0), talent, "recuse", "曾是师生");
        assertThat(task(order.get(5), talent)).as("he is away").isNull();
        assertThat(task(order.get(6), talent)).isNotNull();
        votes(order.get(1), talent, "approve", "嫁接技艺独到");

        talent.withdrawal().is(200);
        talent.isClosed("withdrawn");
        String panels = new Visitor(port)
                .signIn("auditor")
                .get("/officers/cases/" + talent.number() + "/panels")
                .body();
        assertThat(panels).contains("申请人撤回，未作结论").doesNotContain("正在进行第");
        assertThat(new Visitor(port)
                        .signIn("auditor")
                        .get("/officers/cases/" + talent.number() + "/panels/"
                                + draws.of(number).get(0).draw().panelId() + "/minutes.pdf")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTieThatStaysATieIsTheLeadersForGood() {
        var talent = atThePanel();
        List<String> first = seated(talent);
        for (int i = 0; i < 5; i++)
            votes(
                    first.get(i),
                    talent,
                    List.of("approve", "approve", "reject", "reject", "recuse").get(i),
                    "理由");
        for (int i = 0; i < 2; i++) votes(seated(talent).get(0), talent, "recuse", "理由"); // both who could follow
        talent.waitsAt("leader-review");
        assertThat(new Visitor(port)
                        .signIn("leader")
                        .get("/officers/cases/" + talent.number())
                        .body())
                .contains("未形成多数意见（赞成2，反对2）");
        talent.done("leader", "leader-review", "approve").noticedAndSigned().isClosed("granted");
    }

    /**
     * A sum for which no leader is asked: he decides because the panel could not. His return to the second review decides nothing, so that what the second review then says comes to him again.
     */
    @Test
    void whatThePanelLeftToTheLeaderComesToHimAgainAfterHeReturnedIt() {
        PolicyOffice office = new PolicyOffice(context);
        String before = packages.inForce("talent-recognition").hash();
        SortedMap<String, byte[]> files = new TreeMap<>(CityPackages.FOLDERS.files("talent-recognition"));
        PolicyOffice.change(files, "scheme.yaml", "leaderAboveFen: 5000000", "leaderAboveFen: 500000000");
        office.publishes("talent-recognition", files);
        try {
            ObjectNode application = city.application("talent-recognition", "panel");
            ((ObjectNode) application.get("answers")).put("field", FIELD);
            var talent = city.checked(application).reviewedByBoth().waitsAt("expert-panel");
            List<String> first = seated(talent);
            for (int i = 0; i < 5; i++)
                votes(
                        first.get(i),
                        talent,
                        List.of("approve", "approve", "reject", "reject", "recuse")
                                .get(i),
                        "理由");
            for (int i = 0; i < 2; i++) votes(seated(talent).get(0), talent, "recuse", "理由"); // both who could follow
            talent.withOpinion("leader", "leader-review", "return")
                    .waitsAt("second-review")
                    .done("senior-reviewer", "second-review", "approve")
                    .waitsAt("leader-review")
                    .done("leader", "leader-review", "approve")
                    .waitsAt("public-notice");
        } finally {
            city.at("2026-03-02T09:00"); // of the day on which it was replaced
            office.putsBack("talent-recognition", before);
        }
    }
}
