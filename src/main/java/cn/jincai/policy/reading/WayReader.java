package cn.jincai.policy.reading;

import cn.jincai.policy.Scheme;
import cn.jincai.policy.YamlEntry;

/** Reads what of the shared way of a case a scheme does otherwise: who applies and for whom, how it is accepted and reviewed, and how many places a year has. */
final class WayReader {
    private final YamlEntry top;
    private final ToldNames names;

    WayReader(YamlEntry top, ToldNames names) {
        this.top = top;
        this.names = names;
    }

    Scheme.Way read() {
        return new Scheme.Way(
                top.has("reviews") && top.get("reviews").oneOf("two", "one").equals("one"),
                top.has("acceptance")
                        && top.get("acceptance").oneOf("by-people", "automatic").equals("automatic"),
                top.optional("quota", WayReader::quota));
    }

    /** What may stand in a roster, and where, is {@code gate.RosterCheck}'s to say. */
    Scheme.Applying applying() {
        boolean employer = top.has("applicant")
                && top.get("applicant").oneOf("person", "employer").equals("employer");
        return new Scheme.Applying(employer, top.optional("roster", this::roster));
    }

    /** Whether the parameter and the benefits are there is {@code gate.QuotaCheck}'s to say. */
    private static Scheme.Quota quota(YamlEntry e) {
        e.knows("perYear", "benefits");
        YamlEntry places = e.get("perYear");
        boolean number = places.value() instanceof Long;
        return new Scheme.Quota(
                number ? null : places.text(),
                number ? places.number() : 0,
                e.get("benefits").texts());
    }

    private Scheme.Roster roster(YamlEntry e) {
        e.knows("person", "facts", "atMostLines");
        long lines = e.has("atMostLines") ? e.get("atMostLines").number() : Scheme.Roster.MOST;
        if (lines < 1 || lines > Scheme.Roster.MOST)
            e.get("atMostLines").wrong("policy.roster.LINES", Scheme.Roster.MOST);
        return new Scheme.Roster(
                names.fact(e.get("person")), names.facts(e.get("facts")), (int) Math.min(lines, Scheme.Roster.MOST));
    }
}
