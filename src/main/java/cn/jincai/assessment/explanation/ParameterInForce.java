package cn.jincai.assessment.explanation;

import cn.jincai.assessment.explanation.Explained.Other;
import cn.jincai.assessment.explanation.Explained.Threshold;
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
import org.jspecify.annotations.Nullable;

/** Which dated value of each parameter holds in one case, and why that one. */
final class ParameterInForce {
    private final ReadableRules reading;
    private final FactLabels wording;
    private final Slots slots;
    /** By name; no entry where the date that picks it is not known, null where it begins later. */
    final Map<String, @Nullable Dated> values = new HashMap<>();

    ParameterInForce(RuleSentences sentences, Slots slots) {
        this.reading = sentences.reading;
        this.wording = sentences.wording;
        this.slots = slots;
        for (Parameter p : reading.ruleset.parameters().values()) {
            if (p.isByMonth()) continue; // each month has its own
            int chooser = reading.vocabulary.chooser(p);
            if (slots.isKnown(chooser)) values.put(p.name(), p.on(LocalDate.ofEpochDay(slots.value[chooser])));
            else if (p.values().size() == 1 && p.values().get(0).from().equals(LocalDate.MIN))
                values.put(p.name(), p.values().get(0));
        }
    }

    Threshold threshold(Parameter p, Unit unit) {
        int chooser = reading.vocabulary.chooser(p);
        LocalDate day = slots.isKnown(chooser) ? LocalDate.ofEpochDay(slots.value[chooser]) : null;
        boolean certain = values.containsKey(p.name());
        Dated held = values.get(p.name());
        int at = held == null ? -1 : p.values().indexOf(held);
        List<Other> earlier = at <= 0
                ? List.of()
                : p.values().subList(0, at).stream().map(d -> other(d, unit)).toList();
        List<Other> later = (certain ? p.values().subList(at + 1, p.values().size()) : p.values())
                .stream().map(d -> other(d, unit)).toList();
        LocalDate next = !certain || later.isEmpty() ? null : later.get(0).from();
        Text shown = !certain
                ? Text.of("assessment.value.notCertain")
                : WrittenValues.held(held == null ? null : held.is(), unit);
        return new Threshold(
                p.name(),
                p.label(),
                held == null ? null : held.is(),
                shown,
                held == null ? null : since(held),
                next == null ? null : next.minusDays(1),
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
            @Nullable LocalDate day,
            boolean certain,
            @Nullable Dated held,
            Text shown,
            List<Other> earlier,
            List<Other> later) {
        Text by = wording.label(chooser);
        if (!certain) return Text.of("assessment.inForce.notKnown", p.label(), by);
        LocalDate since = held == null ? null : since(held);
        Text why;
        if (since == null && earlier.isEmpty() && later.isEmpty())
            why = Text.of("assessment.inForce.always", p.label(), shown);
        else if (day == null) why = Text.of("assessment.inForce.byUnknown", p.label(), shown, by);
        else why = Text.of("assessment.inForce.by", p.label(), shown, by, WrittenValues.day(day));
        if (since != null) why = Text.of("assessment.inForce.since", why, WrittenValues.day(since));
        if (!earlier.isEmpty())
            why = Text.of(
                    "assessment.inForce.before",
                    why,
                    earlier.get(earlier.size() - 1).shown());
        LocalDate next = later.isEmpty() ? null : later.get(0).from();
        if (next != null)
            why = Text.of(
                    "assessment.inForce.after",
                    why,
                    WrittenValues.day(next),
                    later.get(0).shown());
        return Text.of("assessment.stop", why);
    }

    private static Other other(Dated dated, Unit unit) {
        return new Other(since(dated), dated.is(), WrittenValues.held(dated.is(), unit), dated.status());
    }

    private static @Nullable LocalDate since(Dated dated) {
        return dated.from().equals(LocalDate.MIN) ? null : dated.from();
    }

    private @Nullable Text document(String code) {
        return reading.ruleset.sources().stream()
                .filter(s -> s.code().equals(code))
                .map(LegalSource::title)
                .findFirst()
                .orElse(null);
    }

    /** The day on which the least recently compared of these values was; null where one never was. */
    static @Nullable LocalDate comparedOn(List<Threshold> thresholds) {
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
