package cn.jincai.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Two schemes of the library are offered as an official would, and a case of each goes from draft to paid; nobody wrote Java for them. */
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

    @Autowired
    City city;

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
