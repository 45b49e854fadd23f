package cn.jincai.demo;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.payment.Budget;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Scheme;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The demo has money: each fund that a package names gets a line for this year and the years that the clock may be moved to. */
@Component
@Profile("demo")
class DemoBudget {
    private static final long HUNDRED_MILLION_YUAN = 10_000_000_000L; // in fen
    private static final int YEARS_AHEAD = 6;

    private final Budget budget;
    private final Packages packages;
    private final CityClock clock;

    DemoBudget(Budget budget, Packages packages, CityClock clock) {
        this.budget = budget;
        this.packages = packages;
        this.clock = clock;
    }

    @EventListener
    void fill(Publication.Published published) {
        List<Budget.Line> there = budget.lines();
        int year = clock.today().getYear();
        packages.byHash(published.hash()).catalogue().benefits().stream()
                .filter(Scheme.Benefit::isMoney)
                .map(Scheme.Benefit::fund)
                .distinct()
                .forEach(fund -> {
                    for (int y = year; y <= year + YEARS_AHEAD; y++) {
                        int each = y;
                        if (there.stream().noneMatch(l -> l.fund().equals(fund) && l.year() == each))
                            budget.enter(Actor.SYSTEM, fund, y, HUNDRED_MILLION_YUAN);
                    }
                });
    }
}
