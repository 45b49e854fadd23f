package cn.jincai.payment;

import cn.jincai.kernel.CaseNumber;
import java.time.YearMonth;

/** A month as a run found it; sums in fen. {@code payment} is null where nothing is due for it. */
public record RunMonth(
        CaseNumber number, YearMonth month, MonthOutcome outcome, long rateFen, long setOffFen, Long payment) {}
