package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Employers;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.policy.PolicyOffice;
import cn.jincai.policy.WeavingRooms;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestPropertySource;

/**
 * An employer applies and is paid (decision 164): its clerks file by the same call and form as anybody, for a scheme that was uploaded and published here and of
 * which no Java knows. In an application of its own, so that nobody else meets the scheme.
 */
@CaseTest
@TestPropertySource(properties = "jincai.quotas.drafts-an-account=999")
@Tag("issue-16.5")
class EmployerAppliesIT {
    private static final List<String> OFFICERS =
            List.of("intake", "reviewer", "senior-reviewer", "leader", "finance", "supervisor", "auditor", "admin");

    @Autowired
    City city;

    @Autowired
    ApplicationContext context;

    @Autowired
    Employers employers;

    @Autowired
    Accounts accounts;

    @Value("${jincai.demo.employer-code}")
    String code;

    @Value("${jincai.demo.employer-name}")
    String name;

    @LocalServerPort
    int port;

    @BeforeEach
    void theSchemeIsInForce() {
        city.at("2026-03-02T09:00");
        String scheme = WeavingRooms.ROOMS;
        if (city.call(null, HttpMethod.GET, "/api/schemes", null)
                .body()
                .toString()
                .contains(scheme)) return;
        new PolicyOffice(context).publishes(scheme, WeavingRooms.files(scheme));
    }

    @Test
    void fromDraftToPaidIntoTheEmployersAccount() {
        JsonNode opened = open("employer", room("SPRING", name)).is(201).body();
        String number = opened.get("number").asText();
        assertThat(opened.at("/answers/name").asText()).isEqualTo(name);
        assertThat(opened.at("/answers/documentNumber").asText()).isEqualTo(code);
        ApplicantsCase file = sentBy("employer", number);
        file.attach("LOOM_PAPER");
        file.submission().is(200);
        file.waitsAt("acceptance"); // nobody asks the employer whether it is so
        file.done("intake", "acceptance", "accept");
        city.passes("PT1M");
        file.reviewedByBoth().waitsAt("public-notice");
        assertThat(file.notice().get("name").asText())
                .as("an employer's name is not masked")
                .isEqualTo(name);
        file.noticedAndSigned().paid();
        assertThat(file.show().at("/payments/0/status").asText()).isEqualTo("paid");
        assertThat(file.show().at("/decision/benefits/0/amountFen").asLong()).isEqualTo(400000);
        file.isClosed("granted");
        assertThat(city.call("employer", HttpMethod.GET, "/api/cases/" + number + "/decision", null)
                        .status())
                .isEqualTo(200);
        assertThat(city.call("employer", HttpMethod.POST, "/api/cases/" + number + "/rating", Map.of("stars", 5))
                        .status())
                .isEqualTo(204);
        assertThat(city.call("employer", HttpMethod.GET, "/api/payments", null)
                        .is(200)
                        .body()
                        .toString())
                .contains(number);
    }

    @Test
    void allItsClerksSeeItAndAreToldAndNobodyElseIs() {
        String number = sent("SUMMER");
        assertThat(city.call("applicant2", HttpMethod.GET, "/api/cases/" + number, null)
                        .status())
                .isEqualTo(404);
        assertThat(city.call("applicant2", HttpMethod.POST, "/api/cases/" + number + "/withdrawal", Map.of())
                        .status())
                .isEqualTo(404);
        employers.propose(accounts.actor("intake"), code, name, "applicant2");
        employers.answer(accounts.actor("applicant2"), code, true);
        try {
            Visitor other = new Visitor(port).signIn("applicant2");
            assertThat(city.call("applicant2", HttpMethod.GET, "/api/cases", null)
                            .body()
                            .toString())
                    .contains(number);
            assertThat(other.get("/cases/" + number).body()).contains(number, "织机补助");
            ApplicantsCase file = sentBy("employer", number);
            file.done("intake", "acceptance", "accept");
            city.passes("PT1M");
            assertThat(other.get("/inbox").body()).contains(number);
            sentBy("applicant2", number).withdrawal().is(200);
            Visitor clerk = new Visitor(port).signIn("employer");
            assertThat(clerk.get("/inbox").body()).contains(number);
            assertThat(clerk.get("/employer/" + number).location())
                    .as("where messages to clerks lead")
                    .endsWith("/cases/" + number);
            assertThat(clerk.get("/cases/" + number).body()).contains(number, "织机补助");
            assertThat(file.shownTo("auditor").body().get("timeline").toString())
                    .as("who did it is on record")
                    .contains("撤回");
        } finally {
            employers.untie(accounts.actor("intake"), "applicant2");
        }
        assertThat(city.call("applicant2", HttpMethod.GET, "/api/cases/" + number, null)
                        .status())
                .as("who is no clerk any more")
                .isEqualTo(404);
    }

    @Test
    void whoIsNoClerkIsRefusedAndAClerkIsNoApplicantForHimself() {
        assertThat(open("applicant", room("AUTUMN", name)).is(403).code()).isEqualTo("NOT_A_CLERK");
        for (String officer : OFFICERS)
            assertThat(open(officer, room("AUTUMN", name)).status()).as(officer).isEqualTo(403);
        assertThat(open(null, room("AUTUMN", name)).status()).isEqualTo(401);
        assertThat(city.call("employer", HttpMethod.POST, "/api/cases", Map.of("scheme", "skills-award"))
                        .is(403)
                        .code())
                .isEqualTo("NOT_AN_APPLICANT");
        assertThat(open("employer", Map.of("employerName", "别家")).is(422).body().toString())
                .as("its name is the register's")
                .contains("UNKNOWN_ANSWER");
    }

    @Test
    void thereIsOneOpenCaseForOneThingWhicheverClerkSends() {
        String first = sent("WINTER");
        String second = open("employer", room("WINTER", name))
                .is(201)
                .body()
                .get("number")
                .asText();
        ApplicantsCase again = sentBy("employer", second);
        again.attach("LOOM_PAPER");
        assertThat(again.submission().is(409).body().toString()).contains(first);
        sentBy("employer", first).withdrawal().is(200);
        again.submission().is(200);
        again.withdrawal().is(200);
    }

    /** Money goes to the employer's own account: another holder is told when it is typed, and stops the payment. */
    @Test
    void anotherHoldersAccountIsNotPaidInto() {
        String number = open("employer", room("SPRING", "庄丽"))
                .is(201)
                .body()
                .get("number")
                .asText();
        assertThat(new Visitor(port)
                        .signIn("employer")
                        .get("/cases/" + number + "/apply")
                        .status())
                .isEqualTo(200);
        ApplicantsCase file = sentBy("employer", number);
        file.attach("LOOM_PAPER");
        // of a quarter for which nothing was paid
        file.answers(Map.of("quarter", "AUTUMN")).is(200);
        file.submission().is(200);
        file.done("intake", "acceptance", "accept");
        city.passes("PT1M");
        file.reviewedByBoth().noticedAndSigned();
        city.passes("PT1M");
        file.done("finance", "payment-make", "submit").does("finance-approver", "payment-approve", "approve", Map.of());
        city.passes("PT1M");
        assertThat(file.show().get("accountAsked").asBoolean())
                .as("the employer is asked for its own")
                .isTrue();
        file.answers(Map.of("accountHolder", name, "bankAccount", "6214830000000026"))
                .is(200);
        file.paid().isClosed("granted");
    }

    private ApplicantsCase sentBy(String clerk, String number) {
        return new ApplicantsCase(city, number, WeavingRooms.ROOMS, clerk);
    }

    private City.Answer open(String who, Map<String, Object> answers) {
        return city.call(who, HttpMethod.POST, "/api/cases", Map.of("scheme", WeavingRooms.ROOMS, "answers", answers));
    }

    private String sent(String quarter) {
        String number = open("employer", room(quarter, name))
                .is(201)
                .body()
                .get("number")
                .asText();
        ApplicantsCase file = sentBy("employer", number);
        file.attach("LOOM_PAPER");
        file.submission().is(200);
        return number;
    }

    private static Map<String, Object> room(String quarter, String holder) {
        return Map.of(
                "phone",
                "13900000001",
                "quarter",
                quarter,
                "looms",
                4,
                "accountHolder",
                holder,
                "bankName",
                "晋江农商银行青阳支行",
                "bankAccount",
                "6214830000000018");
    }
}
