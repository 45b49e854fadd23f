package cn.jincai.payment;

import cn.jincai.applicant.Persons;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.payment.ledger.PaymentSeals;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Ends that officers took back, as runs see them: which word of a source ends nothing any more, and which months nobody has paid. */
@Component
class EarlierEnds {
    private final JdbcClient jdbc;
    private final Vault vault;
    private final JsonColumns json;
    private final Persons persons;

    EarlierEnds(JdbcClient jdbc, Vault vault, JsonColumns json, Persons persons) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.json = json;
        this.persons = persons;
    }

    /** On what an end rested that was taken back. */
    record Word(String key, Grants.Grounds grounds) {
        /** Whether the sources say of these facts what they said then. */
        boolean isSaid(Collection<@Nullable String> facts, Map<String, Object> told) {
            return facts.stream()
                    .filter(Objects::nonNull)
                    .allMatch(fact -> String.valueOf(grounds.told().get(fact)).equals(String.valueOf(told.get(fact))));
        }
    }

    /** Those from which the source has not departed since, whichever of the person's cases they ended. */
    List<Word> words(String personKey, String benefit) {
        return jdbc.sql("""
                select e.row_key, e.sealed_grounds from taken_back_ends e join run_benefits r on r.case_number = e.case_number and r.benefit = e.benefit
                where r.person_key in (:keys) and e.benefit = :benefit and e.outcome = 'approved' and not e.source_changed""")
                .param("keys", persons.documents(personKey))
                .param("benefit", benefit)
                .query((row, n) -> new Word(
                        row.getString("row_key"),
                        json.read(
                                vault.open(
                                        PaymentSeals.END_BEFORE,
                                        Sealed.always(row, "sealed_grounds"),
                                        row.getString("row_key")),
                                Grants.Grounds.class)))
                .list();
    }

    /** The source has said otherwise: what it says from now on is a word of its own. */
    void sourceChanged(List<String> keys) {
        for (String key : keys)
            jdbc.sql("update taken_back_ends set source_changed = true where row_key = ?")
                    .param(key)
                    .update();
    }

    /** @param from the first month that was not paid @param takenBack the day on which it was paid again */
    private record Lost(String scheme, YearMonth from, LocalDate takenBack) {}

    /**
     * Months before this one that a grant lost by ends that were taken back: those of the runs that opened while it had ended, as far as no run has looked at them otherwise. A
     * run that opened later has looked by itself, also where its payment waits to be counted or was given up.
     *
     * @param period of a run, by its number
     */
    Set<YearMonth> unpaid(String personKey, String benefit, YearMonth before, Function<String, RunPeriod> period) {
        Set<YearMonth> months = new TreeSet<>();
        Set<String> keys = persons.documents(personKey);
        for (Lost lost : lost(keys, benefit)) {
            YearMonth end = lastRun(lost).filter(run -> run.isBefore(before)).orElse(before);
            for (YearMonth m = lost.from; m.isBefore(end); m = m.plusMonths(1)) months.add(m);
        }
        if (months.isEmpty()) return months;
        for (String run : uncounted(keys, benefit))
            months.removeAll(period.apply(run).months());
        jdbc.sql(
                        "select month_first from run_months where person_key in (:keys) and benefit = :benefit and outcome <> 'ended'")
                .param("keys", keys)
                .param("benefit", benefit)
                .query(LocalDate.class)
                .list()
                .forEach(looked -> months.remove(YearMonth.from(looked)));
        return months;
    }

    private List<Lost> lost(Set<String> keys, String benefit) {
        return jdbc.sql("""
                select r.scheme, e.ended_from, e.decided_at from taken_back_ends e join run_benefits r on r.case_number = e.case_number and r.benefit = e.benefit
                where r.person_key in (:keys) and e.benefit = :benefit and e.outcome = 'approved'""")
                .param("keys", keys)
                .param("benefit", benefit)
                .query((row, n) -> new Lost(
                        row.getString("scheme"),
                        YearMonth.from(row.getObject("ended_from", LocalDate.class)),
                        Instants.always(row, "decided_at")
                                .atZone(CityClock.ZONE)
                                .toLocalDate()))
                .list();
    }

    /** The month in which the last run opened before the end was taken back. */
    private Optional<YearMonth> lastRun(Lost lost) {
        return jdbc.sql("select max(opens_on) from pay_runs where scheme = ? and opens_on <= ?")
                .params(lost.scheme, lost.takenBack)
                .query(LocalDate.class)
                .optional()
                .map(YearMonth::from);
    }

    /** Runs with a payment of the person whose months could not be told, or not yet. */
    private List<String> uncounted(Set<String> keys, String benefit) {
        return jdbc.sql("""
                select p.run_number from payments p where p.run_number is not null and p.person_key in (:keys) and p.benefit = :benefit
                and not exists (select 1 from run_months m where m.payment_id = p.id)""")
                .param("keys", keys)
                .param("benefit", benefit)
                .query(String.class)
                .list();
    }
}
