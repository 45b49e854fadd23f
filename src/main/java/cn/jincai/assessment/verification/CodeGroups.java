package cn.jincai.assessment.verification;

import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A long list of codes in groups that no rule tells apart: of 500 occupations the tables name some dozens, most of them always together. What is the same for all
 * rules need not be searched one by one, and nothing is lost by that.
 */
final class CodeGroups {
    /** What stands in quotes, and what does not. */
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|([\\p{L}\\p{N}_-]+)");

    private final Columns.Column column;
    /** By code: all the places in which it is named. */
    private final Map<String, StringBuilder> named = new LinkedHashMap<>();

    private int places;

    CodeGroups(Columns.Column column, PolicyPackage... versions) {
        this.column = column;
        column.codes().forEach(code -> named.put(code, new StringBuilder()));
        for (PolicyPackage version : versions) {
            for (Ruleset ruleset : version.rulesets()) {
                ruleset.conditions().forEach(this::note);
                ruleset.entitlements().forEach(this::note);
            }
            for (Scheme.Derived d : version.catalogue().rules().derived()) {
                note(d.is());
                if (column.name().equals(d.of()))
                    d.values().forEach((code, number) -> note(code, d.name() + " " + number));
            }
            for (Scheme.BenefitRules b : version.catalogue().rules().benefits())
                if (b.askedFor() != null && column.name().equals(b.askedFor().fact()))
                    note(b.askedFor().is(), "asked for " + b.benefit());
            version.catalogue()
                    .fact(column.name())
                    .ifPresent(f -> f.values().forEach(v -> note(v.code(), "known"))); // not in every version
        }
    }

    private void note(Table table) {
        for (Table.Row row : table.rows()) {
            row.cells().forEach(this::note);
            row.outputs().values().forEach(this::note);
        }
    }

    private void note(String text) {
        places++;
        WORD.matcher(text)
                .results()
                .forEach(found ->
                        note(found.group(1) != null ? found.group(1) : found.group(2), String.valueOf(places)));
    }

    private void note(String code, String place) {
        StringBuilder places = named.get(code);
        if (places != null) places.append(place).append(';');
    }

    /** @param most groups; where rules tell apart more, the rest are one group, of which a search can't be sure */
    Columns.Column grouped(int most) {
        Map<String, Integer> groups = new HashMap<>(), codes = new LinkedHashMap<>();
        List<String> first = new ArrayList<>();
        boolean coarse = false;
        for (var code : named.entrySet()) {
            String told = code.getValue().toString();
            Integer group = groups.get(told);
            if (group == null && first.size() < most) {
                group = first.size();
                first.add(code.getKey());
                groups.put(told, group);
            }
            coarse |= group == null;
            codes.put(code.getKey(), group == null ? most - 1 : group);
        }
        return new Columns.Column(
                column.name(),
                column.type(),
                first,
                codes,
                coarse,
                column.numbers(),
                column.least(),
                column.most(),
                column.absent(),
                column.birth(),
                column.ahead(),
                column.period());
    }
}
