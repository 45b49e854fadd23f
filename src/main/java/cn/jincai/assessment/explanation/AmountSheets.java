package cn.jincai.assessment.explanation;

import cn.jincai.assessment.explanation.AmountSheet.Line;
import cn.jincai.kernel.Status;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Table;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What each benefit of a scheme gives to whom, read off its tables of entitlements with the values of a day. */
@Service
public class AmountSheets {
    private static final String AMOUNT = "amountFen", MONTHLY = "monthlyFen";

    private final Explanations explanations;

    AmountSheets(Explanations explanations) {
        this.explanations = explanations;
    }

    /** In the order of the scheme's benefits; one whose tables give nothing by themselves has no sheet. @param day whose values are said */
    public List<AmountSheet> read(PolicyPackage policy, Ruleset ruleset, LocalDate day) {
        RuleSentences sentences = explanations.sentences(policy, ruleset);
        Map<String, Parameter.@Nullable Dated> held = new HashMap<>();
        for (Parameter p : ruleset.parameters().values()) held.put(p.name(), p.on(day));
        Scheme scheme = policy.catalogue();
        return scheme.rules().benefits().stream()
                .map(b -> new AmountSheet(
                        b.benefit(),
                        scheme.benefit(b.benefit()).name(),
                        given(ruleset, b)
                                .flatMap(t -> t.rows().stream().map(row -> line(sentences, t, row, held)))
                                .toList()))
                .filter(sheet -> !sheet.lines().isEmpty())
                .toList();
    }

    private static Stream<Table> given(Ruleset ruleset, Scheme.BenefitRules benefit) {
        return ruleset.entitlements().stream().filter(t -> benefit.tables().contains(t.id()));
    }

    private static Line line(
            RuleSentences sentences, Table table, Table.Row row, Map<String, Parameter.@Nullable Dated> held) {
        return new Line(
                sentences.asks(table, row, held),
                sentences.worth(row, held),
                fen(sentences, row.outputs().get(AMOUNT), held),
                fen(sentences, row.outputs().get(MONTHLY), held),
                status(sentences, row, held));
    }

    private static @Nullable Long fen(
            RuleSentences sentences, @Nullable String sum, Map<String, Parameter.@Nullable Dated> held) {
        if (sum == null) return null;
        Parameter p = sentences.reading.parameter(sentences.reading.number(sum));
        Parameter.Dated now = p == null ? null : held.get(p.name());
        return now != null && now.is() instanceof Long fen ? fen : null;
    }

    private static Status status(RuleSentences sentences, Table.Row row, Map<String, Parameter.@Nullable Dated> held) {
        Set<Parameter> read = new LinkedHashSet<>();
        for (String output : RuleSentences.GIFTS) {
            String gift = row.outputs().get(output);
            if (gift != null) sentences.reading.parametersOf(sentences.reading.number(gift), read);
        }
        Status worst = Status.valueOf(row.outputs().getOrDefault("status", "").replace("\"", ""));
        for (Parameter p : read) {
            Parameter.Dated now = held.get(p.name());
            if (now != null && now.status().compareTo(worst) > 0) worst = now.status();
        }
        return worst;
    }
}
