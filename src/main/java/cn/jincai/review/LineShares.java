package cn.jincai.review;

import cn.jincai.assessment.AssessedLine;
import cn.jincai.assessment.Benefit;
import cn.jincai.kernel.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What each line of a roster has of the sum that was granted for all: where a limit or pool cut the sum, each in proportion to what the rules give for it, so that no employee
 * is worse off for the place in which he was written (decision 181).
 */
final class LineShares {
    private LineShares() {}

    /** The benefit as a line brings it, where both the line and the whole are granted. */
    static Optional<Benefit> granted(DecidedBenefit whole, AssessedLine line) {
        return line.benefits().stream()
                .filter(b -> whole.isGranted() && b.code().equals(whole.code()) && b.verdict() == Verdict.APPROVE)
                .findFirst();
    }

    /** @return fen by line, 0 for one that is not granted; together exactly what was granted, each within one fen of its share, none above what the rules give */
    static List<Long> of(DecidedBenefit whole, List<AssessedLine> lines) {
        List<Long> given = lines.stream()
                .map(line -> granted(whole, line).map(Benefit::amountFen).orElse(0L))
                .toList();
        return cut(given, whole.amount().fen());
    }

    /** @param to fen; where it is no less than what is given, nothing is cut */
    static List<Long> cut(List<Long> given, long to) {
        BigInteger all =
                BigInteger.valueOf(given.stream().mapToLong(Long::longValue).sum());
        if (all.longValue() <= to) return given;
        List<Long> shares = new ArrayList<>(given.size());
        BigInteger before = BigInteger.ZERO;
        long handedOut = 0;
        for (long fen : given) {
            before = before.add(BigInteger.valueOf(fen));
            long until = before.multiply(BigInteger.valueOf(to)).divide(all).longValue();
            shares.add(until - handedOut);
            handedOut = until;
        }
        return shares;
    }
}
