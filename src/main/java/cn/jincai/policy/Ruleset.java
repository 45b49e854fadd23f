package cn.jincai.policy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of a scheme as they stand from a day on.
 *
 * @param name         of its folder, {@code 2026-01}; a label only
 * @param inForceFrom  picks it by the governing date; the oldest ruleset also serves the days before
 * @param conditions   tables of {@code conditions.dmn}: one row, one failing condition
 * @param entitlements tables of {@code benefits.dmn}: one row, one entitlement
 */
public record Ruleset(
        String name,
        LocalDate inForceFrom,
        Map<String, Parameter> parameters,
        List<Table> conditions,
        List<Table> entitlements,
        List<LegalSource> sources) {
    public String folder() {
        return "rulesets/" + name + "/";
    }

    public Optional<Table> table(String id) {
        return java.util.stream.Stream.concat(conditions.stream(), entitlements.stream())
                .filter(t -> t.id().equals(id))
                .findFirst();
    }

    /** The article on which a rule rests, with its document and day of effect; empty where none cites it. */
    public Optional<String> basis(String rule) {
        for (LegalSource source : sources)
            for (LegalSource.Article article : source.articles())
                if (article.rules().contains(rule)) return Optional.of(source.cite(article));
        return Optional.empty();
    }
}
