package cn.jincai.policy.gate;

import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.YamlEntry;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** That every month is paid once, and that a run can ask what a grant's life depends on. */
public final class RunCheck {
    private static final String FILE = "run.bpmn";

    private final Scheme scheme;
    private final Scheme.Run run;
    private final YamlEntry told;

    private RunCheck(Scheme scheme, Scheme.Run run, YamlEntry told) {
        this.scheme = scheme;
        this.run = run;
        this.told = told;
    }

    /** @param top of {@code scheme.yaml} */
    public static void check(PolicyPackage candidate, YamlEntry top, Findings findings) {
        Scheme scheme = candidate.catalogue();
        if (scheme.run() == null) {
            for (YamlEntry benefit : top.get("benefits").list())
                if (benefit.get("paid").text("").equals("by-run"))
                    benefit.get("paid").wrong("policy.run.NO_RUN");
            return;
        }
        if (!candidate.files().containsKey(FILE)) findings.add(FILE, "", "policy.run.MISSING_FILE");
        new RunCheck(scheme, scheme.run(), top.get("run")).check();
    }

    private void check() {
        months();
        List<YamlEntry> ends = told.get("endsWhen").list(),
                suspends = told.get("suspendedWhen").list();
        for (int i = 0; i < ends.size(); i++) turn(run.life().endsWhen().get(i), ends.get(i));
        for (int i = 0; i < suspends.size(); i++)
            turn(run.life().suspendedWhen().get(i), suspends.get(i));
    }

    private void months() {
        YamlEntry openings = told.get("months");
        Set<Long> months = new HashSet<>();
        for (YamlEntry month : openings.list()) {
            if (month.number() < 1 || month.number() > 12) month.wrong("policy.run.MONTH", month.text());
            else if (!months.add(month.number())) month.wrong("policy.yaml.TWICE", month.text());
        }
        if (openings.list().isEmpty()) openings.wrong("policy.run.MISSING");
        if (months.size() == openings.list().size() && months.stream().allMatch(m -> m > 0 && m < 13))
            everyMonthOnce(new TreeSet<>(months), run.covers(), told.get("covers"));
        if (run.covers() < 1) told.get("covers").wrong("policy.run.covers.MONTHS");
        if (run.maxGapMonths() < 0) told.get("maxGapMonths").wrong("policy.run.gap.MONTHS");
    }

    /** From one run to the next as many months go by as each pays: with fewer some months are never paid, with more some twice. */
    private static void everyMonthOnce(NavigableSet<Long> months, int covers, YamlEntry at) {
        for (long month : months) {
            Long next = months.higher(month);
            long until = next == null ? months.first() + 12 : next;
            if (until - month != covers) {
                at.wrong("policy.run.RUN_GAP", month, until > 12 ? until - 12 : until, until - month, covers);
                return;
            }
        }
    }

    /** A run can only ask a source outside, and only for a value that the fact may have. */
    private void turn(Scheme.Turn turn, YamlEntry at) {
        Scheme.Fact fact = scheme.fact(turn.fact()).orElse(null);
        if (fact == null || !isAskedOutside(fact)) {
            at.get("fact").wrong("policy.run.turn.NO_SOURCE", turn.fact());
            return;
        }
        List<String> values = values(fact);
        if (values.isEmpty()) at.get("fact").wrong("policy.run.turn.NO_CODES", turn.fact());
        else if (!values.contains(turn.is()))
            at.get("is").wrong("policy.run.turn.VALUE", turn.is(), turn.fact(), String.join(", ", values));
        if (turn.since() == null) return;
        boolean tells = scheme.fact(turn.since())
                .filter(day -> day.type() == Scheme.Type.DATE && day.source().equals(fact.source()))
                .isPresent();
        if (!tells) at.get("since").wrong("policy.run.turn.SINCE", turn.since(), turn.fact());
    }

    private static boolean isAskedOutside(Scheme.Fact fact) {
        return !fact.isOwnRecords() && !fact.source().equals("applicant");
    }

    private static List<String> values(Scheme.Fact fact) {
        return fact.type() == Scheme.Type.BOOLEAN
                ? List.of("true", "false")
                : fact.values().stream().map(Scheme.Value::code).toList();
    }
}
