package cn.jincai.planning;

import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.CityCalendar;
import cn.jincai.assessment.NextQuestion;
import cn.jincai.kernel.CityClock;
import cn.jincai.policy.forms.FormCheck;
import java.util.List;

/** The screener without database and pages, for stories of other rooms. */
public final class CityScreening {
    private CityScreening() {}

    public static Screening make() {
        Assessments assessments = Assessments.with(CityCalendar.calendar());
        return new Screening(
                assessments,
                new NextQuestion(assessments),
                new AllSchemes(assessments),
                new FormCheck(new CityClock(), List.of()));
    }
}
