package cn.jincai.assessment.verification;

import cn.jincai.calendar.Calendars;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.CityClock;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PackageCheck;
import cn.jincai.policy.PolicyPackage;
import java.time.LocalDate;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What a machine can see in the rules before people are judged by them. Made only where the tables are sound; of what it finds only contradictions stop a package. */
@Component
@Order(2)
public class Verifier implements PackageCheck {
    private final Supplier<WorkingCalendar> calendar;
    private final Supplier<LocalDate> today;

    @Autowired
    public Verifier(Calendars calendars, CityClock clock) {
        this(calendars::current, clock::today);
    }

    public Verifier(Supplier<WorkingCalendar> calendar, Supplier<LocalDate> today) {
        this.calendar = calendar;
        this.today = today;
    }

    @Override
    public void check(PolicyPackage candidate, Findings findings) {
        Findings tables = new Findings();
        new RulesCheck().check(candidate, tables);
        if (!tables.isEmpty()) return; // RulesCheck tells them
        UnusedNames.check(candidate, findings);
        OddValues.check(candidate, findings);
        new FormLimits(candidate, calendar.get(), today.get(), findings).check();
        new RowsCheck(candidate, calendar.get(), today.get(), findings).check();
    }
}
