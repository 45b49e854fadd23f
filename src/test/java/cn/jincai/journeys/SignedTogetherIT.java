package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Persons;
import cn.jincai.journeys.City.Answer;
import cn.jincai.payment.HousingScheme;
import cn.jincai.planning.EarlierGrant;
import cn.jincai.planning.EarlierGrants;
import cn.jincai.policy.PolicyOffice;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;

/** Two cases of one person, signed in the same second: one after the other under a lock, and what changes by the first goes back (rulebook 7.10). */
@CaseTest
class SignedTogetherIT {
    private static final Map<String, Object> WHY = Map.of("opinion", "与本人另一件申请重复。");

    @Autowired
    City city;

    @Autowired
    Persons persons;

    @Autowired
    EarlierGrants earlier;

    @Autowired
    ApplicationContext context;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    /** To the applicant they are two certificates; the register knows one. */
    @RepeatedTest(2)
    void oneCertificateFiledTwiceIsSignedOnceAndPaidOnce() throws Exception {
        var application = city.application("skills-award", "granted");
        var asAnother = application.deepCopy();
        ((ObjectNode) asAnother.get("answers")).put("occupationCode", "6-29-03-01");
        var both = List.of(
                city.checked(application).reviewedByBoth().waitsAt("public-notice"),
                city.checked(asAnother).reviewedByBoth().waitsAt("public-notice"));
        city.passes("P15D");

        List<Answer> answers = signedTogether(both);
        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(204, 409);
        var signed = both.get(answers.get(0).status() == 204 ? 0 : 1);
        var back = both.get(answers.get(0).status() == 204 ? 1 : 0);
        assertThat(answers.stream()
                        .filter(a -> a.status() == 409)
                        .findFirst()
                        .orElseThrow()
                        .code())
                .isEqualTo("CHANGED");
        signed.waitsAt("payment-make");
        back.waitsAt("second-review");
        assertThat(back.show().get("assessment").get("benefits"))
                .allSatisfy(b -> assertThat(b.get("reasons").toString()).contains("DUPLICATE"));

        back.done("senior-reviewer", "second-review", "reject", WHY)
                .waitsAt("leader-review")
                .done("leader", "leader-review", "reject", WHY)
                .waitsAt("decision")
                .done("leader", "decision", "sign")
                .isClosed("refused");
        signed.paid().paid().isClosed("granted");
        assertThat(signed.paymentStatuses()).containsExactly("paid", "paid");
        assertThat(back.paymentStatuses()).isEmpty();
    }

    /** A cap that one of them fills: the other is cut to what is left, by people, before it is signed. */
    @Test
    void twoCertificatesShareTheYearsCapInTheOrderOfTheirSignatures() throws Exception {
        var application = city.application("skills-award", "granted");
        var answers = application.get("answers");
        earlier.enter(
                persons.key("RESIDENT_ID", answers.get("documentNumber").asText()),
                new EarlierGrant(
                        "CITY_AWARD",
                        500_000,
                        null,
                        null,
                        null,
                        null,
                        LocalDate.parse("2026-01-05"),
                        LocalDate.parse("2026-02-02"),
                        null,
                        Map.of("occupationCode", "6-31-01-01", "certificateLevel", "ONE")));
        var asAnother = application.deepCopy();
        ((ObjectNode) asAnother.get("answers")).put("occupationCode", "6-29-03-01");
        var both =
                List.of(chief(city.checked(application), "6-18-02-04"), chief(city.checked(asAnother), "6-29-03-01"));
        city.passes("P15D");

        List<Answer> said = signedTogether(both);
        assertThat(said).extracting(Answer::status).containsExactlyInAnyOrder(204, 409);
        var first = both.get(said.get(0).status() == 204 ? 0 : 1);
        var second = both.get(said.get(0).status() == 204 ? 1 : 0);
        second.waitsAt("second-review").done("senior-reviewer", "second-review", "approve");
        if (second.stage().equals("leader-review")) second.done("leader", "leader-review", "approve");
        second.waitsAt("decision").done("leader", "decision", "sign");
        assertThat(first.benefit("CITY_AWARD").get("amountFen").asLong()).isEqualTo(1_000_000);
        assertThat(second.benefit("CITY_AWARD").get("amountFen").asLong())
                .as("20 000 yuan a year, 15 000 are taken")
                .isEqualTo(500_000);
        first.paid().isClosed("granted");
        second.paid().isClosed("granted");
    }

    /** A pool of 30 000 yuan, from which each would take 19 200: whoever comes second has whole months of what is left (decision 170). */
    @RepeatedTest(2)
    void twoCasesSignedTogetherNeverOverdrawAPool() throws Exception {
        PolicyOffice office = new PolicyOffice(context);
        office.publishes(HousingScheme.CODE, pooled());
        try {
            var application = city.application(HousingScheme.CODE, "granted");
            var another = application.deepCopy();
            ((ObjectNode) application.get("answers")).put("part", 1);
            ((ObjectNode) another.get("answers")).put("part", 2);
            var both = List.of(
                    city.checked(application).reviewedByBoth().waitsAt("public-notice"),
                    city.checked(another).reviewedByBoth().waitsAt("public-notice"));
            city.passes("P15D");

            List<Answer> said = signedTogether(both);
            assertThat(said).extracting(Answer::status).containsExactlyInAnyOrder(204, 409);
            var first = both.get(said.get(0).status() == 204 ? 0 : 1);
            var second = both.get(said.get(0).status() == 204 ? 1 : 0);
            second.waitsAt("second-review").done("senior-reviewer", "second-review", "approve");
            if (second.stage().equals("leader-review")) second.done("leader", "leader-review", "approve");
            second.waitsAt("decision").done("leader", "decision", "sign");
            assertThat(granted(first)).isEqualTo(24 * HousingScheme.A_MONTH);
            assertThat(granted(second)).as("10 800 yuan are left").isEqualTo(13 * HousingScheme.A_MONTH);
        } finally {
            office.forgets(HousingScheme.CODE);
        }
    }

    private static long granted(ApplicantsCase file) {
        return file.benefit(HousingScheme.BENEFIT).get("amountFen").asLong();
    }

    private static SortedMap<String, byte[]> pooled() {
        SortedMap<String, byte[]> files = HousingScheme.files(HousingScheme.QUARTERLY + """
                pools:
                  - {code: rentPool, name: {zh: 住房总额, en: Housing total}, atMost: poolFen, within: life, benefits: [HOUSING_RENT]}
                """);
        PolicyOffice.change(files, "scheme.yaml", "sameThing: []", "sameThing: [part]");
        PolicyOffice.change(files, "rulesets/2025-01/examples.yaml", "inPost: true,", "inPost: true, rentPoolUsed: 0,");
        PolicyOffice.change(
                files,
                "scheme.yaml",
                "facts:\n",
                "facts:\n  - {name: part, type: integer, min: 1, max: 9, source: applicant, label: {zh: 第几处, en: Which home}}\n");
        PolicyOffice.change(
                files,
                "rulesets/2025-01/parameters.yaml",
                "parameters:\n",
                "parameters:\n  poolFen: {unit: fen, label: {zh: 住房总额, en: Housing total}, values: {always: {is: 3000000, status: ILLUSTRATIVE, source: order}}}\n");
        PolicyOffice.change(
                files,
                "forms/application.form",
                "{ \"type\": \"group\", \"id\": \"account\"",
                "{ \"type\": \"group\", \"id\": \"home\", \"label\": \"住处\", \"components\": [ { \"type\": \"number\", \"id\": \"f_part\", \"key\": \"part\", \"label\": \"第几处\", \"validate\": { \"min\": 1, \"max\": 9 } } ] },\n    { \"type\": \"group\", \"id\": \"account\"");
        PolicyOffice.change(files, "forms/en.yaml", "{}", "home: Home\npart: Which home");
        return files;
    }

    private ApplicantsCase chief(ApplicantsCase award, String occupation) {
        award.records("reviewer", "certificateLevel", "CHIEF").is(200);
        award.records("reviewer", "occupationCode", occupation).is(200);
        return award.reviewedByBoth().waitsAt("public-notice");
    }

    private List<Answer> signedTogether(List<ApplicantsCase> cases) throws Exception {
        List<String> tasks = new ArrayList<>();
        for (var each : cases) {
            each.claim("leader", "decision").is(204);
            tasks.add(each.task("leader", "decision").get("id").asText());
        }
        var start = new CyclicBarrier(tasks.size());
        var leaders = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<Answer>> signing = new ArrayList<>();
            for (String task : tasks)
                signing.add(leaders.submit(() -> {
                    start.await();
                    return city.call(
                            "leader", HttpMethod.POST, "/api/tasks/" + task + "/completion", Map.of("outcome", "sign"));
                }));
            List<Answer> answers = new ArrayList<>();
            for (var each : signing) answers.add(each.get());
            return answers;
        } finally {
            leaders.shutdown();
        }
    }
}
