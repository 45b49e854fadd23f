package cn.jincai.applicant;

import cn.jincai.applicant.contacts.ConfirmedContacts;
import cn.jincai.applicant.contacts.Letters;
import cn.jincai.applicant.contacts.Mail;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Contact.Way;
import cn.jincai.kernel.DueWork;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.RateLimits;
import cn.jincai.kernel.Text;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A link to a new password, sent to an address that its holder has confirmed; used once and soon. Whoever asks is answered before anybody is looked up, so neither answer nor
 * time tells whether there is such an account. Staff go to an administrator, and who has confirmed no address to the counter (decision 152).
 */
@Service
public class LostPasswords implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(LostPasswords.class);
    public static final Duration LINK_LIVES = Duration.ofMinutes(30);
    private static final int SECRET_BYTES = 32, LONGEST = 200, LINKS_A_DAY = 3;

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Accounts accounts;
    private final ConfirmedContacts confirmed;
    private final Letters letters;
    private final Mail mail;
    private final Attempts attempts;
    private final CityClock clock;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final RateLimits sent;
    private final SecureRandom random = new SecureRandom();

    LostPasswords(
            JdbcClient jdbc,
            Vault vault,
            Accounts accounts,
            ConfirmedContacts confirmed,
            Letters letters,
            Mail mail,
            Attempts attempts,
            CityClock clock,
            TransactionOperations transaction,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.accounts = accounts;
        this.confirmed = confirmed;
        this.letters = letters;
        this.mail = mail;
        this.attempts = attempts;
        this.clock = clock;
        this.transaction = transaction;
        this.events = events;
        this.sent = new RateLimits(clock);
    }

    /** Whether links can be sent at all. */
    public boolean isOffered() {
        return letters.goBy(Way.EMAIL);
    }

    /** @param typed account or document number @throws Problem INVALID where nothing was typed, TOO_MANY */
    @Transactional
    public void ask(String typed, String from) {
        if (typed.isBlank() || typed.length() > LONGEST) throw Problem.invalid("account", "applicant.lost.REQUIRED");
        attempts.take("lost-password", from);
        String row = UUID.randomUUID().toString();
        jdbc.sql("insert into lost_passwords (row_key, sealed_typed, asked_at) values (?, ?, ?)")
                .params(row, vault.seal(PersonSeals.LOST, typed, row), clock.timestamp())
                .update();
    }

    @Override
    public Optional<Instant> next() {
        return jdbc.sql("select min(asked_at) as asked_at from lost_passwords")
                .query((row, n) -> Instants.in(row, "asked_at"))
                .optional();
    }

    private record Asked(long id, String rowKey, Sealed typed) {}

    @Override
    public void run() {
        List<Asked> all = jdbc.sql("select id, row_key, sealed_typed as typed from lost_passwords order by id")
                .query((row, n) -> new Asked(row.getLong(1), row.getString(2), Sealed.always(row, "typed")))
                .list();
        for (Asked asked : all)
            try {
                transaction.executeWithoutResult(t -> answer(asked));
            } catch (RuntimeException failed) { // the others get theirs, and who asked may ask again
                LOG.warn(
                        "A link to a new password could not be made: {}",
                        failed.getClass().getName());
                taken(asked);
            }
    }

    private void answer(Asked asked) {
        if (taken(asked))
            vault.look(PersonSeals.LOST, asked.typed(), asked.rowKey())
                    .flatMap(accounts::signingInAs)
                    .ifPresent(this::send);
    }

    /** Whether it was still there: another node may be at it. */
    private boolean taken(Asked asked) {
        return jdbc.sql("delete from lost_passwords where id = ?")
                        .param(asked.id())
                        .update()
                == 1;
    }

    private void send(Account account) {
        Optional<String> address = confirmed.email(account.name());
        if (account.locked()
                || Staff.isStaff(account)
                || address.isEmpty()
                || !isOffered()
                || !sent.of(account.name(), LINKS_A_DAY, Duration.ofDays(1)).tryConsume(1)) return;
        byte[] chance = new byte[SECRET_BYTES];
        random.nextBytes(chance);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(chance);
        Instant until = clock.instant().plus(LINK_LIVES);
        forget(account.name());
        jdbc.sql("insert into password_links (account, link_mark, until) values (?, ?, ?)")
                .params(account.name(), mark(secret), Instants.utc(until))
                .update();
        String link = mail.portal() + "/lost-password/" + secret;
        letters.send(
                account.name(),
                Way.EMAIL,
                address.get(),
                Text.of("applicant.lost.link", link, LINK_LIVES.toMinutes()),
                until);
        tell("applicant.event.password-link-sent", account.name());
    }

    /** Whether a new password can be set with this. */
    public boolean isValid(String secret) {
        return holder(secret).isPresent();
    }

    /** Ends every session; a second factor stays. @throws Problem INVALID for a password that is guessed, CONFLICT where the link is over, TOO_MANY */
    @Transactional
    public void change(String secret, String password, String from) {
        attempts.take("password-link", from);
        Account account = holder(secret)
                .map(accounts::find)
                .filter(a -> !a.locked())
                .orElseThrow(() -> Problem.conflict("applicant.lost.LINK_OVER"));
        Passwords.check(password, account.name(), account.displayName()).ifPresent(mistake -> {
            throw Problem.invalid(List.of(mistake));
        });
        forget(account.name());
        accounts.changePassword(account.name(), password);
        tell("applicant.event.password-set-by-link", account.name());
        events.publishEvent(new AccountTold(account.name(), Text.of("applicant.lost.changed")));
    }

    private Optional<String> holder(String secret) {
        return jdbc.sql("select account from password_links where link_mark = ? and until > ?")
                .params(mark(secret), clock.timestamp())
                .query(String.class)
                .optional();
    }

    private void forget(String account) {
        jdbc.sql("delete from password_links where account = ?").param(account).update();
    }

    private String mark(String secret) {
        return vault.fingerprint("password-link", secret);
    }

    private void tell(String key, String account) {
        events.publishEvent(CaseEvent.forAuditors(key, Actor.SYSTEM, null, Map.of("account", account)));
    }
}
