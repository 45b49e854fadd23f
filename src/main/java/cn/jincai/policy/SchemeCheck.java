package cn.jincai.policy;

import cn.jincai.kernel.CityClock;
import cn.jincai.policy.gate.CaseRouteCheck;
import cn.jincai.policy.gate.QuotaCheck;
import cn.jincai.policy.gate.RosterCheck;
import cn.jincai.policy.gate.RunCheck;
import cn.jincai.policy.reading.SchemeFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What {@code scheme.yaml} says fits together, with its diagrams and with the other schemes. No part of reading: a package that was frozen before one of these
 * checks is read as ever, since cases keep to it.
 */
@Component
class SchemeCheck implements PackageCheck {
    private static final String FILE = SchemeFile.OWN;

    /** Of which other scheme each benefit code is. */
    private final Function<String, Map<String, String>> others;
    /** The other schemes in force. */
    private final Supplier<List<PolicyPackage>> inForce;

    /** Schemes whose way the rulebook lays down. */
    private final Set<String> ofTheRulebook;

    @Autowired
    SchemeCheck(
            PackageStore store,
            Packages packages,
            PackageFolders folders,
            CityClock clock,
            @Value("${jincai.schemes-of-the-rulebook}") Set<String> ofTheRulebook) {
        this(scheme -> others(scheme, store, packages, folders, clock), packages::inForce, ofTheRulebook);
    }

    /**
     * @param others  for a scheme's code: the benefit codes of the others, with the scheme that each belongs to
     * @param inForce the other schemes in force
     */
    SchemeCheck(
            Function<String, Map<String, String>> others,
            Supplier<List<PolicyPackage>> inForce,
            Set<String> ofTheRulebook) {
        this.ofTheRulebook = ofTheRulebook;
        this.others = others;
        this.inForce = inForce;
    }

    /** In a tree of folders, where no scheme came first. */
    static Map<String, String> others(String scheme, PackageFolders folders) {
        Map<String, String> benefits = new HashMap<>();
        for (String other : folders.all()) {
            if (other.equals(scheme)) continue;
            YamlEntry top = YamlEntry.read(FILE, folders.catalogue(other), new Findings());
            codes(top).forEach(code -> benefits.put(code, other));
            earlier(top).forEach(code -> benefits.put(code, ""));
        }
        return benefits;
    }

    /** In force today, or from a later day on; a folder's scheme that is still to be published at this start counts only as {@code ""}: it may be counted, and who comes first has the code. */
    private static Map<String, String> others(
            String scheme, PackageStore store, Packages packages, PackageFolders folders, CityClock clock) {
        Map<String, String> benefits = new HashMap<>();
        for (String other : folders.all())
            if (!other.equals(scheme))
                codes(YamlEntry.read(FILE, folders.catalogue(other), new Findings()))
                        .forEach(code -> benefits.put(code, ""));
        for (String other : store.schemes()) {
            if (other.equals(scheme)) continue;
            Stream<String> later = store.history(other).stream()
                    .filter(h -> h.from().isAfter(clock.today()))
                    .map(PackageStore.InForce::hash);
            Stream.concat(store.inForce(other, clock.today()).stream(), later)
                    .distinct()
                    .flatMap(hash -> packages.ifWhole(hash).stream())
                    .forEach(kept -> {
                        earlier(YamlEntry.read(FILE, kept.files().get(FILE), new Findings()))
                                .forEach(code -> benefits.put(code, ""));
                        kept.catalogue().benefits().forEach(b -> benefits.put(b.code(), other));
                    });
        }
        return benefits;
    }

    private static List<String> codes(YamlEntry top) {
        List<String> codes = new ArrayList<>(earlier(top));
        if (top.isMap() && top.get("benefits").isList())
            top.get("benefits")
                    .list()
                    .forEach(b -> codes.add(b.isMap() ? b.get("code").text("") : ""));
        return codes;
    }

    private static List<String> earlier(YamlEntry top) {
        return top.isMap() && top.get("earlierBenefits").isList()
                ? top.get("earlierBenefits").texts()
                : List.of();
    }

    @Override
    public void check(PolicyPackage candidate, Findings findings) {
        Scheme scheme = candidate.catalogue();
        SchemeFile file = new SchemeFile(candidate.files(), findings);
        YamlEntry top = file.own();
        CaseRouteCheck.check(candidate, top);
        RunCheck.check(candidate, top, findings);
        RosterCheck.check(candidate, top);
        QuotaCheck.check(candidate, top);
        paidMoreThanOnce(scheme, top);
        absent(file);
        if (ofTheRulebook.contains(scheme.code()))
            for (String otherwise : List.of("noticeAboveFen", "reviews", "acceptance", "quota"))
                if (top.has(otherwise)) top.get(otherwise).wrong("policy.scheme.WAY_OF_THE_RULEBOOK");
        Map<String, String> schemeOf = others.apply(scheme.code());
        benefits(scheme, file, schemeOf);
        new NamesInScheme(
                        candidate,
                        file,
                        benefit -> Optional.ofNullable(schemeOf.get(benefit)).flatMap(this::inForce))
                .check();
        for (YamlEntry pool : file.pools()) pool(candidate, pool);
    }

    private Optional<Scheme> inForce(String code) {
        return inForce.get().stream()
                .map(PolicyPackage::catalogue)
                .filter(one -> one.code().equals(code))
                .findFirst();
    }

    /** What several schemes take from is the same in each, or one would pay what the other has not left. */
    private void pool(PolicyPackage candidate, YamlEntry e) {
        Pool own = candidate.catalogue().rules().pools().stream()
                .filter(p -> p.code().equals(e.get("code").text("")))
                .findFirst()
                .orElseThrow();
        for (PolicyPackage other : inForce.get()) {
            if (other.scheme().equals(candidate.scheme())) continue;
            Pool theirs = other.catalogue().rules().pools().stream()
                    .filter(p -> p.code().equals(own.code()))
                    .findFirst()
                    .orElse(null);
            if (theirs != null && !terms(candidate, own).equals(terms(other, theirs)))
                e.wrong("policy.pool.OTHERWISE", own.code(), other.scheme());
            if (theirs == null
                    && other.catalogue().benefits().stream()
                            .anyMatch(b -> own.benefits().contains(b.code())))
                e.get("benefits").odd("policy.pool.NOT_THERE", own.code(), other.scheme());
        }
    }

    /** What a pool holds, for whom and when; of a parameter the values with their days. */
    private static List<Object> terms(PolicyPackage policy, Pool pool) {
        Object holds = policy.rulesets().stream()
                .map(r -> r.parameters().get(pool.atMost()))
                .map(p -> p == null
                        ? pool.atMost()
                        : p.values().stream().map(d -> d.from() + " " + d.is()).toList())
                .toList();
        return List.of(new TreeSet<>(pool.benefits()), pool.within(), pool.span(), holds);
    }

    /** With an empty key the first payment would stand for all later ones. What runs pay has the run as its key. */
    private static void paidMoreThanOnce(Scheme scheme, YamlEntry top) {
        if (!scheme.paymentKey().isEmpty()) return;
        for (Scheme.Benefit benefit : scheme.benefits()) {
            if (!benefit.isMoney() || benefit.isPaidByRun()) continue;
            boolean parts = scheme.rules().benefits().stream()
                    .anyMatch(b -> b.benefit().equals(benefit.code())
                            && (b.instalments().equalParts() > 1
                                    || b.instalments().monthsEach() > 0));
            boolean again = scheme.facts().stream()
                    .map(Scheme.Fact::count)
                    .anyMatch(c -> c != null && c.benefits().contains(benefit.code()) && countsOneOfSeveral(c));
            if (parts || again) top.get("paymentKey").wrong("policy.scheme.PAYMENT_KEY", benefit.code());
        }
    }

    /** So many times a year, or once for each value of a fact. */
    private static boolean countsOneOfSeveral(Scheme.Count count) {
        return count.of().equals("cases") && count.within().equals("calendarYear")
                || count.of().equals("levels")
                || count.of().equals("periods")
                || count.of().equals("instalments")
                || !count.sameFacts().isEmpty();
    }

    /** What a source outside does not answer is unknown (rulebook 2.10); only own records and the applicant know that there is nothing. */
    private static void absent(SchemeFile file) {
        for (YamlEntry fact : file.facts()) {
            String source = fact.get("source").text();
            boolean knows = source.equals("own-records") || source.equals("applicant");
            if (!knows && !fact.get("whenAbsent").text("unknown").equals("unknown"))
                fact.get("whenAbsent").wrong("policy.fact.WHEN_ABSENT", source);
        }
    }

    private static void benefits(Scheme scheme, SchemeFile file, Map<String, String> others) {
        YamlEntry top = file.own();
        Set<String> known = new HashSet<>(others.keySet());
        for (YamlEntry benefit : top.get("benefits").list()) {
            YamlEntry code = benefit.get("code");
            known.add(code.text());
            String other = others.getOrDefault(code.text(), "");
            if (!other.isEmpty()) code.wrong("policy.benefit.CODE_TAKEN", code.text(), other);
        }
        known.addAll(earlier(top));
        for (YamlEntry pool : file.pools())
            for (YamlEntry taking : pool.get("benefits").list())
                if (!known.contains(taking.text())) taking.wrong("policy.benefit.NO_BENEFIT", taking.text());
        for (YamlEntry fact : file.facts()) {
            YamlEntry count = fact.get("count");
            if (count.isMissing()) continue;
            for (YamlEntry counted : count.get("benefits").list())
                if (!known.contains(counted.text()))
                    unknown(
                            counted,
                            scheme.fact(fact.get("name").text())
                                    .map(Scheme.Fact::count)
                                    .orElseThrow());
        }
        if (scheme.run() != null)
            for (YamlEntry exceeded : top.get("run").get("exceeds").list())
                if (!known.contains(exceeded.text())) unknown(exceeded, null);
    }

    /**
     * Of what was paid before this system its list tells at least the sums, and older packages count those without more words: whoever proposes the package
     * says that the benefit is real. Everything else that is counted has to be somewhere.
     */
    private static void unknown(YamlEntry counted, Scheme.@Nullable Count count) {
        if (count != null
                && count.of().equals("amountFen")
                && count.whose().isPerson()
                && count.within().equals("life")) counted.odd("policy.benefit.NO_BENEFIT", counted.text());
        else counted.wrong("policy.benefit.NO_BENEFIT", counted.text());
    }
}
