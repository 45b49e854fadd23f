package cn.jincai.process;

import cn.jincai.calendar.Calendars;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.review.Reviews;
import cn.jincai.review.notice.Notices;
import org.springframework.stereotype.Component;

/** {@code notices} in the diagrams. */
@Component("notices")
public class NoticeSteps {
    private final Notices notices;
    private final Reviews reviews;
    private final Calendars calendars;
    private final CityClock clock;

    NoticeSteps(Notices notices, Reviews reviews, Calendars calendars, CityClock clock) {
        this.notices = notices;
        this.reviews = reviews;
        this.calendars = calendars;
        this.clock = clock;
    }

    /** @param days full working days */
    public void publish(String caseNumber, int days) {
        CaseNumber number = new CaseNumber(caseNumber);
        notices.publish(number, reviews.shown(number), calendars.workingDays(clock.instant(), days));
    }

    public void end(String caseNumber) {
        notices.end(new CaseNumber(caseNumber));
    }

    public boolean upheld(String caseNumber) {
        return notices.upheld(new CaseNumber(caseNumber));
    }
}
