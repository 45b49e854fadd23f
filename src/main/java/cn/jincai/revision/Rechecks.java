package cn.jincai.revision;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.revision.RevisionKind;
import cn.jincai.policy.revision.RevisionRules;
import cn.jincai.review.standing.StandingGrants;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Yearly re-checks 年度复核: each begins by itself, so many months after the decision, or after the last one, as the package in force says. */
@Service
public class Rechecks {
    private static final Logger LOG = LoggerFactory.getLogger(Rechecks.class);

    private final RevisionTable table;
    private final Revisions revisions;
    private final StandingGrants standing;
    private final Packages packages;
    private final TransactionOperations transaction;
    private final CityClock clock;

    Rechecks(
            RevisionTable table,
            Revisions revisions,
            StandingGrants standing,
            Packages packages,
            TransactionOperations transaction,
            CityClock clock) {
        this.table = table;
        this.revisions = revisions;
        this.standing = standing;
        this.packages = packages;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Those that are due today and were not begun, by scheme. */
    public List<CaseNumber> due(PolicyPackage pack) {
        RevisionRules.OfKind rules = RevisionRules.of(pack).kind(RevisionKind.RECHECK);
        if (rules.everyMonths() == null
                || rules.benefits().isEmpty()
                || !pack.files().containsKey(RevisionKind.RECHECK.diagram())) return List.of();
        LocalDate last = clock.today().minusMonths(rules.everyMonths());
        Set<CaseNumber> begun =
                table.notToBeRechecked(last.atStartOfDay(CityClock.ZONE).toOffsetDateTime());
        return standing.decidedBefore(pack.scheme(), rules.benefits(), last, clock.today()).stream()
                .filter(number -> !begun.contains(number))
                .toList();
    }

    /** Begins what is due, each by itself: one that can't be begun stops no other. @return how many were begun */
    public int begin() {
        int begun = 0;
        for (PolicyPackage pack : packages.inForce())
            for (CaseNumber number : due(pack))
                try {
                    transaction.executeWithoutResult(step -> begin(pack, number));
                    begun++;
                } catch (Problem another) {
                    LOG.info("The re-check of {} was not begun: {}", number, another.code());
                }
        return begun;
    }

    private void begin(PolicyPackage pack, CaseNumber number) {
        RevisionRules.OfKind rules = RevisionRules.of(pack).kind(RevisionKind.RECHECK);
        List<String> benefits = standing.of(number).stream()
                .map(StandingGrants.Grant::benefit)
                .filter(rules.benefits()::contains)
                .toList();
        String reason = rules.reasons().keySet().iterator().next();
        revisions.begin(number, RevisionKind.RECHECK, pack, reason, "", Change.of(benefits), Actor.SYSTEM, null);
    }
}
