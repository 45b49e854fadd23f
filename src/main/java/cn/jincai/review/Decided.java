package cn.jincai.review;

import cn.jincai.assessment.Instalment;
import cn.jincai.assessment.Reason;
import java.util.List;

/**
 * One benefit as people decided it; sums are fen.
 *
 * @param outcome   granted, refused or lapsed; open, which is never signed, where nothing is decided yet
 * @param amountFen what this case grants; 0 where refused and for a status
 * @param dueNowFen what is paid once it is signed; 0 for what a run pays later
 */
public record Decided(String code, String fund, String outcome, long amountFen, Integer level, Long monthlyFen, Integer months,
                      List<Instalment> instalments, List<Reason> reasons, long dueNowFen) {
    public boolean isGranted() {
        return outcome.equals("granted");
    }

    boolean isOpen() {
        return outcome.equals("open");
    }

    Opinion.Outcome outcomeOnly() {
        return new Opinion.Outcome(code, outcome, level, amountFen);
    }
}
