package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Persons;
import cn.jincai.journeys.City.Answer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;

/** Two cases of a person whom nobody has written down yet, sent in the same second: answered as if one had come after the other (rulebook 7.10). */
@CaseTest
class SentTogetherIT {
    @Autowired
    City city;

    @Autowired
    Persons persons;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    @RepeatedTest(20)
    void theSecondForTheSameThingIsToldTheNumberOfTheFirst() throws Exception {
        var application = city.application("skills-award", "granted");
        var both = List.of(city.drafted(application), city.drafted(application));
        List<Answer> answers = sentTogether(both);
        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
        int first = answers.get(0).status() == 200 ? 0 : 1;
        assertThat(answers.get(1 - first).code()).isEqualTo("OPEN_CASE");
        assertThat(answers.get(1 - first).body().toString())
                .contains(both.get(first).number());
        assertThat(both.get(1 - first).stage()).isEqualTo("draft");
        assertThat(both.get(first).stage()).isNotEqualTo("draft");
    }

    @RepeatedTest(20)
    void twoSchemesAreBothFiledForOnePerson() throws Exception {
        var award = city.application("skills-award", "granted");
        var recruited = city.application("recruitment-subsidy", "granted");
        for (String who : List.of("name", "documentType", "documentNumber", "birthDate"))
            ((ObjectNode) recruited.get("answers"))
                    .set(who, award.get("answers").get(who));
        var both = List.of(city.drafted(award), city.drafted(recruited));
        List<Answer> answers = sentTogether(both);
        assertThat(answers).as(answers.toString()).extracting(Answer::status).containsExactly(200, 200);
        var told = award.get("answers");
        assertThat(persons.find(persons.key(
                                told.get("documentType").asText(),
                                told.get("documentNumber").asText()))
                        .name())
                .isEqualTo(told.get("name").asText());
    }

    private static List<Answer> sentTogether(List<ApplicantsCase> cases) throws Exception {
        var start = new CyclicBarrier(cases.size());
        var senders = Executors.newFixedThreadPool(cases.size());
        try {
            List<Future<Answer>> sending = new ArrayList<>();
            for (var each : cases)
                sending.add(senders.submit(() -> {
                    start.await();
                    return each.submission();
                }));
            List<Answer> answers = new ArrayList<>();
            for (var each : sending) answers.add(each.get());
            return answers;
        } finally {
            senders.shutdown();
        }
    }
}
