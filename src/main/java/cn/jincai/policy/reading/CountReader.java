package cn.jincai.policy.reading;

import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Count;
import cn.jincai.policy.Scheme.Fact;
import cn.jincai.policy.Scheme.Matching;
import cn.jincai.policy.Scheme.Type;
import cn.jincai.policy.YamlEntry;
import java.util.List;

/** Reads what own records count for a fact: which grants, within which time, and whose. */
final class CountReader {
    private final ToldNames names;

    CountReader(ToldNames names) {
        this.names = names;
    }

    static Count count(YamlEntry e) {
        e.knows("of", "benefits", "within", "sameFacts", "matching", "prefix", "fact", "whose", "by");
        return new Count(
                e.get("of")
                        .oneOf(
                                "amountFen",
                                "paidFen",
                                "level",
                                "months",
                                "grantedMonths",
                                "instalments",
                                "cases",
                                "exists",
                                "levels"),
                e.get("benefits").texts(),
                within(e.get("within")),
                e.get("sameFacts").texts(),
                e.optional("matching", CountReader::matching),
                e.get("prefix").mapOf((k, v) -> v.text()),
                e.optional("fact", YamlEntry::text),
                span(e.get("within")),
                new Scheme.Whose(
                        e.has("whose") ? e.get("whose").oneOf("person", "spouse", "employee", "employer") : "person",
                        e.optional("by", YamlEntry::text)));
    }

    static String within(YamlEntry e) {
        return e.isMap() ? "span" : e.oneOf("calendarYear", "life", "inForce");
    }

    /** So many months back from a day, or since a day. */
    static Scheme.Span span(YamlEntry e) {
        if (!e.isMap()) return Scheme.Span.NONE;
        e.knows("months", "until", "since");
        if (e.has("months") == e.has("since") || e.has("since") && e.has("until")) e.wrong("policy.count.SPAN");
        long months = e.has("months") ? e.get("months").number() : 0;
        if (e.has("months") && (months < 1 || months > 1200)) e.get("months").wrong("policy.count.MONTHS");
        return new Scheme.Span(
                (int) Math.max(0, Math.min(1200, months)),
                e.has("until") ? e.get("until").text() : Scheme.APPLICATION_DATE,
                e.optional("since", YamlEntry::text));
    }

    /** Who is not the applicant is known by a text that holds his number. */
    private void whose(YamlEntry count, List<Fact> facts) {
        String who = count.get("whose").text("person");
        if (who.equals("person") && count.has("by")) count.get("by").wrong("policy.count.BY_NOBODY");
        if (who.equals("spouse") || who.equals("employee") || count.has("by")) names.fact(count.get("by"));
        String by = count.get("by").text("");
        if (facts.stream()
                .anyMatch(f -> f.name().equals(by)
                        && (f.type() != Type.TEXT || !f.values().isEmpty())))
            count.get("by").wrong("policy.count.BY");
        String of = count.get("of").text("");
        boolean toldApart = count.has("sameFacts") || count.has("matching") || of.equals("levels");
        if (toldApart && (who.equals("employer") || of.equals("paidFen"))) count.wrong("policy.count.TOLD_APART");
    }

    private static Matching matching(YamlEntry e) {
        e.knows("mine", "theirs", "values");
        return new Matching(
                e.get("mine").text(), e.get("theirs").text(), e.get("values").mapOf((k, v) -> v.text()));
    }

    /** Facts of this scheme that a count compares: they may stand below it in the file, so they are looked at once all are read. */
    void countsCompareFacts(List<YamlEntry> facts, List<Fact> read) {
        for (YamlEntry fact : facts) {
            if (!fact.isMap() || !fact.get("count").isMap()) continue;
            YamlEntry count = fact.get("count");
            count.get("sameFacts").list().forEach(names::fact);
            whose(count, read);
            if (count.get("within").isMap())
                for (String day : List.of("until", "since"))
                    if (count.get("within").has(day))
                        names.date(count.get("within").get(day));
            if (count.has("matching")) names.fact(count.get("matching").get("mine"));
        }
    }
}
