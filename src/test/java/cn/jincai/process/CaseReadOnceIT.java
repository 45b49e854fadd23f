package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.filing.Submission;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** One step of a case reads its row once, and once more under the lock: whatever rooms, delegates and listeners ask for it. */
@CaseTest
class CaseReadOnceIT {
    @Autowired
    City city;

    @Autowired
    Submission submission;

    @Autowired
    Tasks tasks;

    @Autowired
    TaskLists lists;

    @Autowired
    Accounts accounts;

    @Test
    void aSubmissionReadsItsCaseTwiceAtMost() {
        city.at("2026-03-02T09:00:00");
        Actor applicant = accounts.actor("applicant");
        CaseNumber number =
                new CaseNumber(city.drafted("skills-award", "granted").number());
        assertThat(readingsOfCases(() -> submission.submit(applicant, number, List.of())))
                .hasSizeBetween(1, 2);
    }

    @Test
    void aReviewReadsItsCaseThreeTimesAtMost() {
        city.at("2026-03-02T09:00:00");
        ApplicantsCase file = city.checked("skills-award", "granted");
        Actor reviewer = accounts.actor("reviewer");
        String task = lists.of(reviewer, new CaseNumber(file.number()), "first-review")
                .orElseThrow()
                .id();
        tasks.claim(reviewer, task);
        assertThat(readingsOfCases(() -> tasks.complete(reviewer, task, Map.of("outcome", "approve"))))
                .hasSizeBetween(1, 3);
    }

    /** The statements that read rows of cases, locking ones too. */
    private static List<String> readingsOfCases(Runnable step) {
        Logger statements = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
        Level before = statements.getLevel();
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        statements.addAppender(heard);
        statements.setLevel(Level.DEBUG);
        statements.setAdditive(false);
        try {
            step.run();
        } finally {
            statements.detachAppender(heard);
            statements.setLevel(before);
            statements.setAdditive(true);
        }
        return heard.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(said -> said.matches("(?s).*\\bselect\\b.*\\bfrom cases\\b.*"))
                .toList();
    }
}
