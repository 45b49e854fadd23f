package cn.jincai.policy.reading;

import cn.jincai.policy.Parameter;
import cn.jincai.policy.Rate;
import cn.jincai.policy.Scale;
import cn.jincai.policy.Scale.Bracket;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.YamlEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a parameter of the unit {@code scale} holds; brackets that leave open what holds for a number, or say it twice, are findings. */
final class ScaleReader {
    private final YamlEntry file;
    private final String gives;
    private final List<YamlEntry> told;

    /** @param file {@code {brackets: [...], atMost: ...}} */
    ScaleReader(YamlEntry file, String gives) {
        this.file = file.knows("brackets", "atMost");
        this.gives = gives;
        told = file.get("brackets").list();
    }

    /** @return null with a finding where it has no brackets */
    @Nullable
    Scale read() {
        if (told.isEmpty()) {
            file.wrong("policy.scale.MISSING");
            return null;
        }
        boolean each = told.get(0).isMap() && told.get(0).has("each");
        if (each && gives.equals(Parameter.PERCENT)) told.get(0).wrong("policy.scale.EACH_PERCENT");
        List<Bracket> brackets = new ArrayList<>();
        long next = each ? 1 : 0;
        for (YamlEntry one : told) {
            Bracket bracket = bracket(one, each);
            follows(one, bracket, next);
            brackets.add(bracket);
            next = bracket.last() + 1; // of one without end nothing follows, which is told
        }
        if (!each && file.has("atMost")) file.get("atMost").wrong("policy.scale.AT_MOST");
        return new Scale(gives, each, List.copyOf(brackets), each ? file.optional("atMost", this::value) : null);
    }

    private Bracket bracket(YamlEntry e, boolean each) {
        e.knows("from", "to", "each", "flat");
        if (e.has("each") == e.has("flat") || e.has("each") != each) e.wrong("policy.scale.EACH_OR_FLAT");
        return new Bracket(
                e.get("from").number(), e.optional("to", YamlEntry::number), value(e.get(each ? "each" : "flat")));
    }

    private void follows(YamlEntry e, Bracket bracket, long next) {
        boolean first = e == told.get(0), last = e == told.get(told.size() - 1);
        if (first && bracket.from() != next) e.wrong("policy.scale.BEGINNING", next);
        if (bracket.to() != null && bracket.to() < bracket.from())
            e.wrong("policy.scale.NOT_RISING", bracket.from(), bracket.to());
        else if (!first && bracket.from() < next && next > 0) e.wrong("policy.scale.OVERLAP", bracket.from(), next);
        else if (!first && bracket.from() > next && next > 0) e.wrong("policy.scale.HOLE", next, bracket.from() - 1);
        if (last == (bracket.to() != null)) e.wrong(last ? "policy.scale.last.END" : "policy.scale.END");
    }

    /** A percentage is at most the whole. */
    private long value(YamlEntry e) {
        if (!gives.equals(Parameter.PERCENT)) {
            long number = e.number();
            if (number < 0 || number > Scheme.LARGEST) e.wrong("policy.parameter.NUMBER");
            return number;
        }
        String text = e.text();
        if (!text.isEmpty() && Rate.percent(text).isEmpty()) e.wrong("policy.parameter.PERCENT", text);
        return Rate.percent(text).map(Rate::numerator).orElse(0L);
    }
}
