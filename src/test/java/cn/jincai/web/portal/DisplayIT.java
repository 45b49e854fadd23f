package cn.jincai.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.web.Visitor;
import cn.jincai.web.Visitor.Answer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Somebody reads pages in large letters, in the dark, without motion; what he chose stays with his browser and goes along with his account. */
@CaseTest
@Tag("issue-18.12")
class DisplayIT {
    private static final Pattern ROOT = Pattern.compile("<html[^>]*? class=\"([^\"]*)\"");

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate db;

    @BeforeEach
    @AfterEach
    void nothingIsChosen() {
        db.update("update accounts set display = null where name in ('applicant', 'applicant2')");
    }

    private static String look(Answer page) {
        assertThat(page.status()).isEqualTo(200);
        var root = ROOT.matcher(page.body());
        return root.find() ? root.group(1) : "";
    }

    private static Answer chooses(Visitor who, String fields) {
        return who.form("/display", fields, who.get("/display?from=/schemes"));
    }

    @Test
    void whoChoseNothingIsShownWhatTheDeviceAsksFor() {
        Visitor first = new Visitor(port);
        assertThat(look(first.get("/"))).isEmpty();
        assertThat(first.get("/").body()).contains("href=\"/?look=elders\"", "长辈模式", "/display?from=/\"");
    }

    @Test
    void whatIsChosenStaysInTheBrowser() {
        Visitor reader = new Visitor(port);
        Answer done = chooses(reader, "words=dark&words=large&words=still&from=/schemes");
        assertThat(done.status()).isEqualTo(302);
        assertThat(done.location()).endsWith("/schemes");
        assertThat(done.headers().allValues("Set-Cookie"))
                .anyMatch(c -> c.startsWith("JCLOOK=dark.large.still;")
                        && c.contains("HttpOnly")
                        && c.contains("SameSite=Lax")
                        && c.contains("Max-Age=31536000"));
        for (String page : List.of("/", "/schemes", "/display", "/screener"))
            assertThat(look(reader.get(page))).as(page).isEqualTo("jc-dark jc-large jc-still");
        assertThat(reader.get("/display").body())
                .containsPattern("value=\"dark\" checked")
                .containsPattern("value=\"large\"[^>]* checked");
        chooses(reader, "words=&from=/");
        assertThat(look(reader.get("/"))).as("as the device asks for again").isEmpty();
        assertThat(look(new Visitor(port).get("/"))).as("another browser").isEmpty();
    }

    @Test
    void aPathOfFiveThousandPartsLeadsHomeAndBreaksNothing() {
        Answer done = chooses(new Visitor(port), "words=dark&from=" + "/a".repeat(5_000));
        assertThat(done.status()).isEqualTo(302);
        assertThat(done.location()).matches("(http://[^/]+)?/");
    }

    @Test
    void theSwitchForElderlyPeopleStandsOnEveryPageAndKeepsWhatWasAskedThere() {
        Visitor reader = new Visitor(port);
        assertThat(look(reader.get("/schemes?look=elders")))
                .as("with the very answer")
                .isEqualTo("jc-large jc-high");
        assertThat(look(reader.get("/"))).isEqualTo("jc-large jc-high");
        assertThat(reader.get("/documents?number=1").body()).contains("/documents?number=1&amp;look=plain", "标准模式");
        assertThat(look(reader.get("/?look=plain"))).isEmpty();
        assertThat(look(reader.get("/no-such-page?look=elders", "Accept", "text/html"), 404))
                .isEqualTo("jc-large jc-high");
    }

    private static String look(Answer page, int status) {
        assertThat(page.status()).isEqualTo(status);
        return look(new Answer(200, page.body(), page.headers()));
    }

    @Test
    void theAccountTakesItAlongAndTheNextAtThisMachineHasHisOwn() {
        chooses(new Visitor(port).signIn("applicant2"), "words=light&words=high&from=/");
        Visitor machine = new Visitor(port).signIn("applicant2");
        assertThat(look(machine.get("/cases"))).as("on another machine").isEqualTo("jc-light jc-high");
        machine.signOut();
        assertThat(look(machine.get("/"))).as("nobody's any more").isEmpty();
        assertThat(look(machine.signIn("applicant").get("/cases")))
                .as("nobody else's")
                .isEmpty();
        Answer cases = machine.get("/cases?at=1");
        assertThat(cases.body()).contains("name=\"from\" value=\"/cases?at=1\"");
        assertThat(machine.form("/display", "words=large&words=high&from=/cases?at%3D1", cases)
                        .location())
                .endsWith("/cases?at=1");
        assertThat(look(new Visitor(port).signIn("applicant").get("/cases"))).isEqualTo("jc-large jc-high");
    }

    @Test
    void whatTheLastOneLeftAtASharedMachineNeitherShowsNorBecomesAnAccounts() {
        chooses(new Visitor(port).signIn("applicant2"), "words=light&from=/");
        Visitor machine = new Visitor(port);
        chooses(machine, "words=dark&words=large&from=/");
        assertThat(look(machine.signIn("applicant2").get("/cases")))
                .as("his own")
                .isEqualTo("jc-light");
        assertThat(machine.signOut().headers().allValues("Set-Cookie"))
                .anyMatch(c -> c.startsWith("JCLOOK=;") && c.contains("Max-Age=0"));
        assertThat(look(machine.get("/"))).as("nobody's").isEmpty();
        assertThat(look(machine.signIn("applicant2").get("/cases")))
                .as("as before")
                .isEqualTo("jc-light");
    }

    @Test
    void anAddressThatSomebodyFollowsChangesNoAccount() {
        Visitor reader = new Visitor(port).signIn("applicant2");
        assertThat(look(reader.get("/cases?look=elders"))).isEqualTo("jc-large jc-high");
        assertThat(look(reader.get("/cases"))).as("until he signs out").isEqualTo("jc-large jc-high");
        assertThat(look(new Visitor(port).signIn("applicant2").get("/cases")))
                .as("not the account's")
                .isEmpty();
    }

    @Test
    void whatIsNoChoiceSaysNothingAndNobodyIsLedElsewhere() {
        for (String words : List.of(
                "words=purple",
                "words=%22%3E%3Cscript%3E",
                "words=JCLOOK%3D1",
                "words=" + "x".repeat(9000),
                "words=%F0%A0%AE%B7",
                "")) {
            Visitor odd = new Visitor(port);
            assertThat(chooses(odd, words + "&from=/").status()).as(words).isEqualTo(302);
            assertThat(look(odd.get("/"))).as(words).isEmpty();
        }
        for (String elsewhere : List.of(
                "//example.org",
                "https://example.org/",
                "/%5Cexample.org",
                "javascript:alert(1)",
                "/%0d%0aSet-Cookie:a=b",
                "/..//example.org",
                "/%7Bx%7D",
                "")) {
            String to =
                    chooses(new Visitor(port), "words=dark&from=" + elsewhere).location();
            assertThat(to)
                    .as(elsewhere)
                    .doesNotContain("Set-Cookie")
                    .matches("(http://127\\.0\\.0\\.1:\\d+)?/([^/\\\\].*)?");
        }
    }
}
