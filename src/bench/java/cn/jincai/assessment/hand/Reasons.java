package cn.jincai.assessment.hand;

import cn.jincai.assessment.hand.Answer.Benefit;
import cn.jincai.assessment.hand.Answer.Code;
import cn.jincai.assessment.hand.Answer.Instalment;
import cn.jincai.assessment.hand.Answer.Reason;
import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The reasons of one benefit as they are found, and the conditions that all schemes share. */
final class Reasons {
    private final List<Reason> found;
    private Verdict worst = Verdict.APPROVE;

    Reasons() {
        found = new ArrayList<>(8);
    }

    Reasons(Reasons others) {
        found = new ArrayList<>(others.found.size() + 4);
        found.addAll(others.found);
        worst = others.worst;
    }

    void add(Code code, Verdict effect, String fact) {
        found.add(new Reason(code, effect, fact));
        if (effect.ordinal() < worst.ordinal()) worst = effect;
    }

    void reject(Code code, String fact) {
        add(code, Verdict.REJECT, fact);
    }

    void supplement(Code code, String fact) {
        add(code, Verdict.SUPPLEMENT, fact);
    }

    /** One for each fact, however many conditions miss it. */
    void unknown(String fact) {
        for (int i = 0; i < found.size(); i++)
            if (found.get(i).code() == Code.DATA_UNAVAILABLE
                    && found.get(i).fact().equals(fact)) return;
        add(Code.DATA_UNAVAILABLE, Verdict.MANUAL, fact);
    }

    void proven(Boolean fact, String name, Code code) {
        if (fact == null || !fact) supplement(code, name);
    }

    void insured(Long months, String name, long atLeast) {
        if (months == null) unknown(name);
        else if (months < atLeast) reject(Code.INSURANCE_TOO_SHORT, name);
    }

    void contract(Employer.Kind kind, Long months, long atLeast) {
        if (kind == Employer.Kind.SELF_EMPLOYED) return;
        if (months == null) unknown("contractMonths");
        else if (kind != null && months < atLeast) reject(Code.CONTRACT_TOO_SHORT, "contractMonths");
    }

    void inTime(LocalDate applied, String fact, Holidays.LastDay last) {
        if (!last.mayBeOver(applied)) return;
        if (last.isOver(applied)) reject(Code.LATE, fact);
        else unknown(fact);
    }

    Verdict verdict() {
        return worst;
    }

    boolean rejects() {
        return worst == Verdict.REJECT;
    }

    Benefit refused(String code, String fund) {
        return new Benefit(code, Verdict.REJECT, fund, 0, null, null, null, List.of(), found);
    }

    Benefit money(String code, String fund, long amount, List<Instalment> instalments) {
        return new Benefit(code, worst, fund, amount, null, null, null, instalments, found);
    }

    Benefit status(String code, String fund, Integer level) {
        return new Benefit(code, worst, fund, 0, level, null, null, List.of(), found);
    }

    Benefit monthly(String code, String fund, int level, long monthly, int months, List<Instalment> instalments) {
        return new Benefit(code, worst, fund, monthly * months, level, monthly, months, instalments, found);
    }
}
