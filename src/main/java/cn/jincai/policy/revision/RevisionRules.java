package cn.jincai.policy.revision;

import cn.jincai.kernel.Text;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.YamlEntry;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code common/revisions.yaml}, and a scheme's own {@code revisions.yaml}: what it says of a kind stands instead of the common one, whole.
 *
 * @param kinds those of which the package says something
 */
public record RevisionRules(Map<RevisionKind, OfKind> kinds) {
    static final String OWN = "revisions.yaml", COMMON = "common/revisions.yaml";
    private static final OfKind NOTHING = new OfKind(Map.of(), null, null, List.of());

    /**
     * What is said of one kind.
     *
     * @param reasons         by code, in their order
     * @param repayWithinDays calendar days within which what was paid is paid back, from the day of the signature; null where nothing is
     * @param everyMonths     months from the decision to the first re-check, and from one to the next; null where none begins by itself
     * @param benefits        that are looked at again
     */
    public record OfKind(
            Map<String, Reason> reasons,
            @Nullable Integer repayWithinDays,
            @Nullable Integer everyMonths,
            List<String> benefits) {}

    /**
     * Why something comes after a decision.
     *
     * @param code   capital letters, digits, underscores
     * @param basis  the article that allows it, as the document cites it
     * @param repays whether all that was paid is to be paid back
     */
    public record Reason(String code, Text name, Text basis, boolean repays) {}

    public static RevisionRules of(PolicyPackage pack) {
        List<String> benefits =
                pack.catalogue().benefits().stream().map(b -> b.code()).toList();
        return read(pack.files(), benefits, new Findings());
    }

    /** Reads on past mistakes; each becomes a finding. @param benefits codes of the scheme's benefits */
    public static RevisionRules read(SortedMap<String, byte[]> files, Collection<String> benefits, Findings findings) {
        Map<RevisionKind, OfKind> kinds = new EnumMap<>(RevisionKind.class);
        for (String file : List.of(COMMON, OWN))
            if (files.containsKey(file)) {
                YamlEntry top = YamlEntry.read(file, files.get(file), findings)
                        .knows(RevisionKind.codes().toArray(String[]::new));
                for (RevisionKind kind : RevisionKind.values())
                    if (top.has(kind.code())) {
                        kinds.put(kind, ofKind(kind, top.get(kind.code()), benefits));
                        if (!files.containsKey(kind.diagram()))
                            top.get(kind.code()).wrong("policy.revision.NO_DIAGRAM", kind.diagram());
                    }
            }
        return new RevisionRules(kinds);
    }

    private static OfKind ofKind(RevisionKind kind, YamlEntry e, Collection<String> benefits) {
        boolean isRecheck = kind == RevisionKind.RECHECK;
        if (isRecheck) e.knows("reasons", "everyMonths", "benefits");
        else if (kind == RevisionKind.CORRECTION) e.knows("reasons");
        else e.knows("reasons", "repayWithinDays");
        Map<String, Reason> reasons = reasons(e.get("reasons"), kind);
        Integer days = e.optional("repayWithinDays", one -> within(one, 3650));
        if (days == null && reasons.values().stream().anyMatch(Reason::repays)) e.wrong("policy.revision.NO_DAYS");
        return new OfKind(
                reasons,
                days,
                isRecheck ? within(e.get("everyMonths"), 120) : null,
                isRecheck ? e.get("benefits").list(one -> one.known(benefits, "policy.yaml.name.benefit")) : List.of());
    }

    private static int within(YamlEntry e, int most) {
        long number = e.number();
        if (number < 1 || number > most) e.wrong("policy.revision.RANGE", most);
        return (int) Math.max(1, Math.min(number, most));
    }

    private static Map<String, Reason> reasons(YamlEntry list, RevisionKind kind) {
        Map<String, Reason> reasons = new LinkedHashMap<>();
        for (YamlEntry one : list.list()) {
            if (kind == RevisionKind.CORRECTION || kind == RevisionKind.RECHECK) one.knows("code", "name", "basis");
            else one.knows("code", "name", "basis", "repays");
            String code = one.get("code").text();
            if (!code.matches("[A-Z][A-Z0-9_]{0,39}")) one.get("code").wrong("policy.revision.REASON_CODE", code);
            if (reasons.containsKey(code)) one.get("code").wrong("policy.revision.REASON_TWICE", code);
            reasons.put(
                    code,
                    new Reason(
                            code,
                            one.get("name").bilingual(),
                            one.get("basis").bilingual(),
                            one.get("repays").flag(false)));
        }
        if (reasons.isEmpty()) list.wrong("policy.revision.NO_REASON");
        return reasons;
    }

    /** Nothing where the package says nothing of it. */
    public OfKind kind(RevisionKind kind) {
        return kinds.getOrDefault(kind, NOTHING);
    }

    /** On which grounds a matter of this kind is begun; none where the package knows nothing of it. */
    public List<Reason> reasons(RevisionKind kind) {
        return List.copyOf(kind(kind).reasons().values());
    }

    public Optional<Reason> reason(RevisionKind kind, String code) {
        return Optional.ofNullable(kind(kind).reasons().get(code));
    }
}
