package cn.jincai.payment;

import cn.jincai.applicant.Persons;
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
import java.util.Set;
import java.util.TreeSet;
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

    /** Those from which the source has not departed since. */
    List<Word> words(String caseNumber, String benefit) {
        return jdbc.sql(
                        "select row_key, sealed_grounds from taken_back_ends where case_number = ? and benefit = ? and outcome = 'approved' and not source_changed")
                .params(caseNumber, benefit)
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

    /** Months before this one that a grant lost by an end that was taken back, and that no run has looked at otherwise. */
    Set<YearMonth> unpaid(String personKey, String benefit, YearMonth before) {
        Set<YearMonth> months = new TreeSet<>();
        Set<String> keys = persons.documents(personKey);
        jdbc.sql("""
                select min(e.ended_from) from taken_back_ends e join run_benefits r on r.case_number = e.case_number and r.benefit = e.benefit
                where r.person_key in (:keys) and e.benefit = :benefit and e.outcome = 'approved'""")
                .param("keys", keys)
                .param("benefit", benefit)
                .query(LocalDate.class)
                .optional()
                .ifPresent(from -> {
                    for (YearMonth m = YearMonth.from(from); m.isBefore(before); m = m.plusMonths(1)) months.add(m);
                });
        if (months.isEmpty()) return months;
        jdbc.sql(
                        "select month_first from run_months where person_key in (:keys) and benefit = :benefit and outcome <> 'ended'")
                .param("keys", keys)
                .param("benefit", benefit)
                .query(LocalDate.class)
                .list()
                .forEach(looked -> months.remove(YearMonth.from(looked)));
        return months;
    }
}
