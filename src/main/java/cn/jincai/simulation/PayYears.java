package cn.jincai.simulation;

import cn.jincai.assessment.rules.BenefitOutcome;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;

/** In which year money goes out: at once in the year of the application; by run month by month, from the month after it, when the run comes that covers the month. */
final class PayYears {
    /** Years that a monthly sum may reach beyond the last application; what would come later counts in the last of them. */
    static final int LATER = 6;

    private static final int MONTHS = 12 * (LATER + 1);

    private final boolean[] byRun;
    /** Months paid by the end of a year, by month of application, year after it, and months granted. */
    private final int[][] paidBy = new int[12][LATER + 1];

    PayYears(Scheme scheme) {
        byRun = new boolean[scheme.benefits().size()];
        for (int b = 0; b < byRun.length; b++)
            byRun[b] = scheme.run() != null && scheme.benefits().get(b).isPaidByRun();
        if (scheme.run() == null) return;
        for (int month = 0; month < 12; month++)
            for (int k = 1; k <= MONTHS; k++) {
                int year = Math.min(LATER, run(scheme.run(), month + k) / 12);
                for (int y = year; y <= LATER; y++) paidBy[month][y]++;
            }
    }

    /** The month, counted from January of the first year, in whose run a month is paid. */
    private static int run(Scheme.Run run, int month) {
        for (int later = 1; later <= run.covers(); later++)
            if (run.months().contains((month + later) % 12 + 1)) return month + later;
        return month;
    }

    /** Adds a granted sum to {@code fen} from {@code at} on, one number a year. */
    void add(int benefit, BenefitOutcome granted, long applicationDay, long[] fen, int at, int stride) {
        if (!byRun[benefit] || !granted.monthly) {
            fen[at] += granted.amountFen;
            return;
        }
        int[] paid = paidBy[LocalDate.ofEpochDay(applicationDay).getMonthValue() - 1];
        long before = 0;
        for (int year = 0; year <= LATER && before < granted.months; year++) {
            long by = year == LATER ? granted.months : Math.min(granted.months, paid[year]);
            fen[at + year * stride] += (by - before) * granted.monthlyFen;
            before = by;
        }
    }
}
