package cn.jincai.payment;

import cn.jincai.kernel.Money;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which months of a run are paid to one person, and at what rate (rulebook 4 and 7.12). */
final class MonthCount {
    private MonthCount() {}

    /**
     * A decision that runs pay.
     *
     * @param monthly     a month's rate
     * @param monthsLimit how many months may count in a life once this decision holds, those before it included
     * @param validYears  how long the decision is in force, null: without end
     * @param paysAfter   paid from the month after this day
     * @param endedFrom   the first month that is not paid any more, null while it goes on
     */
    record Entitlement(
            String caseNumber,
            LocalDate decidedOn,
            Money monthly,
            int monthsLimit,
            @Nullable Integer validYears,
            LocalDate paysAfter,
            @Nullable YearMonth endedFrom) {
        /** Paid from the decision on, and not ended. */
        Entitlement(
                String caseNumber, LocalDate decidedOn, Money monthly, int monthsLimit, @Nullable Integer validYears) {
            this(caseNumber, decidedOn, monthly, monthsLimit, validYears, decidedOn, null);
        }

        /** Months count from the month after the decision, or after the application where the scheme says so. */
        boolean covers(YearMonth month) {
            return YearMonth.from(paysAfter).isBefore(month);
        }

        boolean isInForce(YearMonth month) {
            return validYears == null || month.atDay(1).isBefore(decidedOn.plusYears(validYears));
        }

        boolean isEnded(YearMonth month) {
            return endedFrom != null && !month.isBefore(endedFrom);
        }
    }

    /** One month: what is due by the rate, and how much of it a benefit received before takes. */
    record Counted(YearMonth month, Entitlement by, MonthOutcome outcome, Money rate, Money setOff) {
        Money due() {
            return rate.minus(setOff);
        }
    }

    /** What a run takes as it is. @param rate of a month by an entitlement */
    record Life(GrantLife.Found found, BiFunction<Entitlement, YearMonth, Money> rate) {
        static final Life PLAIN = new Life(GrantLife.Found.NOTHING, (entitlement, month) -> entitlement.monthly());
    }

    /**
     * Months without insurance that are paid all the same.
     *
     * @param most  in each run
     * @param opens the month in which the run opens that pays a month; one that is paid later, since an end was taken back, stays a month of its own run
     */
    record Gaps(int most, UnaryOperator<YearMonth> opens) {
        static Gaps ofOneRun(int most) {
            return new Gaps(most, month -> YearMonth.of(1, 1));
        }

        YearMonth run(YearMonth month) {
            return opens.apply(month);
        }
    }

    static List<Counted> of(
            List<YearMonth> months,
            List<Entitlement> entitlements,
            Set<YearMonth> counted,
            Set<YearMonth> outOfPost,
            Set<YearMonth> uninsured,
            int maxGaps,
            Money toSetOff) {
        Gaps gaps = Gaps.ofOneRun(maxGaps);
        return of(months, entitlements, counted, outOfPost, uninsured, gaps, toSetOff, Life.PLAIN);
    }

    /**
     * @param entitlements oldest first; the newest that covers a month gives its rate
     * @param counted      months that count already, of this or another run: they are never looked at again
     * @param outOfPost    months in which the person was not in post
     * @param uninsured    months without insurance
     * @param allowed      gaps that are paid all the same
     * @param toSetOff     what is still to be set off
     */
    static List<Counted> of(
            List<YearMonth> months,
            List<Entitlement> entitlements,
            Set<YearMonth> counted,
            Set<YearMonth> outOfPost,
            Set<YearMonth> uninsured,
            Gaps allowed,
            Money toSetOff,
            Life life) {
        List<Counted> lines = new ArrayList<>();
        int used = counted.size();
        Map<YearMonth, Integer> gaps = new HashMap<>();
        for (YearMonth month : counted)
            if (uninsured.contains(month) && !outOfPost.contains(month))
                gaps.merge(allowed.run(month), 1, Integer::sum);
        for (YearMonth month : months) {
            Entitlement by = entitlements.stream()
                    .filter(e -> e.covers(month))
                    .reduce((older, newer) -> newer)
                    .orElse(null);
            if (by == null || counted.contains(month) || by.isEnded(month)) continue;
            boolean gap = uninsured.contains(month) && !outOfPost.contains(month);
            boolean tooMany = gap && gaps.merge(allowed.run(month), 1, Integer::sum) > allowed.most();
            MonthOutcome outcome = whyNot(by, month, life.found(), outOfPost.contains(month), tooMany)
                    .orElse(used >= by.monthsLimit() ? MonthOutcome.LIFETIME : MonthOutcome.COUNTED);
            Money rate = outcome == MonthOutcome.COUNTED ? life.rate().apply(by, month) : Money.NONE;
            Money setOff = rate.orLess(toSetOff);
            toSetOff = toSetOff.minus(setOff);
            if (outcome == MonthOutcome.COUNTED) used++;
            lines.add(new Counted(month, by, outcome, rate, setOff));
        }
        return lines;
    }

    private static Optional<MonthOutcome> whyNot(
            Entitlement by, YearMonth month, GrantLife.Found found, boolean outOfPost, boolean gap) {
        if (!by.isInForce(month)) return Optional.of(MonthOutcome.NOT_IN_FORCE);
        if (found.isEnded(month)) return Optional.of(MonthOutcome.ENDED);
        if (outOfPost) return Optional.of(MonthOutcome.NO_POST);
        if (gap) return Optional.of(MonthOutcome.GAP);
        return found.isSuspended(month) ? Optional.of(MonthOutcome.SUSPENDED) : Optional.empty();
    }
}
