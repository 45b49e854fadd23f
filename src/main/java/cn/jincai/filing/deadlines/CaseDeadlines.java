package cn.jincai.filing.deadlines;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of the clocks that run, from acceptance to the signature: written by the clock of the case, read by whoever asks what is due. */
@Repository
public class CaseDeadlines {
    private final JdbcClient db;
    private final CityClock clock;

    CaseDeadlines(JdbcClient db, CityClock clock) {
        this.db = db;
        this.clock = clock;
    }

    public Optional<CaseDeadline> find(CaseNumber number) {
        return db.sql("select * from case_deadlines where case_number = ?")
                .param(number.value())
                .query(CaseDeadlines::read)
                .optional();
    }

    /** Of these cases, those whose clock runs. */
    public Map<CaseNumber, CaseDeadline> of(Collection<CaseNumber> numbers) {
        if (numbers.isEmpty()) return Map.of();
        return db
                .sql("select * from case_deadlines where case_number in (:numbers)")
                .param("numbers", numbers.stream().map(CaseNumber::value).toList())
                .query(CaseDeadlines::read)
                .list()
                .stream()
                .collect(Collectors.toMap(CaseDeadline::number, Function.identity()));
    }

    /** The clock runs, or its days have moved: each only ever later, as a day once told is never moved forward. Who was told of an earlier day is told again, of the true one. */
    public void count(CaseNumber number, String scheme, LocalDate promised, LocalDate remind, LocalDate lawful) {
        int there = db.sql("""
            update case_deadlines set reminded_at = case when remind_on < cast(:remind as date) then null else reminded_at end,
              escalated_at = case when lawful_by < cast(:lawful as date) then null else escalated_at end, promised_by = greatest(promised_by, cast(:promised as date)),
              remind_on = greatest(remind_on, cast(:remind as date)), lawful_by = greatest(lawful_by, cast(:lawful as date)) where case_number = :number""")
                .param("promised", promised)
                .param("remind", remind)
                .param("lawful", lawful)
                .param("number", number.value())
                .update();
        if (there == 0)
            db.sql(
                            "insert into case_deadlines (case_number, scheme, promised_by, remind_on, lawful_by) values (?, ?, ?, ?, ?)")
                    .params(number.value(), scheme, promised, remind, lawful)
                    .update();
    }

    public void stands(CaseNumber number, boolean stands) {
        db.sql("update case_deadlines set stands = ? where case_number = ?")
                .params(stands, number.value())
                .update();
    }

    /** So many more lawful days; who is to be reminded is reminded again, by the later days. */
    public void extend(CaseNumber number, int workingDays) {
        db.sql(
                        "update case_deadlines set extended_days = extended_days + ?, reminded_at = null, escalated_at = null where case_number = ?")
                .params(workingDays, number.value())
                .update();
    }

    /** The clock has ended: by a signature, or with the case. */
    public void end(CaseNumber number) {
        db.sql("delete from case_deadlines where case_number = ?")
                .param(number.value())
                .update();
    }

    /** How long a signed case took. @param used working days since acceptance, without those on which the clock stood */
    public void signed(CaseNumber number, String scheme, int used, int promised, int lawful) {
        db.sql(
                        "insert into signed_cases (case_number, scheme, signed_at, working_days, promised_days, lawful_days) values (?, ?, ?, ?, ?, ?)")
                .params(number.value(), scheme, clock.timestamp(), used, promised, lawful)
                .update();
    }

    /** Accepted before there was such a table, and not signed yet. */
    public List<CaseNumber> missing() {
        return db.sql(
                        "select case_number from cases c where accepted_at is not null and signed_at is null and closed_at is null and not exists (select 1 from case_deadlines d where d.case_number = c.case_number)")
                .query((row, n) -> new CaseNumber(row.getString(1)))
                .list();
    }

    /** The first day on which somebody is to be reminded, or a limit is reached. */
    Optional<LocalDate> next() {
        return Stream.of(first("reminded_at", "remind_on"), first("escalated_at", "lawful_by"))
                .flatMap(Optional::stream)
                .min(LocalDate::compareTo);
    }

    /** Ordered as its index is, of which this is the first entry. */
    private Optional<LocalDate> first(String told, String day) {
        return db.sql("select " + day + " from case_deadlines where " + told + " is null and stands = false order by "
                        + told + ", stands, " + day + " limit 1")
                .query((row, n) -> row.getObject(1, LocalDate.class))
                .optional();
    }

    List<CaseDeadline> toRemind(int most) {
        return due("reminded_at is null and stands = false and remind_on <= ?", most);
    }

    List<CaseDeadline> toEscalate(int most) {
        return due("escalated_at is null and stands = false and lawful_by <= ?", most);
    }

    private List<CaseDeadline> due(String which, int most) {
        return db.sql("select * from case_deadlines where " + which + " order by lawful_by, case_number limit " + most)
                .param(clock.today())
                .query(CaseDeadlines::read)
                .list();
    }

    /** @return whether the day has come and nobody else had done so before */
    boolean remindedNow(CaseNumber number) {
        return mark("reminded_at", "remind_on", number);
    }

    boolean escalatedNow(CaseNumber number) {
        return mark("escalated_at", "lawful_by", number);
    }

    private boolean mark(String column, String day, CaseNumber number) {
        return db.sql("update case_deadlines set " + column + " = ? where case_number = ? and " + column
                                + " is null and stands = false and " + day + " <= ?")
                        .params(clock.timestamp(), number.value(), clock.today())
                        .update()
                > 0;
    }

    private static CaseDeadline read(ResultSet row, int n) throws SQLException {
        return new CaseDeadline(
                new CaseNumber(row.getString("case_number")),
                row.getString("scheme"),
                row.getObject("promised_by", LocalDate.class),
                row.getObject("remind_on", LocalDate.class),
                row.getObject("lawful_by", LocalDate.class),
                row.getInt("extended_days"),
                row.getBoolean("stands"),
                Instants.in(row, "reminded_at"),
                Instants.in(row, "escalated_at"));
    }
}
