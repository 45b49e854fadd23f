package cn.jincai.rights;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.AccountTold;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Persons;
import cn.jincai.applicant.Staff;
import cn.jincai.filing.Case;
import cn.jincai.filing.KeptCases;
import cn.jincai.filing.messages.Inbox;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.payment.PaymentStatus;
import cn.jincai.payment.PaymentView;
import cn.jincai.payment.Payments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Closing one's account (个人信息保护法 47). Whatever still waits for its holder is named as the reason to wait. For some days he may change his mind; then what can go goes, and what the
 * law has kept is kept for its time (decision 153).
 */
@Service
public class Closings implements DueWork {
    static final String KIND = "closed-accounts";

    private final Accounts accounts;
    private final Persons persons;
    private final KeptCases cases;
    private final Payments payments;
    private final Inbox inbox;
    private final Retention retention;
    private final JdbcClient db;
    private final CityClock clock;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;

    Closings(
            Accounts accounts,
            Persons persons,
            KeptCases cases,
            Payments payments,
            Inbox inbox,
            Retention retention,
            JdbcClient db,
            CityClock clock,
            TransactionOperations transaction,
            ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.persons = persons;
        this.cases = cases;
        this.payments = payments;
        this.inbox = inbox;
        this.retention = retention;
        this.db = db;
        this.clock = clock;
        this.transaction = transaction;
        this.events = events;
    }

    /** Why it can't be closed yet. @param number the case that waits, or null */
    public record Reason(Text why, @Nullable CaseNumber number) {}

    public List<Reason> reasons(String name) {
        Account account = accounts.find(name);
        if (account.roles().stream().map(Role::rights).anyMatch(Staff.ROLES::contains))
            return List.of(new Reason(Text.of("rights.wait.staff"), null));
        List<Reason> reasons = new ArrayList<>();
        if (account.employerCode() != null) reasons.add(new Reason(Text.of("rights.wait.clerk"), null));
        for (Case open : cases.open(name))
            reasons.add(new Reason(Text.of("rights.wait.case", open.number()), open.number()));
        for (CaseNumber number : cases.of(name))
            if (payments.of(number).stream().anyMatch(Closings::waits))
                reasons.add(new Reason(Text.of("rights.wait.payment", number), number));
        for (CaseNumber number : payments.stillInRuns(name, clock.today()))
            reasons.add(new Reason(Text.of("rights.wait.run", number), number));
        return reasons;
    }

    private static boolean waits(PaymentView payment) {
        return payment.status() != PaymentStatus.PAID && payment.status() != PaymentStatus.GIVEN_UP;
    }

    /** When it closes; empty where nobody has asked for that. */
    public Optional<Instant> due(String account) {
        return db.sql("select takes_effect from account_closings where account = ? and closed_at is null")
                .param(account)
                .query((row, n) -> Instants.always(row, "takes_effect"))
                .optional();
    }

    /** Days in which one may change one's mind. */
    public int daysToUndo() {
        return Objects.requireNonNull(retention.of(KIND).keep()).getDays();
    }

    /** @throws Problem INVALID on {@code proof}, CONFLICT with the first reason to wait */
    @Transactional
    public void ask(Actor who, String proof) {
        accounts.mustBeHolder(who.account(), proof);
        List<Reason> reasons = reasons(who.account());
        if (!reasons.isEmpty())
            throw new Problem(
                    Problem.Kind.CONFLICT, "CLOSE_LATER", reasons.get(0).why(), List.of());
        if (due(who.account()).isPresent()) return;
        Instant takesEffect = clock.today()
                .plus(Objects.requireNonNull(retention.of(KIND).keep()))
                .plusDays(1)
                .atStartOfDay(CityClock.ZONE)
                .toInstant();
        db.sql("insert into account_closings (account, asked_at, takes_effect) values (?, ?, ?)")
                .params(who.account(), clock.timestamp(), Instants.utc(takesEffect))
                .update();
        tell("rights.event.closing-asked", who, who.account());
        events.publishEvent(new AccountTold(
                who.account(),
                Text.of(
                        "rights.closing.asked",
                        takesEffect.atZone(CityClock.ZONE).toLocalDate())));
    }

    /** @throws Problem NOT_FOUND where nothing is to be undone */
    @Transactional
    public void undo(Actor who) {
        if (forget(who.account()) == 0) throw Problem.notFound();
        tell("rights.event.closing-undone", who, who.account());
    }

    private int forget(String account) {
        return db.sql("delete from account_closings where account = ? and closed_at is null")
                .param(account)
                .update();
    }

    @Override
    public Optional<Instant> next() {
        return db.sql("select min(takes_effect) as takes_effect from account_closings where closed_at is null")
                .query((row, n) -> Instants.in(row, "takes_effect"))
                .optional();
    }

    @Override
    public void run() {
        for (String account : db.sql(
                        "select account from account_closings where closed_at is null and takes_effect <= ? order by account")
                .param(clock.timestamp())
                .query(String.class)
                .list()) transaction.executeWithoutResult(step -> close(account));
    }

    private void close(String name) {
        if (db.sql("update account_closings set closed_at = ? where account = ? and closed_at is null")
                        .params(clock.timestamp(), name)
                        .update()
                == 0) return; // another node
        List<Reason> reasons = reasons(name);
        if (!reasons.isEmpty()) { // begun meanwhile
            db.sql("delete from account_closings where account = ?").param(name).update();
            events.publishEvent(new AccountTold(
                    name, Text.of("rights.closing.kept", reasons.get(0).why())));
            return;
        }
        String person = accounts.find(name).personKey();
        cases.drafts(name).forEach(cases::discard);
        inbox.erase(name);
        accounts.close(name);
        if (person != null && !accounts.hasAny(person) && !cases.isAnyKept(person)) persons.erase(person);
        tell("rights.event.closed", Actor.SYSTEM, name);
    }

    private void tell(String key, Actor by, String account) {
        events.publishEvent(CaseEvent.forAuditors(
                key, by, by.roles().stream().findFirst().orElse(null), Map.of("account", account)));
    }
}
