package cn.jincai.revision;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.DataChecks;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.payment.RevokedGrants;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.revision.RevisionRules;
import cn.jincai.review.standing.StandingGrants;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a matter does to the decision: nothing of it is rewritten, what holds no more is told beside it. */
@Component
class RevisionEffects {
    private final JdbcClient db;
    private final CaseFile cases;
    private final DataChecks records;
    private final Packages packages;
    private final StandingGrants standing;
    private final RevokedGrants grants;
    private final CityClock clock;

    RevisionEffects(
            JdbcClient db,
            CaseFile cases,
            DataChecks records,
            Packages packages,
            StandingGrants standing,
            RevokedGrants grants,
            CityClock clock) {
        this.db = db;
        this.cases = cases;
        this.records = records;
        this.packages = packages;
        this.standing = standing;
        this.grants = grants;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param told     which words tell it: {@code correction}, {@code revoked}, {@code upheld}, {@code confirmed}, {@code ended}
     * @param benefits codes of those that hold no more
     * @param repaid   by benefit, what is to be paid back; nothing of those of which nothing was paid
     * @param repayBy  the last day for it, null where nothing is
     * @param lastDay  on which a benefit that ends is in force, null where none ends so
     */
    record Done(
            String told,
            List<String> benefits,
            Map<String, Money> repaid,
            @Nullable LocalDate repayBy,
            @Nullable LocalDate lastDay) {
        static Done told(String told) {
            return new Done(told, List.of(), Map.of(), null, null);
        }
    }

    /** @throws Problem CONFLICT where a payment is on its way */
    Done apply(Revision revision) {
        return switch (revision.kind()) {
            case CORRECTION -> Done.told("correction");
            case REVOCATION -> revoke(revision);
            case REVIEW_OUTCOME -> revision.change().isUpheld() ? Done.told("upheld") : revoke(revision);
            case RECHECK -> revision.said("confirm") ? Done.told("confirmed") : end(revision);
        };
    }

    private Done revoke(Revision revision) {
        holdMoney(revision);
        RevisionRules rules = RevisionRules.of(packages.byHash(revision.packageHash()));
        boolean repays = rules.reason(revision.kind(), revision.reason())
                .map(RevisionRules.Reason::repays)
                .orElse(false);
        Map<String, Money> repaid = new LinkedHashMap<>();
        LocalDate repayBy = repays
                ? clock.today()
                        .plusDays(Objects.requireNonNull(
                                rules.kind(revision.kind()).repayWithinDays()))
                : null;
        for (String benefit : revision.change().benefits()) {
            standing.revoke(revision.number(), benefit, clock.today());
            noMoreRuns(revision, benefit);
            Money paid = grants.paid(revision.number(), benefit);
            if (repayBy == null || paid.fen() == 0) continue;
            repaid.put(benefit, paid);
            db.sql("insert into repayment_orders (revision_id, benefit, amount_fen, repay_by) values (?, ?, ?, ?)")
                    .params(revision.id(), benefit, paid.fen(), repayBy)
                    .update();
        }
        return new Done("revoked", revision.change().benefits(), repaid, repaid.isEmpty() ? null : repayBy, null);
    }

    private Done end(Revision revision) {
        holdMoney(revision);
        LocalDate last = YearMonth.from(clock.today()).atEndOfMonth();
        for (String benefit : revision.change().benefits()) {
            standing.end(revision.number(), benefit, last);
            noMoreRuns(revision, benefit);
        }
        return new Done("ended", revision.change().benefits(), Map.of(), null, last);
    }

    /** Nobody signs for this person meanwhile, and what is being paid is first stopped by finance. */
    private void holdMoney(Revision revision) {
        records.holdRecords(revision.number());
        if (grants.isPayingNow(revision.number())) throw Problem.conflict("revision.PAYMENT_ON_ITS_WAY");
    }

    private void noMoreRuns(Revision revision, String benefit) {
        Case file = cases.get(revision.number());
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        grants.end(
                revision.number(),
                benefit,
                YearMonth.from(clock.today()).plusMonths(1),
                revision.reason(),
                Text.of("revision.ended", scheme.benefit(benefit).name(), revision.reasonName()),
                Text.of("revision.remedies"));
    }
}
