package cn.jincai.policy.gate;

import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Pool;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.BenefitRules;
import cn.jincai.policy.Scheme.Derived;
import cn.jincai.policy.Scheme.Fact;
import cn.jincai.policy.Scheme.Type;
import cn.jincai.policy.Table;
import cn.jincai.policy.YamlEntry;
import cn.jincai.policy.forms.Form;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where an employer applies: what its form may ask, what a line of its roster may tell, and that no value of the whole claim hangs on a single line. */
public final class RosterCheck {
    /** What a line has beside its facts. */
    private static final Set<String> KEYS_OF_A_LINE = Set.of("id", "name");

    private static final List<String> OF_A_PERSON = List.of("name", "documentType", "documentNumber");
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9]*");
    private static final String APPLICATION = "forms/application.form";

    private final PolicyPackage candidate;
    private final Scheme scheme;
    private final YamlEntry top;
    /** Facts of a line, and what is derived from them. */
    private final Set<String> ofLine = new HashSet<>();

    private RosterCheck(PolicyPackage candidate, YamlEntry top) {
        this.candidate = candidate;
        this.scheme = candidate.catalogue();
        this.top = top;
    }

    /** @param top of {@code scheme.yaml} */
    public static void check(PolicyPackage candidate, YamlEntry top) {
        new RosterCheck(candidate, top).check();
    }

    private void check() {
        boolean employer = scheme.applying().employer();
        Scheme.Roster roster = scheme.applying().roster();
        if (employer && scheme.employerCheck()) top.get("employerCheck").wrong("policy.applicant.ASKS_ITSELF");
        if (employer) asked(OF_A_PERSON, "policy.applicant.PERSON_ASKED");
        if (roster == null) {
            for (BenefitRules b : scheme.rules().benefits())
                if (b.perLine()) at(b).get("perLine").wrong("policy.roster.MISSING");
            return;
        }
        if (!employer) top.get("roster").wrong("policy.roster.OF_EMPLOYERS");
        asked(roster.facts(), "policy.roster.IN_FORM");
        facts(roster);
        if (scheme.paymentKey().isEmpty()) top.get("paymentKey").wrong("policy.roster.PAYMENT_KEY");
        if (scheme.rules().benefits().stream().noneMatch(BenefitRules::perLine))
            top.get("roster").wrong("policy.roster.NOTHING_PER_LINE");
        ofLine.addAll(roster.facts());
        for (Derived d : scheme.rules().derived())
            if (Stream.of(d.from(), d.on(), d.of(), d.is()).anyMatch(this::isOfLine)) ofLine.add(d.name());
        scheme.rules().benefits().forEach(b -> {
            if (b.perLine()) perLine(b);
            else ofClaim(b);
        });
    }

    private void asked(List<String> keys, String finding) {
        Form application = candidate.forms().get(APPLICATION);
        if (application == null) return;
        for (Form.Field field : application.fields())
            if (keys.contains(field.key())) top.get("applicant").wrong(finding, field.key());
    }

    private void facts(Scheme.Roster roster) {
        YamlEntry told = top.get("roster");
        Fact person = scheme.fact(roster.person()).orElse(null);
        if (!roster.facts().contains(roster.person())
                || person != null
                        && (person.type() != Type.TEXT || !person.values().isEmpty()))
            told.get("person").wrong("policy.roster.PERSON", roster.person());
        for (YamlEntry e : told.get("facts").list()) scheme.fact(e.text()).ifPresent(fact -> fact(roster, e, fact));
        if (roster.facts().size() != new HashSet<>(roster.facts()).size())
            told.get("facts").wrong("policy.yaml.TWICE", "facts");
        ofClaim(top.get("governingDate"), List.of(scheme.governingDate()), roster);
        ofClaim(top.get("paymentKey"), scheme.paymentKey(), roster);
        ofClaim(top.get("sameThing"), scheme.sameThing(), roster);
        ofClaim(top.get("askedBeforePaying"), scheme.askedBeforePaying(), roster);
        if (scheme.run() != null)
            for (Scheme.Turn turn : scheme.run().life().turns())
                ofClaim(
                        top.get("run"),
                        Stream.of(turn.fact(), turn.since())
                                .filter(Objects::nonNull)
                                .toList(),
                        roster);
        for (Fact fact : scheme.facts())
            if (fact.count() != null
                    && !roster.facts().contains(fact.name())
                    && roster.facts()
                            .contains(String.valueOf(fact.count().whose().by())))
                top.get("roster").wrong("policy.roster.WHOSE", fact.name());
    }

    /** A line is what the employer tells of somebody, what sources outside say of him, and what this house itself has granted him. */
    private static void fact(Scheme.Roster roster, YamlEntry e, Fact fact) {
        if (KEYS_OF_A_LINE.contains(fact.name())) e.wrong("policy.roster.RESERVED", fact.name());
        if (fact.name().equals(roster.person()) && !fact.source().equals("applicant"))
            e.wrong("policy.roster.SOURCE", fact.name(), fact.source());
        if (fact.count() != null && !roster.person().equals(fact.count().whose().by()))
            e.wrong("policy.roster.WHOSE", fact.name());
    }

    private static void ofClaim(YamlEntry e, List<String> names, Scheme.Roster roster) {
        names.stream().filter(roster.facts()::contains).forEach(name -> e.wrong("policy.roster.OF_CLAIM", name));
    }

    /** One sum for all lines, paid at once: there is nobody whose months a run could look at, and no part of a part. */
    private void perLine(BenefitRules b) {
        Scheme.Benefit benefit = scheme.benefit(b.benefit());
        boolean parts = b.instalments().equalParts() > 1
                || b.instalments().monthsEach() > 0
                || b.instalments().appliedFor() != null
                || b.instalments().deduct() != null;
        if (!benefit.isMoney() || benefit.isPaidByRun() || parts)
            at(b).get("perLine").wrong("policy.roster.ONE_SUM", b.benefit());
        if (b.atMost() != null && isOfLine(b.atMost())) at(b).get("atMost").wrong("policy.roster.OF_CLAIM", b.atMost());
        for (Pool pool : scheme.rules().pools())
            if (isOfLine(pool.atMost())) top.get("roster").wrong("policy.roster.OF_CLAIM", pool.atMost());
    }

    private void ofClaim(BenefitRules b) {
        if (scheme.rules().benefits().stream()
                .anyMatch(o -> o.perLine() && o.benefit().equals(b.follows())))
            at(b).get("follows").wrong("policy.roster.FOLLOWS", b.benefit(), Objects.toString(b.follows()));
        for (Ruleset ruleset : candidate.rulesets())
            for (String id : b.tables())
                ruleset.table(id)
                        .flatMap(this::lineFactIn)
                        .ifPresent(name -> at(b).get("tables").wrong("policy.roster.READS", b.benefit(), id, name));
    }

    private Optional<String> lineFactIn(Table table) {
        Stream<String> texts = Stream.concat(
                table.columns().stream().map(Table.Column::expression),
                table.rows().stream()
                        .flatMap(row -> Stream.concat(row.cells().stream(), row.outputs().values().stream())));
        return texts.flatMap(text -> WORD.matcher(text).results())
                .map(word -> word.group())
                .filter(ofLine::contains)
                .findFirst();
    }

    private boolean isOfLine(String text) {
        return WORD.matcher(text).results().anyMatch(word -> ofLine.contains(word.group()));
    }

    private YamlEntry at(BenefitRules b) {
        return top.get("rules").get("benefits").get(b.benefit());
    }
}
