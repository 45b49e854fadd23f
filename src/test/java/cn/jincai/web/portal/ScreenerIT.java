package cn.jincai.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.City;
import cn.jincai.planning.Screening;
import cn.jincai.planning.Told;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormInput;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import cn.jincai.web.Visitor.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** Somebody who only asks, without JavaScript and without signing in: one question a page, and at the end what is open to him, what is not and why, and what nobody can say yet. */
@CaseTest
@Tag("issue-18.2")
@Tag("issue-13.8")
class ScreenerIT {
    private static final String QUESTION = "/screener/question/", RESULT = "/screener/result";
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final AtomicInteger STORIES = new AtomicInteger();
    private static final Pattern LEFT = Pattern.compile("(?:最多还有|还剩) (\\d+) 个问题");

    private static final Map<String, String> WELDER = Map.of(
            "employerType", "PRIVATE_ENTERPRISE",
            "employerRegion", "JINJIANG",
            "inPost", "true",
            "contractMonths", "36",
            "insuredMonthsConsecutive", "8",
            "unemploymentInsuredMonths", "40",
            "certificateLevel", "THREE",
            "certificateIssuedOn", "2026-01-12",
            "birthDate", "1990-03-07");

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Packages packages;

    @Autowired
    Screening screening;

    @Autowired
    ObjectMapper json;

    private Visitor visitor;

    @BeforeEach
    void aMondayMorning() {
        // each story some minutes later, so that none is refused for what others asked
        city.at(DAY.atTime(9, 0).plusMinutes(3L * STORIES.getAndIncrement()).toString());
        visitor = new Visitor(port);
    }

    /** Presses "start": where it leads. */
    private String begin(String query) {
        return here(visitor.get("/screener/next" + query));
    }

    /** Where an answer leads, without the machine. */
    private static String here(Answer answer) {
        return answer.location().replaceFirst("^http://[^/]+", "");
    }

    private static String path(String location) {
        return location.replaceFirst("\\?.*", "");
    }

    private PageForm form(String location) {
        return PageForm.on(visitor.get(location), path(location));
    }

    private static String key(String location) {
        return path(location).substring(QUESTION.length());
    }

    private Answer dontKnow(String location) {
        return form(location).forged("unknown", "true").send(visitor);
    }

    /** Answers what is known and says of all else that he does not know. @return where it ends, and which questions there were */
    private List<String> walk(String from, Map<String, String> known) {
        List<String> asked = new ArrayList<>();
        String at = from;
        while (path(at).startsWith(QUESTION)) {
            String key = key(at);
            assertThat(asked).as("asked twice").doesNotContain(key);
            asked.add(key);
            Answer sent =
                    known.containsKey(key) ? form(at).with(key, known.get(key)).send(visitor) : dontKnow(at);
            assertThat(sent.status()).as(key + sent.body()).isEqualTo(302);
            known.values().stream()
                    .filter(v -> v.length() > 3)
                    .forEach(v -> assertThat(sent.location()).doesNotContain(v));
            at = here(sent);
        }
        assertThat(path(at)).isEqualTo(RESULT);
        return asked;
    }

    private static int left(Answer page) {
        Matcher left = LEFT.matcher(page.body());
        return left.find() ? Integer.parseInt(left.group(1)) : 0;
    }

    /** The part of the result that is about a scheme. */
    private static String about(String scheme, Answer page) {
        int from = page.body().indexOf("data-scheme=\"" + scheme + "\"");
        assertThat(from).as(scheme).isPositive();
        return page.body().substring(from, page.body().indexOf("</section>", from));
    }

    @Test
    void oneQuestionAPageWithFewerLeftEachTimeAndTheSumSoFarAtTheFoot() {
        String at = begin("?scheme=skills-award");
        int before = Integer.MAX_VALUE;
        while (path(at).startsWith(QUESTION)) {
            Answer page = visitor.get(at);
            assertThat(page.body()).contains("class=\"jc-so-far\"", "我不清楚", "我的回答");
            assertThat(page.body().split("<h1", -1)).as("one heading").hasSize(2);
            assertThat(left(page)).isLessThan(before).isPositive();
            before = left(page);
            String key = key(at);
            at = here(PageForm.on(page, path(at)).with(key, WELDER.get(key)).send(visitor));
        }
        Answer result = visitor.get(at);
        assertThat(result.body()).contains("2,000 元");
        assertThat(about("skills-award", result)).contains("data-state=\"granted\"", "可以享受");
        for (PolicyPackage p : packages.offered())
            assertThat(result.body()).as("every scheme").contains("data-scheme=\"" + p.scheme() + "\"");
        assertThat(about("talent-recognition", result))
                .as("what was not asked is not known, and never a no")
                .contains("data-state=\"open\"", "尚不能确定", "还没有回答");
    }

    @Test
    void whatOnlyARecordKnowsIsNotAskedButAssumedAndSaidSoAndCanBeChanged() {
        List<String> asked = walk(begin("?scheme=skills-award"), WELDER);
        assertThat(asked).contains("certificateLevel", "employerType");
        assertThat(asked)
                .doesNotContain(
                        "identityVerified",
                        "banned",
                        "claimsThisYear",
                        "levelsPaidForOccupation",
                        "certificateVerified");
        Answer result = visitor.get(RESULT);
        assertThat(result.body()).contains("我们这样假定", "/screener/question/banned");
        Answer changed = form(QUESTION + "banned").with("banned", "true").send(visitor);
        assertThat(changed.status()).isEqualTo(302);
        assertThat(about("skills-award", visitor.get(RESULT))).contains("data-state=\"refused\"", "失信", "为什么不能享受");
    }

    @Test
    void aRefusalIsToldOnceWithWhatWouldChangeIt() {
        assertThat(form(QUESTION + "employerType")
                        .with("employerType", "GOVERNMENT")
                        .send(visitor)
                        .status())
                .isEqualTo(302);
        Answer result = visitor.get(RESULT);
        String about = about("skills-award", result);
        assertThat(about).contains("data-state=\"refused\"", "用人单位性质为机关单位，不在本政策范围内。", "怎样才能享受");
        assertThat(about.split("用人单位性质为机关单位，不在本政策范围内。", -1))
                .as("once, not once a benefit")
                .hasSize(2);
        assertThat(begin("?scheme=skills-award"))
                .as("nothing else can change it")
                .endsWith("/screener/result?scheme=skills-award");
    }

    @Test
    void iDontKnowIsAnAnswerEverywhereAndNeverANo() {
        List<String> asked = walk(begin(""), Map.of());
        assertThat(asked).isNotEmpty();
        Answer result = visitor.get(RESULT);
        for (PolicyPackage p : packages.offered())
            assertThat(about(p.scheme(), result))
                    .contains("data-state=\"open\"", "还不知道的")
                    .doesNotContain("为什么不能享受");
        assertThat(result.body()).contains("您答“我不清楚”");
    }

    @Test
    void answersSurviveTheReasonsTheWayBackTheOtherLanguageAndAnotherTab() {
        walk(begin("?scheme=skills-award"), WELDER);
        Answer page = visitor.get(QUESTION + "certificateLevel");
        assertThat(PageForm.on(page, QUESTION + "certificateLevel").shows("certificateLevel"))
                .isEqualTo("THREE");
        assertThat(page.body()).contains("govuk-back-link");
        assertThat(visitor.get("/screener/skills-award/explanation").body()).contains("href=\"" + RESULT);
        // the header's button takes along what stands in the form, and stays on the page
        Answer chosen = visitor.form(QUESTION + "certificateLevel?lang=en", "certificateLevel=TWO", page);
        assertThat(here(chosen)).isEqualTo(QUESTION + "certificateLevel");
        Answer english = visitor.get(QUESTION + "certificateLevel");
        assertThat(english.body()).contains("lang=\"en\"", "I don’t know");
        assertThat(PageForm.on(english, QUESTION + "certificateLevel").shows("certificateLevel"))
                .isEqualTo("TWO");
        assertThat(visitor.get("/screener/answers?lang=zh").body())
                .as("not sent yet")
                .contains("三级（高级工）");
        page = visitor.get(QUESTION + "certificateLevel");
        assertThat(here(visitor.form(QUESTION + "certificateLevel?look=elders", "certificateLevel=TWO", page)))
                .as("large letters are no answer either")
                .isEqualTo(QUESTION + "certificateLevel");
        assertThat(visitor.get("/screener/answers").body()).contains("三级（高级工）");
        // a tab that was opened before: its answer is one more, and nothing else is lost
        PageForm otherTab = form(QUESTION + "contractMonths");
        form(QUESTION + "certificateLevel").with("certificateLevel", "TWO").send(visitor);
        otherTab.with("contractMonths", "24").send(visitor);
        otherTab.send(visitor); // twice
        Answer answers = visitor.get("/screener/answers");
        assertThat(answers.body()).contains("二级（技师）", ">24<", "民营企业");
        assertThat(new Visitor(port).get("/screener/answers").location())
                .as("nobody else's")
                .endsWith("/screener");
        visitor.form("/screener/clear", "", answers);
        assertThat(form(QUESTION + "certificateLevel").shows("certificateLevel"))
                .isEmpty();
        assertThat(visitor.get(RESULT).location()).endsWith("/screener");
    }

    @Test
    void whatIsWrongIsSaidAndWhatSomebodyMadeUpIsNotTaken() {
        String at = QUESTION + "contractMonths";
        Answer empty = PageForm.refused(form(at).send(visitor), "f-contractMonths");
        assertThat(empty.body()).contains("请回答；不清楚的，请点“我不清楚”");
        Answer wrong = PageForm.refused(form(at).with("contractMonths", "vier").send(visitor), "f-contractMonths");
        assertThat(PageForm.on(wrong, at).shows("contractMonths"))
                .as("what was typed")
                .isEqualTo("vier");
        PageForm.refused(
                form(QUESTION + "employerType")
                        .forged("employerType", "<script>")
                        .send(visitor),
                "f-employerType");
        PageForm.refused(
                form(QUESTION + "birthDate").with("birthDate", "2999-01-01").send(visitor), "f-birthDate");
        Answer gone = visitor.get(QUESTION + "noSuchFact");
        assertThat(gone.location()).endsWith("/screener");
        assertThat(visitor.get("/screener").body()).contains("您打开的问题已不再询问");
        Answer forged = visitor.send("GET", "/screener", null, "Cookie", "screening=abc.def; JCLANG=zh");
        assertThat(forged.body()).contains("以前的回答已无法读取");
        assertThat(visitor.get("/screener?scheme=%3Cscript%3E").status()).isEqualTo(200);
    }

    @Test
    void theAddressesOfBeforeLeadOn() {
        assertThat(visitor.get("/screener/skills-award").location()).endsWith("/screener?scheme=skills-award");
        assertThat(visitor.get("/screener?scheme=skills-award").body())
                .contains("先问与“"
                        + packages.inForce("skills-award").catalogue().name().zh());
        assertThat(visitor.get("/screener/no-such").status()).isEqualTo(404);
    }

    @Test
    void theEndIsShareableAsTextThatTellsNoAnswer() {
        walk(begin("?scheme=skills-award"), WELDER);
        Matcher text = Pattern.compile("<textarea[^>]*>([^<]*)</textarea>")
                .matcher(visitor.get(RESULT).body());
        assertThat(text.find()).isTrue();
        assertThat(text.group(1)).contains("晋才政策测算结果（2026年3月2日）", "2,000 元").doesNotContain("1990", "36");
    }

    @Test
    void theTextToPassOnTellsNoReasonThatRepeatsAnAnswer() {
        Map<String, String> civilServant = new HashMap<>(WELDER);
        civilServant.put("employerType", "GOVERNMENT");
        walk(begin("?scheme=skills-award"), civilServant);
        String result = visitor.get(RESULT).body();
        Matcher text = Pattern.compile("<textarea[^>]*>([^<]*)</textarea>").matcher(result);
        assertThat(text.find()).isTrue();
        assertThat(result).contains("机关");
        assertThat(text.group(1)).contains("晋才政策测算结果").doesNotContain("机关");
    }

    @Test
    void whoeverSignsInAtTheSameBrowserAfterTheSessionEndedHasNothingOfAnothersAnswers() {
        walk(begin("?scheme=skills-award"), WELDER);
        visitor.signIn("applicant");
        assertThat(visitor.get("/screener/answers").body()).contains("三级（高级工）");
        visitor.withoutSession();
        assertThat(visitor.get("/screener/answers").location()).endsWith("/screener");
        visitor.signIn("applicant2");
        assertThat(visitor.get("/screener/answers").location()).endsWith("/screener");
        assertThat(visitor.get("/apply/skills-award").body()).doesNotContain("用资格测算时的回答先填好");
    }

    @Test
    void answersOfYesterdayAreNotOpenedAnyMore() {
        walk(begin("?scheme=skills-award"), WELDER);
        assertThat(visitor.get("/screener/answers").body()).contains("三级（高级工）");
        city.at("2026-03-03T09:00");
        assertThat(visitor.get("/screener/answers").location()).endsWith("/screener");
    }

    @Test
    void answersGoAlongToTheApplicationThroughSigningInAndAreGoneAfterSigningOut() {
        walk(begin("?scheme=skills-award"), WELDER);
        assertThat(visitor.get(RESULT).body()).contains("href=\"/apply/skills-award\"", "用这些回答去申请");
        visitor.get("/apply/skills-award");
        visitor.signIn("applicant");
        Answer start = visitor.get("/apply/skills-award");
        assertThat(start.body()).contains("用资格测算时的回答先填好");
        Answer begun = PageForm.on(start, "/apply/skills-award").send(visitor);
        assertThat(begun.location()).contains("/cases/").doesNotContain("THREE");
        assertThat(answersOf(begun).path("certificateLevel").asText()
                        + answersOf(begun).path("employerType").asText())
                .isEqualTo("THREEPRIVATE_ENTERPRISE");
        Answer anew = PageForm.on(visitor.get("/apply/skills-award"), "/apply/skills-award")
                .with("told")
                .send(visitor);
        assertThat(answersOf(anew).has("certificateLevel"))
                .as("who does not want it begins anew")
                .isFalse();
        visitor.signOut();
        assertThat(visitor.get(RESULT).location()).as("gone with him").endsWith("/screener");
    }

    private JsonNode answersOf(Answer begun) {
        String number = begun.location().replaceFirst(".*/cases/", "").replaceFirst("/apply", "");
        return city.call("applicant", HttpMethod.GET, "/api/cases/" + number, null)
                .is(200)
                .body()
                .get("answers");
    }

    /** Whatever somebody answers, the end says what other systems of the city are told for the same facts. */
    @Test
    void theEndSaysWhatTheAssessmentSaysForTheSameAnswers() {
        for (int person = 0; person < 8; person++) {
            visitor = new Visitor(port);
            Random random = new Random(person);
            Map<String, String> known = new LinkedHashMap<>();
            for (PolicyPackage p : packages.offered())
                for (Form.Field f : screening.of(p).form().fields())
                    any(f, random).ifPresent(v -> known.put(f.key(), v));
            walk(begin(""), known);
            Answer result = visitor.get(RESULT);
            for (PolicyPackage p : packages.offered()) {
                String about = about(p.scheme(), result);
                JsonNode said = assessment(p);
                for (JsonNode benefit : said.get("benefits")) {
                    String name = p.catalogue()
                            .benefit(benefit.get("code").asText())
                            .name()
                            .zh();
                    String state = switch (benefit.get("verdict").asText()) {
                        case "APPROVE" -> "可以享受";
                        case "REJECT" -> "目前不能享受";
                        default -> "尚不能确定";
                    };
                    assertThat(about.replaceAll("<[^>]+>", ""))
                            .as(p.scheme() + " " + known)
                            .contains(name + "：" + state);
                }
            }
        }
    }

    private static Optional<String> any(Form.Field field, Random random) {
        if (random.nextInt(10) == 0) return Optional.empty();
        return Optional.ofNullable(
                switch (field.type()) {
                    case "select", "radio" ->
                        field.values()
                                .get(random.nextInt(field.values().size()))
                                .code();
                    case "number" ->
                        String.valueOf(Math.min(field.most(), new int[] {0, 3, 8, 12, 36, 40}[random.nextInt(6)]));
                    case "date" -> DAY.minusMonths(random.nextInt(500)).toString();
                    case "checkbox" -> random.nextInt(5) > 0 ? "true" : "false";
                    default -> null;
                });
    }

    /** By the call of other systems, with the facts that the visitor's answers come to. */
    private JsonNode assessment(PolicyPackage p) {
        Map<String, Object> said = new LinkedHashMap<>();
        List<String> keys =
                screening.of(p).form().fields().stream().map(Form.Field::key).toList();
        String body = visitor.get("/screener/answers").body();
        for (String key : keys) {
            if (!body.contains("/screener/question/" + key + "\"")) continue;
            PageForm form = form(QUESTION + key);
            Form.Field field = screening.of(p).form().field(key).orElseThrow();
            Map<String, List<String>> typed = Map.of(key, List.of(form.shows(key)));
            if (form.shows(key).isEmpty()) continue;
            Object read = field.type().equals("checkbox")
                    ? (Object) form.shows(key).equals("true")
                    : FormInput.read(List.of(field), typed).get(key);
            if (read != null) said.put(key, read);
        }
        Map<String, Object> facts = screening.facts(p, new Told(said), DAY);
        ObjectNode asked = json.createObjectNode().put("scheme", p.scheme()).put("applicationDate", DAY.toString());
        ObjectNode told = asked.putObject("facts");
        facts.forEach((name, value) ->
                told.set(name, json.valueToTree(value instanceof LocalDate day ? day.toString() : value)));
        return visitor.send("POST", "/api/assessments", asked.toString(), "Content-Type", "application/json")
                .json();
    }

    @Test
    void whoCameFromASchemeIsLedOnWithItAndWhatOnlyHeKnowsNoRecordTellsLater() {
        String at = begin("?scheme=skills-award");
        Answer question = visitor.get(at);
        assertThat(question.body()).contains("/screener/result?scheme=skills-award");
        dontKnow(at);
        Answer result = visitor.get(RESULT + "?scheme=skills-award");
        assertThat(result.body())
                .contains(
                        "/screener/answers?scheme=skills-award",
                        "/screener/next?scheme=skills-award",
                        "name=\"scheme\" value=\"skills-award\"");
        Visitor english = new Visitor(port);
        english.get("/?lang=en");
        String first = here(english.get("/screener/next?scheme=recruitment-subsidy"));
        PageForm.on(english.get(first), path(first)).forged("unknown", "true").send(english);
        assertThat(english.get(RESULT).body())
                .contains("Condition by condition")
                .doesNotContain("：");
        walk(begin(""), Map.of("certificateLevel", "THREE"));
        assertThat(about("talent-recognition", visitor.get(RESULT))).contains("只有您自己能弄清楚", "申请后由数据核验");
        assertThat(PageForm.on(visitor.get(RESULT + "?scheme=skills-award"), "/screener/clear")
                        .send(visitor)
                        .location())
                .endsWith("/screener?scheme=skills-award");
    }
}
