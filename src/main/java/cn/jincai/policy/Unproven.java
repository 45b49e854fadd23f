package cn.jincai.policy;

import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Something in a package that nobody has compared with a published text, or that is made up and the city must replace.
 *
 * @param where a parameter's name, or table and row of a rule
 * @param label what people call it, null for a rule
 * @param from  the first day on which it holds, null for always and for rules
 */
public record Unproven(String file, String where, Text label, LocalDate from, String value, Status status) {
    /** All of them, made-up ones and unverified ones, in the order of the files. */
    public static List<Unproven> of(PolicyPackage pack) {
        List<Unproven> all = new ArrayList<>();
        for (Ruleset ruleset : pack.rulesets()) {
            for (Parameter parameter : ruleset.parameters().values())
                for (Parameter.Dated value : parameter.values())
                    if (value.status() != Status.SOURCED) all.add(new Unproven(ruleset.folder() + "parameters.yaml", parameter.name(), parameter.label(),
                        value.from().equals(LocalDate.MIN) ? null : value.from(), value.is() == null ? "none" : String.valueOf(value.is()) + " " + parameter.unit(), value.status()));
            ruleset.conditions().forEach(table -> rows(table, all));
            ruleset.entitlements().forEach(table -> rows(table, all));
        }
        return all;
    }

    private static void rows(Table table, List<Unproven> all) {
        for (Table.Row row : table.rows()) {
            String status = row.outputs().getOrDefault("status", "").replace("\"", "").strip();
            if (!status.isEmpty() && !status.equals(Status.SOURCED.name())) all.add(new Unproven(table.file(), table.place(row), null, null,
                row.outputs().getOrDefault("reason", row.outputs().getOrDefault("level", "")).replace("\"", ""), Status.valueOf(status)));
        }
    }
}
