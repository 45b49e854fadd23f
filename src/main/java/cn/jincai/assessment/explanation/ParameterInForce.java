package cn.jincai.assessment.explanation;

import cn.jincai.assessment.explanation.Explained.Other;
import cn.jincai.assessment.explanation.Explained.Threshold;
import cn.jincai.assessment.explanation.FactLabels.Unit;
import cn.jincai.assessment.rules.ReadableRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import cn.jincai.policy.LegalSource;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Parameter.Dated;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which dated value of each parameter holds in one case, and why that one. */
final class ParameterInForce {
    private final ReadableRules reading;
    private final FactLabels wording;
    private final Slots slots;
    /** By name; no entry where the date that picks it is not known, null where it begins later. */
    final Map<String, Dated> values = new HashMap<>();

    ParameterInForce(RuleSentences sentences, Slots slots) {
        this.reading = sentences.reading;
        this.wording = sentences.wording;
        this.slots = slots;
        for (Parameter p : reading.ruleset.parameters().values()) {
            int chooser = chooser(p);
            if (slots.isKnown(chooser)) values.put(p.name(), on(p, LocalDate.ofEpochDay(slots.value[chooser])));
            else if (p.values().size() == 1 && p.values().get(0).from().equals(LocalDate.MIN))
                values.put(p.name(), p.values().get(0));
        }
    }

    private int chooser(Parameter p) {
        return p.chosenBy().equals(Parameter.BY_GOVERNING_DATE)
                ? reading.vocabulary.governingDate
                : reading.vocabulary.get(p.chosenBy()).slot();
    }

    /** The value that holds on a day, null before the first. */
    static Dated on(Parameter p, LocalDate day) {
        Dated held = null;
        for (Dated dated : p.values()) if (!dated.from().isAfter(day)) held = dated;
        return held;
    }

    Threshold threshold(Parameter p, Unit unit) {
        int chooser = chooser(p);
        LocalDate day = slots.isKnown(chooser) ? LocalDate.ofEpochDay(slots.value[chooser]) : null;
        boolean certain = values.containsKey(p.name());
        Dated held = values.get(p.name());
        int at = held == null ? -1 : p.values().indexOf(held);
        List<Other> earlier = at <= 0
                ? List.of()
                : p.values().subList(0, at).stream().map(d -> other(d, unit)).toList();
        List<Other> later = (certain ? p.values().subList(at + 1, p.values().size()) : p.values())
                .stream().map(d -> other(d, unit)).toList();
        LocalDate until =
                !certain || later.isEmpty() ? null : later.get(0).from().minusDays(1);
        Text shown = !certain
                ? new Text("尚不能确定", "not certain yet")
                : FactLabels.held(held == null ? null : held.is(), unit);
        return new Threshold(
                p.name(),
                p.label(),
                held == null ? null : held.is(),
                shown,
                held == null ? null : since(held),
                until,
                reading.vocabulary.at(chooser).name(),
                day,
                held == null ? p.values().get(0).status() : held.status(),
                held == null ? null : document(held.source()),
                held == null ? null : held.comparedOn(),
                held == null ? null : held.note(),
                earlier,
                later,
                why(p, chooser, day, certain, held, shown, earlier, later));
    }

    private Text why(
            Parameter p,
            int chooser,
            LocalDate day,
            boolean certain,
            Dated held,
            Text shown,
            List<Other> earlier,
            List<Other> later) {
        Text by = wording.label(chooser), on = day == null ? new Text("尚不知道", "not known") : FactLabels.day(day);
        if (!certain)
            return new Text(
                    "“" + p.label().zh() + "”按" + by.zh() + "确定，该日期尚不知道。",
                    p.label().en() + " is picked by: " + by.en() + ", which is not known.");
        StringBuilder zh = new StringBuilder("“" + p.label().zh() + "”为" + shown.zh()),
                en = new StringBuilder(p.label().en() + ": " + shown.en());
        if (earlier.isEmpty() && later.isEmpty() && (held == null || since(held) == null)) {
            zh.append("，各个时期相同");
            en.append(", the same at all times");
        } else {
            zh.append("，按").append(by.zh()).append(day == null ? "" : on.zh()).append("适用");
            en.append(", picked by ").append(by.en()).append(" ").append(on.en());
            if (held != null && since(held) != null) {
                zh.append("：自").append(FactLabels.day(held.from()).zh()).append("起");
                en.append(": in force from ").append(held.from());
            }
        }
        if (!earlier.isEmpty()) {
            Other before = earlier.get(earlier.size() - 1);
            zh.append("；此前为").append(before.shown().zh());
            en.append("; before that ").append(before.shown().en());
        }
        if (!later.isEmpty()) {
            zh.append("；自")
                    .append(FactLabels.day(later.get(0).from()).zh())
                    .append("起为")
                    .append(later.get(0).shown().zh());
            en.append("; from ")
                    .append(later.get(0).from())
                    .append(" ")
                    .append(later.get(0).shown().en());
        }
        return new Text(zh.append("。").toString(), en.append(".").toString());
    }

    private static Other other(Dated dated, Unit unit) {
        return new Other(since(dated), dated.is(), FactLabels.held(dated.is(), unit), dated.status());
    }

    private static LocalDate since(Dated dated) {
        return dated.from().equals(LocalDate.MIN) ? null : dated.from();
    }

    private Text document(String code) {
        return reading.ruleset.sources().stream()
                .filter(s -> s.code().equals(code))
                .map(LegalSource::title)
                .findFirst()
                .orElse(null);
    }

    /** The day on which the least recently compared of these values was; null where one never was. */
    static LocalDate comparedOn(List<Threshold> thresholds) {
        if (thresholds.stream().anyMatch(t -> t.comparedOn() == null)) return null;
        return thresholds.stream()
                .map(Threshold::comparedOn)
                .min(LocalDate::compareTo)
                .orElse(null);
    }

    static Status worst(Status own, List<Threshold> thresholds) {
        return thresholds.stream().map(Threshold::status).reduce(own, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }
}
