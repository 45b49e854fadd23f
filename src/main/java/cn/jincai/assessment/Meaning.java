package cn.jincai.assessment;

import cn.jincai.policy.Scheme.Derived;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What tests, rows and derived values mean, written so that two versions of a scheme which mean the same are written the same: by names, parameters as the values that hold. */
final class Meaning {
    private final Vocabulary vocabulary;

    Meaning(Vocabulary vocabulary) {
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
                + rule.level();
    }

    String amounts(Rule rule) {
        return rule.level() + " " + of(rule.amount()) + " " + of(rule.monthly()) + " " + of(rule.months());
    }

    String of(Derived d, Num number) {
        return d.as() + " " + d.from() + " " + d.on() + " " + d.of() + " " + of(number) + " " + d.values() + " "
                + d.table() + " " + d.column() + " " + d.benefit();
    }

    String of(Plan plan) {
        return plan.benefit().kind() + " " + plan.follows() + " " + plan.instalments() + " " + name(plan.atMost()) + " "
                + name(plan.appliedFor()) + " " + name(plan.deduct());
    }

    private String name(int slot) {
        return slot < 0 ? "-" : vocabulary.at(slot).name();
    }

    String of(Test test) {
        if (test instanceof Test.Compare c) return "(" + of(c.left()) + " " + c.op() + " " + of(c.right()) + ")";
        if (test instanceof Test.OneOf o) return name(o.slot()) + " in " + codes(o.slot(), o.codes());
        if (test instanceof Test.Holds h) return name(h.slot()) + " has " + codes(h.slot(), h.codes());
        if (test instanceof Test.IsNull n) return name(n.slot()) + " null";
        if (test instanceof Test.Both b) return "(" + of(b.a()) + " and " + of(b.b()) + ")";
        if (test instanceof Test.Either e) return "(" + of(e.a()) + " or " + of(e.b()) + ")";
        if (test instanceof Test.Not n) return "not " + of(n.a());
        return test.toString();
    }

    private List<String> codes(int slot, long codes) {
        List<String> all = vocabulary.at(slot).codes();
        return IntStream.range(0, all.size())
                .filter(i -> (codes >>> i & 1) != 0)
                .mapToObj(all::get)
                .sorted()
                .toList();
    }

    private String of(Num n) {
        if (n instanceof Num.Slot s) return name(s.slot());
        if (n instanceof Num.Withheld w) return "withheld by " + name(w.slot());
        if (n instanceof Num.Plus p) return "(" + of(p.left()) + " + " + of(p.right()) + ")";
        if (n instanceof Num.Minus m) return "(" + of(m.left()) + " - " + of(m.right()) + ")";
        if (n instanceof Num.Times t) return "(" + of(t.left()) + " * " + of(t.right()) + ")";
        if (n instanceof Num.Least l)
            return "min" + l.of().stream().map(this::of).toList();
        if (n instanceof Num.Most m)
            return "max" + m.of().stream().map(this::of).toList();
        return String.valueOf(n); // a constant, nothing, or none given
    }
}
