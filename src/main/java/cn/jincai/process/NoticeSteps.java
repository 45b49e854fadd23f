package cn.jincai.process;

import cn.jincai.calendar.Calendars;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.review.Notices;
import org.springframework.stereotype.Component;

/** {@code notices} in the diagrams. */
@Component("notices")
public class NoticeSteps {
    private final Notices notices;
    private final Calendars calendars;
    private final CityClock clock;

    NoticeSteps(Notices notices, Calendars calendars, CityClock clock) {
        this.notices = notices;
        this.calendars = calendars;
        this.clock = clock;
    }

    /** @param days full working days */
    public void publish(String caseNumber, int days) {
        notices.publish(new CaseNumber(caseNumber), calendars.workingDays(clock.instant(), days));
    }

    public void end(String caseNumber) {
        notices.end(new CaseNumber(caseNumber));
    }

    public boolean upheld(String caseNumber) {
        return notices.upheld(new CaseNumber(caseNumber));
    }
}
