package cn.jincai.web.portal.front;

import cn.jincai.assessment.explanation.AmountSheets;
import cn.jincai.kernel.CityClock;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.registers.Entry;
import cn.jincai.policy.registers.Registers;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The schemes that are offered today, and for whom: what home, the search and each kind of person see of them. */
@Component
class SchemeCards {
    private final Packages packages;
    private final AmountSheets amounts;
    private final CityClock clock;
    /** By the hash of the package, of the day that was last asked for. */
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private record Kept(LocalDate day, SchemeCard card) {}

    SchemeCards(Packages packages, AmountSheets amounts, CityClock clock) {
        this.packages = packages;
        this.amounts = amounts;
        this.clock = clock;
    }

    List<SchemeCard> all() {
        return packages.offered().stream().map(this::of).toList();
    }

    private SchemeCard of(PolicyPackage pack) {
        LocalDate today = clock.today();
        return kept.compute(
                        pack.hash(),
                        (hash, before) -> before != null && before.day.equals(today)
                                ? before
                                : new Kept(
                                        today,
                                        SchemeCard.of(
                                                pack.catalogue(), amounts.read(pack, pack.rulesetOn(today), today))))
                .card;
    }

    /** @param schemes how many of those that are offered are meant for them */
    record Audience(Entry entry, long schemes) {}

    /** In the order of the register; none where the registers in force know none. */
    List<Audience> audiences() {
        List<SchemeCard> all = all();
        return packages.registersIfWhole().inForce(clock.today(), Registers.AUDIENCES).stream()
                .map(e -> new Audience(
                        e, all.stream().filter(c -> isFor(c, e.code())).count()))
                .toList();
    }

    Optional<Entry> audience(String code) {
        return packages.registersIfWhole().on(clock.today(), Registers.AUDIENCES, code);
    }

    static boolean isFor(SchemeCard card, String audience) {
        return card.scheme().front().audiences().contains(audience);
    }
}
