package cn.jincai;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import cn.jincai.applicant.Persons;
import cn.jincai.applicant.ResidentId;
import cn.jincai.browser.Browser;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.policy.PolicyOffice;
import cn.jincai.policy.WeavingRooms;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

/** A roster as its employer hands it in, as officers page through it and as one of its employees reads his line: on a desk and on a phone, in both languages. */
@CaseTest
@TestPropertySource(properties = "jincai.quotas.drafts-an-account=999")
@Tag("issue-16.5")
class RosterBrowserIT {
    private static final Path PICTURES = Path.of("target", "pictures");

    @Autowired
    City city;

    @Autowired
    ApplicationContext context;

    @Autowired
    Persons persons;

    @Autowired
    JdbcTemplate db;

    @Value("${jincai.demo.employer-name}")
    String name;

    @LocalServerPort
    int port;

    @Test
    void theRosterAndTheEmployeesOwnPage() {
        String address = "http://127.0.0.1:" + port, mine = identity(1);
        city.at("2026-03-02T09:00");
        String scheme = WeavingRooms.APPRENTICES;
        new PolicyOffice(context).publishes(scheme, WeavingRooms.files(scheme));
        String number = city.call(
                        "employer", HttpMethod.POST, "/api/cases", Map.of("scheme", scheme, "answers", answers()))
                .is(201)
                .body()
                .get("number")
                .asText();
        ApplicantsCase file = new ApplicantsCase(city, number, scheme, "employer");
        file.attach("LOOM_PAPER");
        persons.keep("RESIDENT_ID", mine, "蔡春分", null, null, null);
        StringBuilder rows = new StringBuilder("姓名\t学徒身份证号码\t拜师日期\t师傅\n蔡春分\t" + mine + "\t2025-04-01\t匠师\n");
        for (int i = 2; i <= 120; i++) rows.append("丁一\t").append(identity(i)).append("\t2025-04-01\t客座匠师\n");
        for (String language : List.of("zh", "en"))
            try (var clerk = Browser.desktop(address).signIn("employer")) {
                clerk.goTo("/?lang=" + language);
                Page page = clerk.goTo("/cases/" + number + "/roster");
                clerk.looksRightWideAndNarrow();
                page.fill("#f-text", rows.toString());
                page.click("main form button[type=submit]");
                assertThat(page.locator("main")).containsText(language.equals("zh") ? "120 人" : "120 employees");
                clerk.looksRightWideAndNarrow();
                page.fill(
                        "#f-text",
                        "姓名\t学徒身份证号码\t拜师日期\t师傅\n𠮷田一\t" + identity(130) + "\t去年\t国王\n丁一\t" + identity(2)
                                + "\t2025-04-01\t客座匠师");
                page.check("#f-further");
                page.click("main form button[type=submit]");
                assertThat(page.locator("#back")).containsText("𠮷田一");
                assertThat(page.locator("#back")).containsText("国王");
                assertThat(page.locator("main")).containsText(language.equals("zh") ? "120 人" : "120 employees");
                clerk.looksRightWideAndNarrow();
                clerk.picture(PICTURES.resolve("roster-returned-" + language + ".png"));
                page.click("#back form button[type=submit]");
                assertThat(page.locator("#back")).hasCount(0);
            }
        file.submission().is(200);
        file.done("intake", "acceptance", "accept");
        city.passes("PT1M");
        for (String language : List.of("zh", "en"))
            try (var officer = Browser.desktop(address).signIn("reviewer")) {
                officer.goTo("/?lang=" + language);
                Page page = officer.goTo("/officers/cases/" + number + "/lines?page=2");
                assertThat(page.locator("main tbody tr")).hasCount(20);
                officer.looksRightWideAndNarrow();
            }
        file.reviewedByBoth().waitsAt("public-notice");
        db.update("update accounts set person_key = ? where name = 'applicant2'", persons.key("RESIDENT_ID", mine));
        try {
            for (String language : List.of("zh", "en"))
                try (var employee = Browser.desktop(address).signIn("applicant2")) {
                    employee.goTo("/?lang=" + language);
                    Page page = employee.goTo("/lines/" + number);
                    assertThat(page.locator("main")).containsText("蔡春分");
                    assertThat(page.locator("main")).not().containsText("丁一");
                    page.click("main form button[type=submit]");
                    assertThat(page.locator(".govuk-error-summary")).isVisible();
                    employee.looksRightWideAndNarrow();
                    page.fill("#f-text", "师傅另有其人。");
                    page.click("main form button[type=submit]");
                    assertThat(page.locator(".govuk-panel")).isVisible();
                    employee.looksRightWideAndNarrow();
                    employee.picture(PICTURES.resolve("own-line-" + language + ".png"));
                }
        } finally {
            db.update("update accounts set person_key = null where name = 'applicant2'");
        }
    }

    private Map<String, Object> answers() {
        return Map.of(
                "phone",
                "13900000001",
                "quarter",
                "SPRING",
                "looms",
                4,
                "accountHolder",
                name,
                "bankName",
                "晋江农商银行青阳支行",
                "bankAccount",
                "6214830000000018");
    }

    private static String identity(int n) {
        String body = "35058220000102" + String.format("%03d", 100 + n);
        return body + ResidentId.checkCharacter(body + "0");
    }
}
