package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.kernel.Problem;
import cn.jincai.review.notice.ObjectionLookUp;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What the public sees of a notice 公示, by page, batch and feed, until its day; and two objections to one notice, each with its own text, answer and look-up. */
@CaseTest
class NoticeIT {
    private static final String ATOM = "http://www.w3.org/2005/Atom",
            TOMBSTONES = "http://purl.org/atompub/tombstones/1.0";

    @Autowired
    City city;

    @Autowired
    ObjectionLookUp lookUps;

    @Autowired
    JdbcTemplate db;

    @LocalServerPort
    int port;

    @BeforeEach
    void monday() {
        city.at("2026-03-02T09:00");
    }

    private Document feed(String page) throws Exception {
        var answer = new Visitor(port).get("/notices/feed" + page);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/atom+xml");
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        var readers = DocumentBuilderFactory.newInstance();
        readers.setNamespaceAware(true);
        return readers.newDocumentBuilder()
                .parse(new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(Document feed, String name) {
        List<String> texts = new ArrayList<>();
        var found = feed.getElementsByTagNameNS(ATOM, name);
        for (int i = 0; i < found.getLength(); i++) texts.add(found.item(i).getTextContent());
        return texts;
    }

    private static List<String> removed(Document feed) {
        List<String> refs = new ArrayList<>();
        var found = feed.getElementsByTagNameNS(TOMBSTONES, "deleted-entry");
        for (int i = 0; i < found.getLength(); i++) refs.add(((Element) found.item(i)).getAttribute("ref"));
        return refs;
    }

    @Test
    void aNoticeShowsWhatIsNeededToObjectOnPageBatchAndFeedAndIsGoneOnItsDay() throws Exception {
        var application = city.application("skills-award", "granted");
        String number = application.at("/answers/documentNumber").asText();
        String name = application.at("/answers/name").asText();
        var award = city.checked(application).reviewedByBoth().waitsAt("public-notice");
        JsonNode notice = award.notice();
        long id = notice.get("id").asLong();
        String batch = notice.get("batch").asText(),
                employer = notice.get("employer").asText();
        assertThat(employer).isEqualTo(application.at("/answers/employerName").asText());
        assertThat(notice.get("documentType").asText()).isEqualTo("RESIDENT_ID");
        assertThat(batch).isEqualTo("skills-award/" + city.today());

        String entry = "tag:jincai.cn,2026:notice/" + id;
        Document feed = feed("");
        assertThat(texts(feed, "id")).contains(entry);
        assertThat(removed(feed)).doesNotContain(entry);
        for (String page : List.of("/notices/" + id, "/notices/batches/" + batch, "/notices/feed")) {
            var shown = new Visitor(port).get(page);
            assertThat(shown.status()).as(page).isEqualTo(200);
            assertThat(shown.body())
                    .as(page)
                    .contains(notice.get("name").asText(), employer, "居民身份证")
                    .doesNotContain(number, name);
            assertThat(shown.headers().firstValue("Cache-Control").orElse(""))
                    .as(page)
                    .contains("no-store");
        }
        assertThat(new Visitor(port).get("/notices").body()).contains("/notices/batches/" + batch);
        for (String none : List.of(batch + "?page=9999", "skills-award/+12026-03-02", "skills-award/2026-02-30"))
            assertThat(new Visitor(port).get("/notices/batches/" + none).status())
                    .as(none)
                    .isEqualTo(404);

        assertThat(new Visitor(port).get("/notices/" + id).body()).doesNotContain("演示样例");
        db.update("update notices set sample = true where id = ?", id);
        for (String page : List.of("/notices/" + id, "/notices/batches/" + batch, "/notices/feed"))
            assertThat(new Visitor(port).get(page).body()).as(page).contains("演示样例");

        city.passes("P15D");
        award.waitsAt("decision");
        feed = feed("");
        assertThat(texts(feed, "id")).doesNotContain(entry);
        assertThat(removed(feed)).as("whoever took it over removes it").contains(entry);
        for (String gone : List.of("/notices/" + id, "/notices/batches/" + batch, "/api/notices/" + id))
            assertThat(new Visitor(port).get(gone).status()).as(gone).isEqualTo(404);
        assertThat(new Visitor(port).get("/notices").body()).doesNotContain("/notices/" + id + "\"");
    }

    @Test
    void twoObjectionsToOneNoticeAreToldApartInTaskAnswerAndLookUp() {
        var award = city.checked("skills-award", "granted").reviewedByBoth().waitsAt("public-notice");
        long id = award.notice().get("id").asLong();
        JsonNode first = objects(id, "赵甲", "13900000011", "他的证书与考核名单不符"),
                second = objects(id, "钱乙", "13900000022", "他已离开该公司");
        assertThat(first.get("code").asText()).isNotEqualTo(second.get("code").asText());
        List<JsonNode> tasks = city.tasks("supervisor", award.number(), "objection");
        assertThat(tasks).hasSize(2);
        for (JsonNode task : tasks) {
            String page = new Visitor(port)
                    .signIn("supervisor")
                    .get("/cases/by-task/" + task.get("id").asText() + "/file")
                    .body();
            String own = page.substring(page.indexOf("本任务的异议"), page.indexOf("</section>", page.indexOf("本任务的异议")));
            assertThat(own.contains("他的证书与考核名单不符"))
                    .as("one task shows one objection")
                    .isNotEqualTo(own.contains("他已离开该公司"));
        }
        assertThat(lookUp(first).body().get("outcome").isNull()).isTrue();
        assertThat(lookUp(first).body().get("text").asText()).isEqualTo("他的证书与考核名单不符");

        Map<String, String> receipt = Map.of(
                "number",
                first.get("number").asText(),
                "code",
                first.get("code").asText());
        city.upload(null, "/api/notices/objections/papers", receipt, "赵甲的举报材料.pdf", ApplicantsCase.paper())
                .is(204);
        city.upload(
                        null,
                        "/api/notices/objections/papers",
                        Map.of(
                                "number",
                                first.get("number").asText(),
                                "code",
                                second.get("code").asText()),
                        "x.pdf",
                        ApplicantsCase.paper())
                .is(404);
        city.upload(
                        null,
                        "/api/notices/objections/papers",
                        receipt,
                        "x.pdf",
                        "no paper".getBytes(StandardCharsets.UTF_8))
                .is(422);
        assertThat(lookUp(first).body().get("papers").asInt()).isEqualTo(1);
        assertThat(lookUp(second).body().get("papers").asInt()).isZero();
        Visitor supervisor = new Visitor(port).signIn("supervisor");
        String file = supervisor.get("/officers/cases/" + award.number()).body();
        var link = Pattern.compile("/officers/cases/" + award.number() + "/objections/\\d+/papers/\\d+")
                .matcher(file);
        assertThat(link.find()).isTrue();
        assertThat(supervisor.get(link.group()).status()).isEqualTo(200);
        assertThat(new Visitor(port).signIn("auditor").get(link.group()).status())
                .isEqualTo(200);
        for (String other : List.of("applicant", "reviewer", "leader", "finance", "employer"))
            assertThat(new Visitor(port).signIn(other).get(link.group()).status())
                    .as(other)
                    .isIn(403, 404);
        assertThat(new Visitor(port)
                        .signIn("applicant")
                        .get("/api/cases/" + award.number())
                        .body())
                .as("none of the applicant's papers")
                .doesNotContain("举报材料");

        answer(award, first, "dismiss", "内部核查：已向鉴定机构核实", "经核查，证书在鉴定机构的名单上。");
        answer(award, second, "dismiss", "已向单位核实", "");
        assertThat(lookUp(first).body().get("answer").asText()).isEqualTo("内部核查：已向鉴定机构核实");
        city.upload(null, "/api/notices/objections/papers", receipt, "y.pdf", ApplicantsCase.paper())
                .is(409);
        assertThat(lookUp(second).body().get("answer").asText()).isEqualTo("已向单位核实");
        String page = new Visitor(port).get("/notices/" + id).body();
        assertThat(page)
                .contains(
                        "异议编号 " + first.get("number").asText(),
                        "异议编号 " + second.get("number").asText(),
                        "经核查，证书在鉴定机构的名单上。")
                .doesNotContain("赵甲", "钱乙", "13900000011", "内部核查", "已向单位核实", "他已离开该公司");

        city.passes("P15D");
        award.waitsAt("decision");
        assertThat(lookUp(first).is(200).body().get("notice").isNull())
                .as("the notice is gone, the answer stays")
                .isTrue();
    }

    /** 陈小芳裁缝店 beside 陈*芳 would tell who it is. */
    @Test
    void theNameOfAFirmDoesNotTellWhoIsMasked() {
        var application = city.application("skills-award", "granted");
        String name = application.at("/answers/name").asText();
        ((ObjectNode) application.get("answers")).put("employerName", name + "裁缝店");
        JsonNode notice = city.checked(application)
                .reviewedByBoth()
                .waitsAt("public-notice")
                .notice();
        String masked = notice.get("name").asText();
        assertThat(masked).isNotEqualTo(name);
        assertThat(notice.get("employer").asText()).isEqualTo(masked + "裁缝店");
        assertThat(new Visitor(port)
                        .get("/notices/" + notice.get("id").asLong())
                        .body())
                .contains(masked + "裁缝店")
                .doesNotContain(name);
    }

    /** What an objector has to say comes first: looking at files takes long. */
    @Test
    void filesAreLookedAtForWhoSaysWhoHeIsAndNotTooManyOfOneNetwork() {
        var award = city.checked("skills-award", "granted").reviewedByBoth().waitsAt("public-notice");
        String page = "/notices/" + award.notice().get("id").asLong();
        Visitor stranger = new Visitor(port);
        for (boolean named : List.of(false, true)) {
            var answer = stranger.parts(
                    page,
                    part("name", named ? "赵甲" : "") + part("contact", "13900000055") + part("text", "证书存疑")
                            + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\nno paper\r\n--x--\r\n",
                    stranger.get(page));
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body().contains("href=\"#f-name\"")).isNotEqualTo(named);
            assertThat(answer.body().contains("href=\"#f-file\"")).isEqualTo(named);
        }
        for (int i = 0; i < 6; i++) lookUps.count("2001db800000077", 5);
        assertThatThrownBy(() -> lookUps.count("2001db800000077", 1))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.kind()).isEqualTo(Problem.Kind.TOO_MANY));
        lookUps.count("2001db800000078", 5);
    }

    private static String part(String name, String value) {
        return "--x\r\nContent-Disposition: form-data; name=\"" + name
                + "\"\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n" + value + "\r\n";
    }

    private JsonNode objects(long notice, String name, String contact, String text) {
        return city.call(
                        null,
                        HttpMethod.POST,
                        "/api/notices/" + notice + "/objections",
                        Map.of("name", name, "contact", contact, "text", text))
                .is(201)
                .body();
    }

    private City.Answer lookUp(JsonNode receipt) {
        return lookUp(receipt.get("number").asText(), receipt.get("code").asText());
    }

    private City.Answer lookUp(String number, String code) {
        return city.call(
                null, HttpMethod.POST, "/api/notices/objections/look-up", Map.of("number", number, "code", code));
    }

    private void answer(ApplicantsCase award, JsonNode objection, String outcome, String words, String published) {
        String task = city.tasks("supervisor", award.number(), "objection").stream()
                .filter(t -> t.get("objection")
                        .asText()
                        .equals(objection.get("number").asText()))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asText();
        city.call("supervisor", HttpMethod.POST, "/api/tasks/" + task + "/claim", null);
        city.call(
                        "supervisor",
                        HttpMethod.POST,
                        "/api/tasks/" + task + "/completion",
                        Map.of("outcome", outcome, "opinion", words, "published", published))
                .is(204);
    }

    @Test
    void whatIsPublishedNamesNoObjectorAndOnlyWhoHasTheCodeIsAnswered() {
        var application = city.application("skills-award", "granted");
        JsonNode about = application.get("answers");
        var award = city.checked(application).reviewedByBoth().waitsAt("public-notice");
        long id = award.notice().get("id").asLong();
        JsonNode mine = objects(id, "孙丙丁", "手机+86 139-0000-0033", "学历存疑"),
                other = objects(id, "李戊己", "13900000044", "学历存疑");
        lookUp(mine.get("number").asText(), other.get("code").asText()).is(404);
        lookUp(other.get("number").asText(), mine.get("code").asText()).is(404);
        lookUp(mine.get("number").asText(), "13900000033").is(404);
        lookUp(mine.get("number").asText(), "").is(404);
        lookUp(
                        mine.get("number").asText().toLowerCase(),
                        " " + mine.get("code").asText().toLowerCase() + " ")
                .is(200);

        JsonNode task = city.tasks("supervisor", award.number(), "objection").stream()
                .filter(t ->
                        t.get("objection").asText().equals(mine.get("number").asText()))
                .findFirst()
                .orElseThrow();
        String path = "/api/tasks/" + task.get("id").asText();
        city.call("supervisor", HttpMethod.POST, path + "/claim", null);
        for (String named : List.of("孙丙丁", "孙 丙丁", "139 0000 0033", "１３９００００００３３")) {
            var refused = city.call(
                            "supervisor",
                            HttpMethod.POST,
                            path + "/completion",
                            Map.of("outcome", "dismiss", "opinion", "属实", "published", named + "反映的情况不属实。"))
                    .is(422);
            assertThat(refused.body().toString()).contains("NAMES_OBJECTOR").doesNotContain(named);
        }
        for (String named : List.of("name", "documentNumber", "phone")) {
            var refused = city.call(
                            "supervisor",
                            HttpMethod.POST,
                            path + "/completion",
                            Map.of(
                                    "outcome",
                                    "dismiss",
                                    "opinion",
                                    "属实",
                                    "published",
                                    "经查，" + about.get(named).asText() + "的证书属实。"))
                    .is(422);
            assertThat(refused.body().toString())
                    .contains("NAMES_APPLICANT")
                    .doesNotContain(about.get(named).asText());
        }
        assertThat(city.call(
                                "supervisor",
                                HttpMethod.POST,
                                path + "/completion",
                                Map.of("outcome", "uphold", "opinion", "孙丙丁所述属实。"))
                        .is(422)
                        .body()
                        .toString())
                .as("the applicant is heard on it")
                .contains("NAMES_OBJECTOR", "\"opinion\"")
                .doesNotContain("孙丙丁");
        assertThat(lookUp(mine).body().get("outcome").isNull())
                .as("nothing half done")
                .isTrue();
    }
}
