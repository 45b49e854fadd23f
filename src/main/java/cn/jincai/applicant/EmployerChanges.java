package cn.jincai.applicant;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.ReadOnce;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Spelling;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Employers whose code changed or that merged, followed from a day on: who acts for the new code acts for the old one, and sources are asked about the employer as it is called
 * now (decision 141). Cases keep the code that was written.
 */
@Service
public class EmployerChanges {
    private static final int LONGEST_REASON = 500;

    private final JdbcClient jdbc;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final ReadOnce<LocalDate, Map<String, String>> followed = new ReadOnce<>(this::until);

    EmployerChanges(JdbcClient jdbc, CityClock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /** @param fromDay the first day on which the old code is the new one's */
    public record Change(long id, String oldCode, String newCode, LocalDate fromDay, String reason, String enteredBy) {}

    /** What the employer is called today; null stays null. */
    public @Nullable String today(@Nullable String code) {
        return code == null ? null : last(followed.get(clock.today()), Spelling.ofCode(code));
    }

    private static String last(Map<String, String> changes, String code) {
        String next = changes.get(code);
        return next == null ? code : last(changes, next);
    }

    /** Every code under which this employer is known, this one among them. */
    public Set<String> codes(String code) {
        Map<String, String> changes = followed.get(clock.today());
        String now = last(changes, Spelling.ofCode(code));
        Set<String> codes = changes.keySet().stream()
                .filter(old -> last(changes, old).equals(now))
                .collect(Collectors.toCollection(TreeSet::new));
        codes.add(now);
        return codes;
    }

    /** Whether both codes are one employer's today; nobody's is no other's. */
    public boolean isSame(@Nullable String one, @Nullable String other) {
        return one != null && other != null && codes(one).contains(Spelling.ofCode(other));
    }

    private Map<String, String> until(LocalDate day) {
        Map<String, String> changes = new HashMap<>();
        jdbc.sql("select old_code, new_code from employer_changes where from_day <= ? and taken_back_at is null")
                .param(day)
                .query(row -> {
                    changes.put(row.getString(1), row.getString(2));
                });
        return changes;
    }

    /** All that hold or are to hold, the latest day first. */
    public List<Change> all() {
        return jdbc.sql(
                        "select id, old_code, new_code, from_day, reason, entered_by from employer_changes where taken_back_at is null order by from_day desc, id desc")
                .query(Change.class)
                .list();
    }

    /**
     * @param reason where it is written, as the register's notice
     * @throws Problem FORBIDDEN for whom is no administrator; INVALID with every mistake
     */
    @Transactional
    public void enter(Actor by, String oldCode, String newCode, @Nullable LocalDate from, String reason) {
        mustBeAdministrator(by);
        String before = Spelling.ofCode(oldCode), now = Spelling.ofCode(newCode);
        List<Mistake> mistakes = new ArrayList<>();
        CreditCode.check("oldCode", before).ifPresent(mistakes::add);
        CreditCode.check("newCode", now).ifPresent(mistakes::add);
        if (from == null) mistakes.add(Mistake.of("from", "applicant.employerChange.FROM"));
        if (reason.isBlank() || reason.strip().length() > LONGEST_REASON)
            mistakes.add(Mistake.of("reason", "applicant.employerChange.REASON", LONGEST_REASON));
        if (mistakes.isEmpty()) {
            Map<String, String> all = until(LocalDate.of(9999, 12, 31));
            if (all.containsKey(before)) mistakes.add(Mistake.of("oldCode", "applicant.employerChange.CHANGED_BEFORE"));
            if (last(all, now).equals(last(all, before)))
                mistakes.add(Mistake.of("newCode", "applicant.employerChange.CIRCLE"));
        }
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        jdbc.sql(
                        "insert into employer_changes (old_code, new_code, from_day, reason, entered_by, entered_at) values (?, ?, ?, ?, ?, ?)")
                .params(before, now, from, reason.strip(), by.account(), clock.timestamp())
                .update();
        changed(
                "applicant.event.employer-changed",
                by,
                Map.of("old", before, "new", now, "from", String.valueOf(from)));
    }

    /** What was entered by mistake. */
    @Transactional
    public void takeBack(Actor by, long id) {
        mustBeAdministrator(by);
        int rows = jdbc.sql(
                        "update employer_changes set taken_back_by = ?, taken_back_at = ? where id = ? and taken_back_at is null")
                .params(by.account(), clock.timestamp(), id)
                .update();
        if (rows == 0) throw Problem.notFound();
        changed("applicant.event.employer-change-taken-back", by, Map.of("change", String.valueOf(id)));
    }

    private void changed(String key, Actor by, Map<String, String> details) {
        followed.forget();
        events.publishEvent(CaseEvent.forAuditors(key, by, Role.ADMIN, details));
    }

    private static void mustBeAdministrator(Actor by) {
        if (!by.is(Role.ADMIN)) throw Problem.forbidden("applicant.employerChange.NOT_ADMIN");
    }
}
