package cn.jincai.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.kernel.TraditionalChinese;
import cn.jincai.web.Visitor;
import cn.jincai.web.Visitor.Answer;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Somebody comes by a search engine, by a mistyped address, with a browser in another language. */
@CaseTest
@Tag("issue-18.11")
class FoundIT {
    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate db;

    @Test
    void theMapNamesEachPageThatAnybodyMayReadAndNothingElse() throws Exception {
        Visitor engine = new Visitor(port);
        Answer robots = engine.get("/robots.txt");
        assertThat(robots.status()).isEqualTo(200);
        assertThat(robots.headers().firstValue("Content-Type"))
                .hasValueSatisfying(t -> assertThat(t).startsWith("text/plain"));
        assertThat(robots.body())
                .contains("Disallow: /\n", "Sitemap: http://127.0.0.1:" + port + "/sitemap.xml")
                .doesNotContain("Allow: /notices", "Allow: /cases");
        Answer map = engine.get("/sitemap.xml");
        assertThat(map.status()).isEqualTo(200);
        Document read = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(map.body())));
        List<String> addresses = new ArrayList<>();
        var found = read.getElementsByTagName("loc");
        for (int i = 0; i < found.getLength(); i++)
            addresses.add(found.item(i).getTextContent().replaceFirst("^http://[^/]+", ""));
        assertThat(addresses)
                .contains("/", "/schemes/skills-award", "/screener")
                .noneMatch(a -> a.startsWith("/cases") || a.startsWith("/notices"));
        for (String address : addresses) {
            Answer page = engine.get(address);
            assertThat(page.status()).as(address).isEqualTo(200);
            assertThat(engine.get(address + "?lang=en").body()).as(address).contains("lang=\"en\"");
            engine.get(address + "?lang=zh");
        }
        assertThat(engine.get("/schemes/skills-award").body())
                .contains("<meta name=\"description\" content=\"", "og:description", "og:locale\" content=\"zh_CN\"");
    }

    @Test
    void whatDoesNotExistIsSaidToBeSoAlsoToWhoeverIsSignedOut() {
        for (Visitor who : List.of(new Visitor(port), new Visitor(port).signIn("applicant"))) {
            for (String address : List.of("/no-such-page", "/admin/no-such-page", "/cases/a/b/c/d", "/wp-login.php"))
                assertThat(who.get(address, "Accept", "text/html").status())
                        .as(address)
                        .isEqualTo(404);
        }
        Answer told = new Visitor(port).get("/no-such-page", "Accept", "text/html");
        assertThat(told.body()).contains("id=\"main-content\"");
        for (String there :
                List.of("/cases", "/cases/JC2026000001", "/inbox", "/admin/accounts", "/camunda/app/tasklist/"))
            assertThat(new Visitor(port).get(there, "Accept", "text/html").location())
                    .as("whether there is such a case nobody is told: " + there)
                    .contains("/sign-in");
    }

    @Test
    void aFirstVisitIsAnsweredInTheBrowsersLanguage() {
        assertThat(page("en-GB,en;q=0.9")).contains("lang=\"en\"");
        assertThat(page("en;q=0.5,zh-CN;q=0.9")).contains("lang=\"zh-CN\"");
        for (String theirs : List.of("zh-TW", "zh-HK,en;q=0.8", "zh-Hant-MO"))
            assertThat(page(theirs)).as(theirs).contains("<html lang=\"zh-Hant\"", "哪一條", "简体");
        assertThat(page("zh-Hans-HK")).contains("lang=\"zh-CN\"");
        assertThat(page("fr,de;q=0.8")).as("neither").contains("lang=\"zh-CN\"");
        assertThat(page("fr,en;q=0.8")).contains("lang=\"en\"");
        for (String odd : List.of("", ";;;", "*", "tlh", "-,-"))
            assertThat(page(odd)).as(odd).contains("lang=\"zh-CN\"");
        Visitor chooses = new Visitor(port).forTheFirstTime().always("Accept-Language", "en");
        chooses.get("/?lang=zh");
        assertThat(chooses.get("/").body()).as("what was chosen stays").contains("lang=\"zh-CN\"");
    }

    /** What is left in simplified characters on a page in traditional ones: the name of the other language, and numbers of official documents. */
    @Test
    void whoReadsTraditionalCharactersReadsThemOnEachPublicPage() {
        Visitor reader = new Visitor(port).forTheFirstTime().always("Accept-Language", "zh-TW");
        for (String path : List.of(
                "/",
                "/schemes",
                "/schemes/talent-recognition",
                "/screener",
                "/register",
                "/sign-in",
                "/privacy",
                "/notices",
                "/documents",
                "/nowhere")) {
            String page = reader.get(path)
                    .body()
                    .replace("简体", "")
                    .replace("zh-CN", "")
                    .replaceAll("\\p{IsHan}+〔\\d+〕\\d+号", "");
            assertThat(TraditionalChinese.of(page, List.of())).as(path).isEqualTo(page);
        }
    }

    private String page(String languages) {
        return new Visitor(port)
                .forTheFirstTime()
                .get("/", "Accept-Language", languages)
                .body();
    }

    @Test
    void theNextAccountAtAMachineHasItsOwnLanguage() {
        try {
            new Visitor(port).forTheFirstTime().signIn("applicant2").get("/cases?lang=en");
            Visitor machine = new Visitor(port).forTheFirstTime().signIn("applicant2");
            assertThat(machine.get("/cases").body()).contains("lang=\"en\"");
            machine.signOut();
            assertThat(machine.get("/").body()).as("nobody's any more").contains("lang=\"zh-CN\"");
            db.update("update accounts set language = 'zh' where name = 'applicant'");
            machine.always("Accept-Language", "en").signIn("applicant");
            assertThat(machine.get("/cases").body())
                    .as("his own, whatever the one before had and the browser asks for")
                    .contains("lang=\"zh-CN\"");
            assertThat(machine.get("/cases?lang=en").body()).contains("lang=\"en\"");
            machine.signOut();
            machine.always("Accept-Language", "zh");
            assertThat(machine.get("/").body()).as("chosen in this browser").contains("lang=\"en\"");
        } finally {
            db.update("update accounts set language = null where name in ('applicant', 'applicant2')");
        }
    }

    @Test
    void aLanguageThatWasChosenGoesAlongToAnotherMachine() {
        try {
            Visitor one = new Visitor(port).forTheFirstTime().signIn("applicant2");
            assertThat(one.get("/cases?lang=en").body()).contains("lang=\"en\"");
            Visitor other = new Visitor(port).forTheFirstTime().signIn("applicant2");
            assertThat(other.get("/cases").body()).contains("lang=\"en\"");
            assertThat(new Visitor(port).signIn("applicant").get("/cases").body())
                    .as("nobody else's")
                    .contains("lang=\"zh-CN\"");
            assertThat(other.get("/cases?lang=zh-Hant").body()).contains("<html lang=\"zh-Hant\"", "我的申請");
            assertThat(new Visitor(port)
                            .forTheFirstTime()
                            .signIn("applicant2")
                            .get("/cases")
                            .body())
                    .contains("<html lang=\"zh-Hant\"");
            other.get("/cases?lang=zh");
            assertThat(new Visitor(port)
                            .forTheFirstTime()
                            .signIn("applicant2")
                            .get("/cases")
                            .body())
                    .contains("lang=\"zh-CN\"");
        } finally {
            db.update("update accounts set language = null where name = 'applicant2'");
        }
    }
}
