package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.ResidentId;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpMethod;

/** Three schemes of the library are offered as an official would, and a case of each goes from draft to paid; nobody wrote Java for them. */
@CaseTest
@Tag("issue-16.20")
class LibraryCaseIT {
    private static final Actor ADMIN = new Actor("policy-admin", Set.of(Role.POLICY_ADMIN)),
            APPROVER = new Actor("policy-approver", Set.of(Role.POLICY_APPROVER));
    private static final List<String> PERSON = List.of(
            "name",
            "documentType",
            "documentNumber",
            "birthDate",
            "phone",
            "accountHolder",
            "bankName",
            "bankAccount",
            "employerName",
            "employerCode",
            "employerRegion");

    private static final String SMALL_FIRMS = "small-firm-insurance-subsidy";

    @Autowired
    City city;

    @Value("${jincai.demo.employer-name}")
    String employer;

    @Autowired
    Publication publication;

    @Autowired
    PackageFolders folders;

    @Autowired
    CityClock clock;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    private void put(String scheme, boolean offered) {
        byte[] zip = ChangedZip.of(
                folders.zip(scheme), "scheme.yaml", text -> text.replace("offered: false", "offered: " + offered));
        var upload = publication.upload(zip, ADMIN);
        assertThat(upload.mistakes()).isEmpty();
        publication.publish(
                publication
                        .propose(scheme, upload.hash(), clock.today(), "开办", ADMIN)
                        .id(),
                APPROVER);
    }

    /** The person of a sample, and what this scheme asks. */
    private ApplicantsCase checked(String scheme, Map<String, Object> told) {
        ObjectNode application = city.application("skills-award", "granted");
        application.put("scheme", scheme);
        ObjectNode answers = (ObjectNode) application.get("answers");
        answers.retain(PERSON);
        told.forEach(answers::putPOJO);
        put(scheme, true);
        try {
            return city.checked(application);
        } finally {
            put(scheme, false); // whoever has applied keeps to the package of that day
        }
    }

    @Test
    void halfTheInterestOnALoanIsPaid() {
        ApplicantsCase loan = checked(
                "startup-loan-interest",
                Map.of(
                        "borrowerGroup",
                        "GRADUATE",
                        "loanContract",
                        "D-2024-0117",
                        "loanMadeOn",
                        "2024-03-01",
                        "loanFen",
                        20_000_000,
                        "loanMonths",
                        36,
                        "interestUntil",
                        "2026-02-20",
                        "interestPaid",
                        172_501,
                        "overdue",
                        false));
        loan.reviewedByBoth().noticedAndSigned().paid().isClosed("granted");
        assertThat(loan.show().at("/payments/0/amountFen").asLong()).isEqualTo(86_250);
    }

    /** An employer's claim for a quarter: each month of each employee by itself, one refused, one payment. */
    @Test
    void aSmallFirmIsPaidByMonthForThoseOfItsRosterWhoCount() {
        put(SMALL_FIRMS, true);
        ApplicantsCase claim;
        try {
            claim = quarterClaimed();
            claim.submission().is(200);
        } finally {
            put(SMALL_FIRMS, false);
        }
        claim.done("intake", "acceptance", "accept");
        city.passes("PT1M");
        for (var known : Map.of("banned", false, "employerRegion", "JINJIANG", "smallFirm", true)
                .entrySet())
            claim.records("reviewer", known.getKey(), known.getValue()).is(200);
        claim.reviewedByBoth().noticedAndSigned();
        assertThat(claim.benefit("SMALL_FIRM_INSURANCE").get("amountFen").asLong())
                .isEqualTo(100_000 + 112_000 + 100_000 + 50_000 + 50_001);
        claim.paid().isClosed("granted");
        assertThat(claim.show().at("/payments/0/amountFen").asLong()).isEqualTo(412_001);
        JsonNode lines = city.call("employer", HttpMethod.GET, "/api/cases/" + claim.number() + "/lines", null)
                .is(200)
                .body()
                .get("items");
        assertThat(lines.findValuesAsText("verdict"))
                .as("each line and its benefit")
                .containsExactly("APPROVE", "APPROVE", "REJECT", "REJECT", "APPROVE", "APPROVE");
        assertThat(lines.at("/1/assessed/benefits/0/reasons/0/code").asText()).isEqualTo("CONTRACT_TOO_SHORT");
    }

    /** The last quarter of 2025, by an employer's clerk, with three employees. */
    private ApplicantsCase quarterClaimed() {
        String number = city.call(
                        "employer",
                        HttpMethod.POST,
                        "/api/cases",
                        Map.of(
                                "scheme",
                                SMALL_FIRMS,
                                "answers",
                                Map.of(
                                        "phone",
                                        "13900000001",
                                        "claimPeriod",
                                        "2025-Q4",
                                        "accountHolder",
                                        employer,
                                        "bankName",
                                        "晋江农商银行青阳支行",
                                        "bankAccount",
                                        "6214830000000018")))
                .is(201)
                .body()
                .get("number")
                .asText();
        ApplicantsCase claim = new ApplicantsCase(city, number, SMALL_FIRMS, "employer");
        claim.attach("CONTRACTS");
        claim.attach("CONTRIBUTIONS");
        city.call(
                        "employer",
                        HttpMethod.PUT,
                        "/api/cases/" + number + "/lines",
                        Map.of(
                                "lines",
                                List.of(
                                        line(51, 24, 100_000, 150_000, 100_000),
                                        line(52, 11, 100_000, 100_000, 100_000),
                                        line(53, 12, 50_000, 0, 50_001))))
                .is(200);
        return claim;
    }

    private static Map<String, Object> line(int n, int contractMonths, long... paid) {
        String number = "35058220000102" + String.format("%03d", 100 + n);
        return Map.of(
                "name",
                List.of("杭见贤", "杭见思", "杭见齐").get(n - 51),
                "employeeNumber",
                number + ResidentId.checkCharacter(number + "0"),
                "graduatedOn",
                "2025-06-30",
                "hiredOn",
                "2025-09-01",
                "contractMonths",
                contractMonths,
                "insurancePaid",
                Map.of("2025-10", paid[0], "2025-11", paid[1], "2025-12", paid[2]));
    }

    /** A step of its own, between the data checks and the reviews, with four eyes. */
    @Test
    void aTrainingBaseIsEvaluatedOnTheSpotBeforeItIsReviewed() {
        ApplicantsCase base = checked(
                "training-base",
                Map.of(
                        "baseKind", "TRAINING_BASE",
                        "baseRank", "CITY",
                        "recognisedOn", "2025-09-10",
                        "traineesAYear", 500,
                        "spentFen", 4_000_000));
        base.waitsAt("evaluation")
                .withOpinion("supervisor", "evaluation", "recommended")
                .reviewedByBoth()
                .noticedAndSigned()
                .paid()
                .isClosed("granted");
        assertThat(base.show().at("/payments/0/amountFen").asLong()).isEqualTo(4_000_000);
        assertThat(base.shownTo("reviewer").body().get("timeline").toString()).contains("实地评审：推荐");
    }
}
