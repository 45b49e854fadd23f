package cn.jincai.applicant.contacts;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Person;
import cn.jincai.applicant.PersonSeals;
import cn.jincai.applicant.Persons;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Contact;
import cn.jincai.kernel.Contact.Way;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.RateLimits;
import cn.jincai.kernel.Text;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How a person is reached, corrected by himself (个人信息保护法 46): it counts once he has typed the code that was sent there (decision 152). */
@Service
public class Contacts {
    public static final Duration CODE_LIVES = Duration.ofMinutes(10);
    private static final int CODES = 1_000_000, WRONG_ONES = 5, CODES_A_DAY = 5, CODES_A_NETWORK = 20;

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Accounts accounts;
    private final ConfirmedContacts confirmed;
    private final Persons persons;
    private final Letters letters;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final RateLimits asked;
    private final SecureRandom random = new SecureRandom();

    Contacts(
            JdbcClient jdbc,
            Vault vault,
            Accounts accounts,
            ConfirmedContacts confirmed,
            Persons persons,
            Letters letters,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.accounts = accounts;
        this.confirmed = confirmed;
        this.persons = persons;
        this.letters = letters;
        this.clock = clock;
        this.events = events;
        this.asked = new RateLimits(clock);
    }

    /**
     * One way in which an account's holder is reached.
     *
     * @param value     null where none is on record
     * @param confirmed by a code
     * @param refused   the server of mail will never take anything for it
     * @param waits     what a code was sent to and is not confirmed yet
     * @param connected a code can be sent this way
     */
    public record Reached(
            Way way,
            @Nullable String value,
            boolean confirmed,
            boolean refused,
            @Nullable String waits,
            boolean connected) {}

    /** A phone only where a person is on record. */
    public List<Reached> of(String account) {
        Account holder = accounts.find(account);
        return List.of(Way.values()).stream()
                .filter(way -> way == Way.EMAIL || holder.personKey() != null)
                .map(way -> reached(holder, way))
                .toList();
    }

    private record Shown(boolean confirmed, boolean refused) {}

    /** What is sealed is opened once the row is read: a question within it would take a second connection. */
    private Reached reached(Account holder, Way way) {
        Shown shown = jdbc.sql(
                        "select phone_confirmed_at, email_confirmed_at, email_refused_at from accounts where name = ?")
                .param(holder.name())
                .query((row, n) -> new Shown(
                        row.getObject(way.code() + "_confirmed_at") != null,
                        way == Way.EMAIL && row.getObject("email_refused_at") != null))
                .single();
        return new Reached(
                way,
                value(holder, way),
                shown.confirmed(),
                shown.refused(),
                waiting(holder.name(), way).map(Waiting::value).orElse(null),
                letters.goBy(way));
    }

    private @Nullable String value(Account holder, Way way) {
        return way == Way.EMAIL ? holder.email() : persons.of(holder).phone();
    }

    /**
     * Sends a code there. Nothing changes before it is typed.
     *
     * @param typed   by which the holder shows once more that it is he, see {@link Accounts#mustBeHolder}
     * @param network from which it is asked
     * @throws Problem INVALID for the field {@code value} or {@code proof}, TOO_MANY, UNAVAILABLE where nothing can be sent this way
     */
    @Transactional
    public void ask(Actor who, Way way, String value, String proof, String network) {
        Account holder = accounts.find(who.account());
        if (way == Way.PHONE && holder.personKey() == null) throw Problem.notFound();
        String spelt = way == Way.PHONE ? Contact.phone(value) : Contact.email(value);
        if (!(way == Way.PHONE ? Contact.isPhone(spelt) : Contact.isEmail(spelt)))
            throw Problem.invalid("value", way == Way.PHONE ? "applicant.PHONE" : "applicant.EMAIL");
        accounts.mustBeHolder(who.account(), proof);
        letters.mustGoBy(way);
        mayAsk(who.account() + " " + way.code(), CODES_A_DAY);
        mayAsk(network, CODES_A_NETWORK);
        String code = "%06d".formatted(random.nextInt(CODES));
        Instant until = clock.instant().plus(CODE_LIVES);
        forget(who.account(), way);
        jdbc.sql("insert into contact_codes (account, way, sealed_value, code_mark, until) values (?, ?, ?, ?, ?)")
                .params(
                        who.account(),
                        way.code(),
                        vault.seal(PersonSeals.CONTACT, spelt, who.account(), way.code()),
                        mark(who.account(), way, code),
                        Instants.utc(until))
                .update();
        letters.send(who.account(), way, spelt, Text.of("applicant.contact.code", code, CODE_LIVES.toMinutes()), until);
    }

    private void mayAsk(String key, int most) {
        if (!asked.of(key, most, Duration.ofDays(1)).tryConsume(1))
            throw Problem.of(Problem.Kind.TOO_MANY, "applicant.contact.TOO_MANY_CODES", CODES_A_DAY);
    }

    private record Waiting(String value, String mark, Instant until, int wrong) {}

    /** What counts from now on. @throws Problem INVALID for a wrong code, which is counted; NOT_FOUND where none waits */
    @Transactional(noRollbackFor = Problem.class)
    public void confirm(Actor who, Way way, String code) {
        Waiting waiting = waiting(who.account(), way).orElseThrow(Problem::notFound);
        jdbc.sql("update contact_codes set wrong = wrong + 1 where account = ? and way = ?")
                .params(who.account(), way.code())
                .update();
        if (waiting.wrong() >= WRONG_ONES || !waiting.until().isAfter(clock.instant())) {
            forget(who.account(), way);
            throw Problem.invalid("code", "applicant.contact.CODE_OVER");
        }
        if (!waiting.mark().equals(mark(who.account(), way, code.strip())))
            throw Problem.invalid("code", "applicant.contact.CODE_WRONG", WRONG_ONES - waiting.wrong() - 1);
        forget(who.account(), way);
        change(accounts.find(who.account()), way, waiting.value());
        events.publishEvent(CaseEvent.forAuditors(
                "applicant.event.contact-confirmed",
                who,
                who.roles().stream().findFirst().orElse(null),
                Map.of("way", way.code())));
    }

    /** The address of before is told, so that nobody takes an account over unseen. */
    private void change(Account holder, Way way, String value) {
        String before = value(holder, way);
        if (before != null && !before.isBlank() && !before.equals(value) && letters.goBy(way))
            letters.send(
                    holder.name(),
                    way,
                    before,
                    Text.of("applicant.contact.changed"),
                    clock.instant().plus(Duration.ofDays(1)));
        if (holder.personKey() != null) {
            Person p = persons.of(holder);
            boolean phone = way == Way.PHONE;
            persons.keep(
                    p.documentType(),
                    p.documentNumber(),
                    p.name(),
                    p.birthDate(),
                    phone ? value : p.phone(),
                    phone ? p.email() : value);
        }
        confirmed.confirm(holder.name(), way, value);
    }

    private Optional<Waiting> waiting(String account, Way way) {
        return jdbc.sql("select * from contact_codes where account = ? and way = ?")
                .params(account, way.code())
                .query((row, n) -> new Waiting(
                        Objects.requireNonNull(vault.open(
                                PersonSeals.CONTACT, Sealed.always(row, "sealed_value"), account, way.code())),
                        row.getString("code_mark"),
                        Instants.always(row, "until"),
                        row.getInt("wrong")))
                .optional();
    }

    private void forget(String account, Way way) {
        jdbc.sql("delete from contact_codes where account = ? and way = ?")
                .params(account, way.code())
                .update();
    }

    private String mark(String account, Way way, String code) {
        return vault.fingerprint("contact-code", List.of(account, way.code(), code));
    }
}
