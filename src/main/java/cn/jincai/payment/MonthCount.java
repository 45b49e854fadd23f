package cn.jincai.payment;

import cn.jincai.kernel.Money;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which months of a run are paid to one person, and at what rate (rulebook 4 and 7.12). */
final class MonthCount {
    private MonthCount() {}

    /**
     * A decision that runs pay.
     *
     * @param monthly   a month's rate
     * @param monthsLimit how many months may count in a life once this decision holds, those before it included
     * @param validYears  how long the decision is in force, null: without end
     */
    record Entitlement(String caseNumber, LocalDate decidedOn, Money monthly, int monthsLimit, Integer validYears) {
        /** Months count from the month after the decision. */
        boolean covers(YearMonth month) {
            return YearMonth.from(decidedOn).isBefore(month);
        }

        boolean isInForce(YearMonth month) {
            return validYears == null || month.atDay(1).isBefore(decidedOn.plusYears(validYears));
        }
    }

    /** One month: what is due by the rate, and how much of it a benefit received before takes. */
    record Counted(YearMonth month, Entitlement by, MonthOutcome outcome, Money rate, Money setOff) {
        Money due() {
            return rate.minus(setOff);
        }
    }

    /**
     * @param entitlements oldest first; the newest that covers a month gives its rate
     * @param counted      months that count already, of this or another run: they are never looked at again
     * @param outOfPost    months in which the person was not in post
     * @param uninsured    months without insurance
     * @param maxGaps      months without insurance in the run that are paid all the same
     * @param toSetOff     what is still to be set off
     */
    static List<Counted> of(
            List<YearMonth> months,
            List<Entitlement> entitlements,
            Set<YearMonth> counted,
            Set<YearMonth> outOfPost,
            Set<YearMonth> uninsured,
            int maxGaps,
            Money toSetOff) {
        List<Counted> lines = new ArrayList<>();
        int used = counted.size();
        int gaps = 0;
        for (YearMonth month : months) {
            Entitlement by = entitlements.stream()
                    .filter(e -> e.covers(month))
                    .reduce((older, newer) -> newer)
                    .orElse(null);
            if (by == null || counted.contains(month)) continue;
            boolean gap = uninsured.contains(month) && !outOfPost.contains(month);
            if (gap) gaps++;
            MonthOutcome outcome = !by.isInForce(month)
                    ? MonthOutcome.NOT_IN_FORCE
                    : outOfPost.contains(month)
                            ? MonthOutcome.NO_POST
                            : gap && gaps > maxGaps
                                    ? MonthOutcome.GAP
                                    : used >= by.monthsLimit() ? MonthOutcome.LIFETIME : MonthOutcome.COUNTED;
            Money rate = outcome == MonthOutcome.COUNTED ? by.monthly() : Money.NONE;
            Money setOff = rate.orLess(toSetOff);
            toSetOff = toSetOff.minus(setOff);
            if (outcome == MonthOutcome.COUNTED) used++;
            lines.add(new Counted(month, by, outcome, rate, setOff));
        }
        return lines;
    }
}
