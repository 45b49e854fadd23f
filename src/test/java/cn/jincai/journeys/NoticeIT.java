package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
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
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What the public sees of a notice 公示, by page, batch and feed, until its day; and two objections to one notice, each with its own text, answer and look-up. */
@CaseTest
class NoticeIT {
    private static final String ATOM = "http://www.w3.org/2005/Atom",
            TOMBSTONES = "http://purl.org/atompub/tombstones/1.0";

    @Autowired
    City city;

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
        var award = city.checked("skills-award", "granted").reviewedByBoth().waitsAt("public-notice");
        long id = award.notice().get("id").asLong();
        JsonNode mine = objects(id, "孙丙丁", "13900000033", "学历存疑"), other = objects(id, "李戊己", "13900000044", "学历存疑");
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
        var refused = city.call(
                        "supervisor",
                        HttpMethod.POST,
                        path + "/completion",
                        Map.of("outcome", "dismiss", "opinion", "属实", "published", "孙丙丁反映的情况不属实。"))
                .is(422);
        assertThat(refused.body().toString()).contains("NAMES_OBJECTOR").doesNotContain("孙丙丁");
        assertThat(lookUp(mine).body().get("outcome").isNull())
                .as("nothing half done")
                .isTrue();
    }
}
