package cn.jincai.policy;

import cn.jincai.calendar.Calendars;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What of the rules in force runs out soon: values, documents, rulesets, packages, and the calendar. */
@Service
public class Expiries {
    /** How many days ahead one is told. */
    public static final int DAYS = 90;

    private final Packages packages;
    private final PackageStore store;
    private final Calendars calendars;
    private final CityClock clock;

    Expiries(Packages packages, PackageStore store, Calendars calendars, CityClock clock) {
        this.packages = packages;
        this.store = store;
        this.calendars = calendars;
        this.clock = clock;
    }

    public enum Kind {
        VALUE,
        DOCUMENT,
        RULESET,
        PACKAGE,
        CALENDAR
    }

    /**
     * @param scheme null for the calendar
     * @param last   the last day on which it holds
     */
    public record Expiring(Kind kind, @Nullable String scheme, String what, LocalDate last, Text text) {}

    /** The first to run out first. What has run out already is told until it is corrected. */
    public List<Expiring> soon() {
        List<Expiring> all = new ArrayList<>();
        LocalDate today = clock.today();
        for (PolicyPackage pack : packages.inForce()) {
            Ruleset rules = pack.rulesetOn(today);
            rules.parameters().values().forEach(p -> value(pack, p, today, all));
            for (LegalSource source : rules.sources())
                if (source.inForceUntil() != null)
                    add(all, Kind.DOCUMENT, pack, source.code(), source.inForceUntil(), source.title());
            pack.rulesets().stream()
                    .filter(r -> r.inForceFrom().isAfter(today))
                    .findFirst()
                    .ifPresent(next -> add(
                            all,
                            Kind.RULESET,
                            pack,
                            rules.name(),
                            next.inForceFrom().minusDays(1),
                            rules.name()));
            store.history(pack.scheme()).stream()
                    .map(PackageStore.InForce::from)
                    .filter(day -> day.isAfter(today))
                    .min(Comparator.naturalOrder())
                    .ifPresent(
                            next -> add(all, Kind.PACKAGE, pack, pack.hash().substring(0, 12), next.minusDays(1), ""));
        }
        int missing = today.getYear();
        while (calendars.current().isLoaded(missing)) missing++;
        LocalDate last = LocalDate.of(missing - 1, 12, 31);
        all.add(new Expiring(
                Kind.CALENDAR,
                null,
                String.valueOf(last.getYear()),
                last,
                Text.of("policy.expiring.CALENDAR", last.toString())));
        all.removeIf(e -> e.last().isAfter(today.plusDays(DAYS)));
        all.sort(Comparator.comparing(Expiring::last));
        return all;
    }

    private static void value(PolicyPackage pack, Parameter p, LocalDate today, List<Expiring> all) {
        for (int i = 0; i + 1 < p.values().size(); i++)
            if (!p.values().get(i).from().isAfter(today)
                    && p.values().get(i + 1).from().isAfter(today))
                add(
                        all,
                        Kind.VALUE,
                        pack,
                        p.name(),
                        p.values().get(i + 1).from().minusDays(1),
                        p.label());
    }

    private static void add(List<Expiring> all, Kind kind, PolicyPackage pack, String what, LocalDate last, Object of) {
        Text text = Text.of("policy.expiring." + kind, pack.catalogue().name(), last.toString(), of);
        all.add(new Expiring(kind, pack.scheme(), what, last, text));
    }
}
