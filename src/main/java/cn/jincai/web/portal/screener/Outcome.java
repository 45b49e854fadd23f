package cn.jincai.web.portal.screener;

import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.Reason;
import cn.jincai.assessment.explanation.Explained;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.planning.SchemeQuestions;
import cn.jincai.policy.Scheme;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one scheme says to somebody who only asks: each reason once, whatever number of its benefits it concerns, and what is not known is never a no.
 *
 * @param state    of the whole scheme: granted where one benefit is, refused where all are
 * @param met      what is as it is asked to be, with its value
 * @param refusals what stands in the way
 * @param changes  what would change it, and when
 * @param missing  what is not known
 * @param looked   what is known and an officer will look at
 */
record Outcome(
        Scheme scheme,
        State state,
        List<Line> benefits,
        List<Text> met,
        List<Refusal> refusals,
        List<Text> changes,
        List<Missing> missing,
        List<Text> looked) {
    enum State {
        granted,
        open,
        refused
    }

    /** @param fen 0 where no sum is known, or none is paid */
    record Line(Text name, State state, long fen, @Nullable Integer level) {}

    /**
     * @param of the benefits that it concerns; none where it is all of them
     */
    record Refusal(Text message, @Nullable Text mend, List<Text> of) {}

    /**
     * @param question whether the person can answer it here
     * @param answered he said that he does not know
     * @param own      only he knows it: no record tells it later
     */
    record Missing(String fact, Text label, boolean question, boolean answered, boolean own) {}

    static Outcome of(SchemeQuestions questions, Assessment said, Explained why, Predicate<String> answered) {
        Scheme scheme = questions.policy().catalogue();
        List<Line> lines = said.benefits().stream()
                .map(b -> new Line(scheme.benefit(b.code()).name(), state(b.verdict()), b.amountFen(), b.level()))
                .toList();
        return new Outcome(
                scheme,
                whole(lines),
                lines,
                met(why),
                refusals(scheme, said.benefits()),
                changes(why),
                missing(questions, said.benefits(), answered),
                looked(said.benefits()));
    }

    private static State state(Verdict verdict) {
        return verdict == Verdict.APPROVE ? State.granted : verdict == Verdict.REJECT ? State.refused : State.open;
    }

    private static State whole(List<Line> lines) {
        if (lines.stream().anyMatch(l -> l.state == State.granted)) return State.granted;
        return lines.stream().allMatch(l -> l.state == State.refused) ? State.refused : State.open;
    }

    /** Each fact that is as it should be, with its value; not one that stands in the way elsewhere. */
    private static List<Text> met(Explained why) {
        Map<String, Text> met = new LinkedHashMap<>();
        Set<String> wrong = new HashSet<>();
        for (Explained.Benefit benefit : why.benefits())
            for (Explained.Condition c : benefit.conditions()) {
                if (c.entitlement() || !c.applies()) continue;
                for (Explained.Value v : c.values())
                    if (c.state() != Explained.State.met) wrong.add(v.name());
                    else if (v.value() != null)
                        met.putIfAbsent(v.name(), Text.of("web.screener.met", v.label(), v.shown()));
            }
        met.keySet().removeAll(wrong);
        return List.copyOf(met.values());
    }

    private static List<Refusal> refusals(Scheme scheme, List<Benefit> benefits) {
        Map<Text, Text> mends = new HashMap<>();
        Map<Text, Set<Text>> of = new LinkedHashMap<>();
        for (Benefit benefit : benefits)
            for (Reason reason : benefit.reasons()) {
                if (benefit.verdict() != Verdict.REJECT
                        || reason.effect() != Verdict.REJECT
                        || reason.message() == null) continue;
                if (reason.mend() != null) mends.putIfAbsent(reason.message(), reason.mend());
                of.computeIfAbsent(reason.message(), m -> new LinkedHashSet<>())
                        .add(scheme.benefit(benefit.code()).name());
            }
        List<Refusal> refusals = new ArrayList<>();
        of.forEach((message, names) -> refusals.add(new Refusal(
                message, mends.get(message), names.size() == benefits.size() ? List.of() : List.copyOf(names))));
        return refusals;
    }

    private static List<Text> changes(Explained why) {
        Set<Text> changes = new LinkedHashSet<>();
        for (Explained.Benefit benefit : why.benefits()) {
            if (benefit.verdict() != Verdict.REJECT) continue;
            if (benefit.firstDay() != null) changes.add(benefit.firstDay().text());
            benefit.changes().forEach(c -> changes.add(c.text()));
        }
        return List.copyOf(changes);
    }

    private static List<Missing> missing(
            SchemeQuestions questions, List<Benefit> benefits, Predicate<String> answered) {
        Map<String, Missing> missing = new LinkedHashMap<>();
        for (Reason reason : open(benefits)) {
            String fact = reason.fact();
            if (reason.actual() != null || fact == null) continue;
            questions
                    .policy()
                    .catalogue()
                    .fact(fact)
                    .ifPresent(f -> missing.putIfAbsent(
                            fact, new Missing(fact, f.label(), questions.asks(fact), answered.test(fact), f.isTold())));
        }
        return List.copyOf(missing.values());
    }

    private static List<Text> looked(List<Benefit> benefits) {
        Set<Text> looked = new LinkedHashSet<>();
        for (Reason reason : open(benefits))
            if (reason.actual() != null && reason.message() != null) looked.add(reason.message());
        return List.copyOf(looked);
    }

    /** What is not settled, of the benefits that are not: beside a refusal nothing else matters. */
    private static List<Reason> open(List<Benefit> benefits) {
        return benefits.stream()
                .filter(b -> state(b.verdict()) == State.open)
                .flatMap(b -> b.reasons().stream())
                .toList();
    }
}
