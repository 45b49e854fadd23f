package cn.jincai.applicant;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Text;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A person's name that is wrong or has changed, corrected outside a case: the counter enters what stands on the document shown, and somebody else compares it once more
 * (decision 154). Cases that were sent keep what they said.
 */
@Service
public class NameCorrections {
    private static final int LONGEST = 100;

    /** Why a name is corrected. */
    public enum Reason {
        MISTYPED,
        CHANGED,
        OTHER_SCRIPT;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public Text text() {
            return Text.of("applicant.names.reason." + code());
        }

        private static Reason of(String code) {
            return Stream.of(values())
                    .filter(reason -> reason.code().equals(code))
                    .findFirst()
                    .orElseThrow(() -> Problem.invalid("reason", "applicant.names.reason.REQUIRED"));
        }
    }

    private final Accounts accounts;
    private final Persons persons;
    private final Relatives relatives;
    private final Vault vault;
    private final JdbcClient db;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    NameCorrections(
            Accounts accounts,
            Persons persons,
            Relatives relatives,
            Vault vault,
            JdbcClient db,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.persons = persons;
        this.relatives = relatives;
        this.vault = vault;
        this.db = db;
        this.clock = clock;
        this.events = events;
    }

    /**
     * One that waits for a second person.
     *
     * @param before the name as the account has it
     * @param by     who entered the other
     */
    public record Entered(String account, String before, String name, Reason reason, String by, Instant at) {}

    private record Row(String account, Sealed name, Reason reason, String by, Instant at) {}

    /** The oldest first. */
    public List<Entered> waiting() {
        return db
                .sql(
                        "select account, sealed_name, reason, entered_by, entered_at from name_corrections order by entered_at, account")
                .query((row, n) -> new Row(
                        row.getString(1),
                        Sealed.always(row, "sealed_name"),
                        Reason.of(row.getString(3)),
                        row.getString(4),
                        Instants.always(row, "entered_at")))
                .list()
                .stream()
                .map(row -> new Entered(
                        row.account(),
                        persons.of(accounts.find(row.account())).name(),
                        Objects.requireNonNull(vault.open(PersonSeals.CORRECTED_NAME, row.name(), row.account())),
                        row.reason(),
                        row.by(),
                        row.at()))
                .toList();
    }

    /**
     * What the document says; it takes the place of what was entered before and not confirmed.
     *
     * @throws Problem INVALID for {@code name} or {@code reason}, FORBIDDEN for whoever is close to the person
     */
    @Transactional
    public void enter(Actor by, String account, String name, String reason) {
        by.mustBe(Role.INTAKE);
        Person person = mayJudge(by, account);
        String spelt = Spelling.ofName(name);
        if (spelt.isEmpty() || spelt.length() > LONGEST)
            throw Problem.invalid("name", "applicant.names.REQUIRED", LONGEST);
        Spelling.mistakeInName("name", spelt).ifPresent(mistake -> {
            throw Problem.invalid(List.of(mistake));
        });
        if (spelt.equals(person.name())) throw Problem.invalid("name", "applicant.names.AS_BEFORE");
        Reason why = Reason.of(reason);
        forget(account);
        db.sql(
                        "insert into name_corrections (account, sealed_name, reason, entered_by, entered_at) values (?, ?, ?, ?, ?)")
                .params(
                        account,
                        vault.seal(PersonSeals.CORRECTED_NAME, spelt, account),
                        why.code(),
                        by.account(),
                        clock.timestamp())
                .update();
        tell("applicant.event.name-entered", by, account, why, by.account());
    }

    /**
     * From now on the account carries the name, and the person is told.
     *
     * @throws Problem NOT_FOUND where none waits, FORBIDDEN for whoever entered it and whoever is close to the person
     */
    @Transactional
    public void confirm(Actor by, String account) {
        Entered entered = find(by, account);
        if (entered.by().equals(by.account())) throw Problem.forbidden("applicant.names.SECOND_PERSON");
        Person person = mayJudge(by, account);
        forget(account);
        Account holder = accounts.find(account);
        persons.keep(
                person.documentType(),
                person.documentNumber(),
                entered.name(),
                person.birthDate(),
                person.phone(),
                person.email());
        accounts.correct(
                account,
                holder.displayName().equals(person.name()) ? entered.name() : holder.displayName(),
                person.key(),
                person.documentNumber());
        tell("applicant.event.name-corrected", by, account, entered.reason(), entered.by());
        events.publishEvent(new AccountTold(account, Text.of("applicant.names.told")));
    }

    /** By a second person, or by whoever entered it. @throws Problem NOT_FOUND where none waits */
    @Transactional
    public void decline(Actor by, String account) {
        Entered entered = find(by, account);
        forget(account);
        tell("applicant.event.name-declined", by, account, entered.reason(), entered.by());
    }

    private Entered find(Actor by, String account) {
        if (!by.isAny(Role.INTAKE, Role.SUPERVISOR)) throw Problem.forbidden("applicant.names.ROLE");
        return waiting().stream()
                .filter(e -> e.account().equals(account))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    private Person mayJudge(Actor by, String account) {
        Person person = persons.of(accounts.find(account));
        if (by.account().equals(account) || relatives.concerns(by.account(), person.key()))
            throw Problem.forbidden("applicant.names.TIED");
        return person;
    }

    private void forget(String account) {
        db.sql("delete from name_corrections where account = ?").param(account).update();
    }

    private void tell(String key, Actor by, String account, Reason why, String enteredBy) {
        events.publishEvent(CaseEvent.forAuditors(
                key,
                by,
                by.is(Role.INTAKE) ? Role.INTAKE : Role.SUPERVISOR,
                Map.of("account", account, "reason", why.code(), "enteredBy", enteredBy)));
    }
}
