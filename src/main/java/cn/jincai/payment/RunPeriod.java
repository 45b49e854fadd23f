package cn.jincai.payment;

import cn.jincai.kernel.Problem;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;

/** A run of payments 兑付批次: opens on the first of a month and pays the months before it (rulebook 7.12). */
record RunPeriod(String scheme, YearMonth opens, List<YearMonth> months) {

    /** @param covers how many months before its opening the run pays */
    static RunPeriod at(String scheme, int covers, YearMonth opens) {
        return new RunPeriod(
                scheme,
                opens,
                Stream.iterate(opens.minusMonths(covers), m -> m.isBefore(opens), m -> m.plusMonths(1))
                        .toList());
    }

    /**
     * The next run that opens after this day.
     *
     * @param openings the months of the year in which a run opens, 1 to 12
     */
    static RunPeriod after(String scheme, List<Integer> openings, int covers, LocalDate day) {
        if (openings.stream().noneMatch(m -> m >= 1 && m <= 12)) throw Problem.conflict("payment.NO_OPENING");
        YearMonth opens = YearMonth.from(day).plusMonths(1);
        while (!openings.contains(opens.getMonthValue())) opens = opens.plusMonths(1);
        return at(scheme, covers, opens);
    }

    String number() {
        return "RUN-" + scheme + "-" + opens;
    }

    LocalDate day() {
        return opens.atDay(1);
    }
}
