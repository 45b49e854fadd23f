package cn.jincai.assessment.verification;

import cn.jincai.assessment.Reason;
import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Bits;
import cn.jincai.assessment.rules.Cell;
import cn.jincai.assessment.rules.CellTest;
import cn.jincai.assessment.rules.NumericExpression;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.rules.Vocabulary;
import cn.jincai.policy.Scheme.Derived;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What tests, rows and derived values mean, written so that two versions of a scheme which mean the same are written the same: by names, parameters as the values that hold. */
final class CanonicalForm {
    private final Vocabulary vocabulary;

    CanonicalForm(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    String cells(Rule rule) {
        return List.of(rule.cells()).stream().map(this::of).sorted().collect(Collectors.joining(" & "));
    }

    String of(Cell cell) {
        return (cell.checksNull() ? "null " : "") + of(cell.test());
    }

    /** What a row does to the verdict, and which unknown fact it speaks for. */
    String effect(Rule rule) {
        return rule.effect() + " " + name(rule.fact()) + " " + Reason.DATA_UNAVAILABLE.equals(rule.reason()) + " "
                + rule.level() + " " + rule.order();
    }

    String amounts(Rule rule) {
        return rule.level() + " " + rule.order() + " " + of(rule.amount()) + " " + of(rule.monthly()) + " "
                + of(rule.months());
    }

    String of(Derived d, NumericExpression number) {
        return d.as() + " " + d.from() + " " + d.on() + " " + d.of() + " " + of(number) + " " + d.values() + " "
                + d.table() + " " + d.column() + " " + d.benefit();
    }

    String of(BenefitPlan plan) {
        return plan.benefit().kind() + " " + plan.follows() + " " + plan.instalments() + " " + name(plan.atMost()) + " "
                + name(plan.appliedFor()) + " " + name(plan.deduct()) + " "
                + Arrays.stream(plan.pools()).mapToObj(this::name).toList() + " " + plan.highest() + " "
                + (plan.asked() == null ? "" : of(plan.asked()));
    }

    private String name(int slot) {
        return slot < 0 ? "-" : vocabulary.at(slot).name();
    }

    String of(CellTest test) {
        if (test instanceof CellTest.Compare c) return "(" + of(c.left()) + " " + c.op() + " " + of(c.right()) + ")";
        if (test instanceof CellTest.OneOf o) return name(o.slot()) + " in " + codes(o.slot(), o.codes());
        if (test instanceof CellTest.Holds h) return name(h.slot()) + " has " + codes(h.slot(), h.codes());
        if (test instanceof CellTest.IsNull n) return name(n.slot()) + " null";
        if (test instanceof CellTest.Both b) return "(" + of(b.a()) + " and " + of(b.b()) + ")";
        if (test instanceof CellTest.Either e) return "(" + of(e.a()) + " or " + of(e.b()) + ")";
        if (test instanceof CellTest.Not n) return "not " + of(n.a());
        return test.toString();
    }

    private List<String> codes(int slot, Bits codes) {
        List<String> all = vocabulary.at(slot).codes();
        return IntStream.range(0, all.size())
                .filter(codes::has)
                .mapToObj(all::get)
                .sorted()
                .toList();
    }

    private String of(@Nullable NumericExpression n) {
        if (n instanceof NumericExpression.Slot s) return name(s.slot());
        if (n instanceof NumericExpression.Withheld w) return "withheld by " + name(w.slot());
        if (n instanceof NumericExpression.Plus p) return "(" + of(p.left()) + " + " + of(p.right()) + ")";
        if (n instanceof NumericExpression.Minus m) return "(" + of(m.left()) + " - " + of(m.right()) + ")";
        if (n instanceof NumericExpression.Times t) return "(" + of(t.left()) + " * " + of(t.right()) + ")";
        if (n instanceof NumericExpression.Fraction f)
            return f.rate().numerator() + "/" + f.rate().denominator();
        if (n instanceof NumericExpression.Share s)
            return "share" + List.of(of(s.of()), of(s.rate()), s.rounding(), s.step());
        if (n instanceof NumericExpression.Brackets b) return b.scale().told().toString();
        if (n instanceof NumericExpression.Scaled s) return "scale" + List.of(of(s.of()), of(s.by()));
        if (n instanceof NumericExpression.Quotient q)
            return "quotient" + List.of(of(q.of()), of(q.by()), q.rounding(), q.percent());
        if (n instanceof NumericExpression.Least l)
            return "min" + l.of().stream().map(this::of).toList();
        if (n instanceof NumericExpression.Most m)
            return "max" + m.of().stream().map(this::of).toList();
        return String.valueOf(n); // a constant, nothing, or none given
    }
}
