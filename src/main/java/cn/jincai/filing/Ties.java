package cn.jincai.filing;

import cn.jincai.applicant.Relatives;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.vault.Vault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which cases an officer has nothing to do with, whatever his roles: those of people close to him, those that he declared himself tied to, and, where the
 * city divides them so, those of employers in other districts than his. He neither reads nor acts there.
 */
@Service
public class Ties {
    static final int LONGEST = 5000;

    private final JdbcClient db;
    private final CaseTable cases;
    private final Relatives relatives;
    private final Vault vault;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    Ties(
            JdbcClient db,
            CaseTable cases,
            Relatives relatives,
            Vault vault,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.db = db;
        this.cases = cases;
        this.relatives = relatives;
        this.vault = vault;
        this.clock = clock;
        this.events = events;
    }

    /**
     * From now on the case does not exist for the officer. Tasks of it that he holds are to be handed back before.
     *
     * @throws Problem INVALID without a reason
     */
    @Transactional
    public void recuse(Actor officer, Role as, CaseNumber number, @Nullable String reason) {
        if (reason == null || reason.isBlank()) throw Problem.invalid("reason", "filing.recusal.REQUIRED");
        if (reason.length() > LONGEST) throw Problem.invalid("reason", "filing.hearing.TOO_LONG");
        cases.hold(number);
        if (isRecused(officer.account(), number)) return;
        db.sql("delete from case_recusals where case_number = ? and account = ?") // one that was taken back
                .params(number.value(), officer.account())
                .update();
        db.sql("insert into case_recusals (case_number, account, declared_at, sealed_reason) values (?, ?, ?, ?)")
                .params(
                        number.value(),
                        officer.account(),
                        clock.timestamp(),
                        vault.seal(CaseSeals.RECUSAL, reason.strip(), number, officer.account()))
                .update();
        events.publishEvent(cases.get(number).event("recused", officer, as, Audience.OFFICERS, Map.of()));
    }

    /**
     * The same, where it was found in what is on record and not declared; his colleagues are not told whom he is close to. Nothing where the officer has declared it already, or a supervisor has taken it back.
     *
     * @param why in the words of the office, for the officer and whoever takes it back
     */
    @Transactional
    public void detected(String officer, CaseNumber number, Text why) {
        Case file =
                cases.hold(number); // else two who find it at once would both write it, and a supplement fail for it
        boolean known = db.sql("select count(*) > 0 from case_recusals where case_number = ? and account = ?")
                .params(number.value(), officer)
                .query(Boolean.class)
                .single();
        if (known) return;
        db.sql("insert into case_recusals (case_number, account, declared_at, sealed_reason) values (?, ?, ?, ?)")
                .params(
                        number.value(),
                        officer,
                        clock.timestamp(),
                        vault.seal(CaseSeals.RECUSAL, why.both(), number, officer))
                .update();
        events.publishEvent(
                file.event("recusal-detected", Actor.SYSTEM, null, Audience.AUDITORS, Map.of("account", officer)));
    }

    public boolean isRecused(String account, CaseNumber number) {
        return db.sql(
                        "select count(*) > 0 from case_recusals where case_number = ? and account = ? and taken_back_at is null")
                .params(number.value(), account)
                .query(Boolean.class)
                .single();
    }

    /** Whether the case's employer is in another district than the officer's. */
    public boolean isElsewhere(String account, CaseNumber number) {
        return !districts(account).isEmpty()
                && db.sql("select count(*) > 0 from cases where case_number = ? and not " + IN_DISTRICT)
                        .params(number.value(), account)
                        .query(Boolean.class)
                        .single();
    }

    /** Of these cases, those that the account has nothing to do with. */
    @Transactional(readOnly = true)
    public Set<CaseNumber> shut(String account, Collection<CaseNumber> numbers) {
        return without(open(account), numbers);
    }

    /** Of these cases, those of people close to him and those that he declared himself tied to, in whatever district. */
    @Transactional(readOnly = true)
    public Set<CaseNumber> tied(String account, Collection<CaseNumber> numbers) {
        return without(untied(account), numbers);
    }

    private Set<CaseNumber> without(CaseFile.Clause open, Collection<CaseNumber> numbers) {
        if (numbers.isEmpty()) return Set.of();
        List<Object> values =
                new ArrayList<>(numbers.stream().map(CaseNumber::value).toList());
        values.addAll(open.values());
        return Set.copyOf(db.sql("select case_number from cases where case_number in ("
                        + String.join(", ", numbers.stream().map(n -> "?").toList()) + ") and not (" + open.sql() + ")")
                .params(values)
                .query((row, n) -> new CaseNumber(row.getString(1)))
                .list());
    }

    public boolean isBoundToDistricts(String account) {
        return !districts(account).isEmpty();
    }

    /** That {@code t.case_number} is a case of the account's districts, with the account as its one value. */
    public static final String IN_OWN_DISTRICT =
            "exists (select 1 from cases join employer_districts e on e.employer_code = cases.employer_code join account_districts a on a.district = e.district where cases.case_number = t.case_number and a.account = ?)";

    /** That the account is not recused from {@code t.case_number}, with the account as its one value. */
    public static final String NOT_RECUSED =
            "not exists (select 1 from case_recusals r where r.case_number = t.case_number and r.account = ? and r.taken_back_at is null)";

    private static final String IN_DISTRICT =
            "exists (select 1 from employer_districts e join account_districts a on a.district = e.district where e.employer_code = cases.employer_code and a.account = ?)";

    /** The others, as a clause over the table of cases with its values. */
    CaseFile.Clause open(String account) {
        CaseFile.Clause untied = untied(account);
        if (districts(account).isEmpty()) return untied;
        List<Object> values = new ArrayList<>(untied.values());
        values.add(account);
        return new CaseFile.Clause(untied.sql() + " and " + IN_DISTRICT, values);
    }

    private CaseFile.Clause untied(String account) {
        List<String> all = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        all.add(
                "not exists (select 1 from case_recusals r where r.case_number = cases.case_number and r.account = ? and r.taken_back_at is null)");
        values.add(account);
        Set<String> kept = relatives.keptFrom(account);
        if (!kept.isEmpty()) {
            all.add("(person_key is null or person_key not in ("
                    + String.join(", ", kept.stream().map(k -> "?").toList()) + "))");
            values.addAll(kept);
        }
        return new CaseFile.Clause(String.join(" and ", all), values);
    }

    private List<String> districts(String account) {
        return db.sql("select district from account_districts where account = ?")
                .param(account)
                .query(String.class)
                .list();
    }
}
