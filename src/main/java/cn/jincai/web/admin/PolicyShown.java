package cn.jincai.web.admin;

import cn.jincai.kernel.Status;
import cn.jincai.policy.LegalSource;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One scheme in the list of policies.
 *
 * @param version  of the database; null where the scheme is only in the folders
 * @param state    {@code offered}, {@code ended} (no more applications, what was granted goes on), {@code waiting} (written, not offered) or {@code never} (kept, never in force)
 * @param values   every value of the ruleset of today, with its document
 * @param statuses how many values and rows of tables are of each status
 */
record PolicyShown(
        Scheme scheme,
        PolicyPackage pack,
        Publication.@Nullable Version version,
        String state,
        List<LegalSource> sources,
        List<Value> values,
        Map<Status, Long> statuses) {

    /** @param source the document that the value is taken from, null where it is not in the list */
    record Value(
            Parameter parameter,
            Parameter.Dated dated,
            @Nullable LegalSource source) {
        public boolean isAlways() {
            return dated.from().equals(LocalDate.MIN);
        }
    }

    static PolicyShown of(PolicyPackage pack, Publication.@Nullable Version version, LocalDate today) {
        Ruleset rules = pack.rulesetOn(today);
        List<Value> values = rules.parameters().values().stream()
                .flatMap(p -> p.values().stream()
                        .map(d -> new Value(
                                p,
                                d,
                                rules.sources().stream()
                                        .filter(s -> s.code().equals(d.source()))
                                        .findFirst()
                                        .orElse(null))))
                .toList();
        return new PolicyShown(
                pack.catalogue(),
                pack,
                version,
                state(pack, version),
                rules.sources(),
                values,
                statuses(rules, values));
    }

    private static String state(PolicyPackage pack, Publication.@Nullable Version version) {
        if (version == null) return "waiting";
        if (!version.inForce()) return "never";
        return pack.catalogue().offered() ? "offered" : "ended";
    }

    private static Map<Status, Long> statuses(Ruleset rules, List<Value> values) {
        Map<Status, Long> counts = new EnumMap<>(Status.class);
        for (Status status : Status.values()) counts.put(status, 0L);
        Stream<Status> rows = Stream.concat(rules.conditions().stream(), rules.entitlements().stream())
                .flatMap(table -> table.rows().stream())
                .map(row ->
                        Status.valueOf(row.outputs().getOrDefault("status", "").replace("\"", "")));
        Stream.concat(values.stream().map(v -> v.dated().status()), rows)
                .forEach(status -> counts.merge(status, 1L, Long::sum));
        return counts;
    }
}
