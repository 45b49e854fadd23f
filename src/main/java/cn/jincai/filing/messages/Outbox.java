package cn.jincai.filing.messages;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Languages;
import cn.jincai.applicant.contacts.ConfirmedContacts;
import cn.jincai.applicant.contacts.Mail;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The same messages as in the inbox, by e-mail where an address is known and a server is set ({@code spring.mail.host}). A mail names nobody and
 * tells only that something happened; the rest is read after signing in. Tried again for two days, then left: a step is told in the inbox anyway.
 */
@Component
class Outbox implements DueWork {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final Duration OLDEST = Duration.ofDays(2);
    /** While one node sends, no other takes the same message; if it dies, the message is free again after this. */
    private static final Duration CLAIM = Duration.ofMinutes(5);

    private static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6));
    private static final int AT_ONCE = 20;

    private final JdbcClient db;
    private final CityClock clock;
    private final Accounts accounts;
    private final ConfirmedContacts contacts;
    private final CaseFile cases;
    private final Mail mail;
    private final Languages languages;

    Outbox(
            JdbcClient db,
            CityClock clock,
            Accounts accounts,
            ConfirmedContacts contacts,
            CaseFile cases,
            Mail mail,
            Languages languages) {
        this.db = db;
        this.clock = clock;
        this.accounts = accounts;
        this.contacts = contacts;
        this.cases = cases;
        this.mail = mail;
        this.languages = languages;
    }

    private record Waiting(
            long id, String account, @Nullable CaseNumber number, Text what, Instant at, int tries) {}

    @Override
    public Optional<Instant> next() {
        if (!mail.isConnected()) return Optional.empty();
        return db.sql("select min(next_try) as next_try from case_messages where next_try is not null")
                .query((row, n) -> Instants.in(row, "next_try"))
                .optional();
    }

    @Override
    public void run() {
        if (!mail.isConnected()) return;
        List<Waiting> due = db.sql("select * from case_messages where next_try <= ? order by next_try, id limit ?")
                .params(clock.timestamp(), AT_ONCE)
                .query((row, n) -> new Waiting(
                        row.getLong("id"),
                        row.getString("account"),
                        row.getString("case_number") == null || row.getBoolean("own_line") // not to the claim's address
                                ? null
                                : new CaseNumber(row.getString("case_number")),
                        new Text(row.getString("zh"), row.getString("en")),
                        Instants.always(row, "at"),
                        row.getInt("mail_tries")))
                .list();
        due.stream().filter(this::claimed).forEach(this::handle);
    }

    private boolean claimed(Waiting message) {
        return db.sql(
                                "update case_messages set next_try = ?, mail_tries = mail_tries + 1 where id = ? and next_try <= ? and mail_tries = ?")
                        .params(
                                Instants.utc(clock.instant().plus(CLAIM)),
                                message.id(),
                                clock.timestamp(),
                                message.tries())
                        .update()
                == 1;
    }

    private void handle(Waiting message) {
        Optional<String> address = addressOf(message);
        if (address.isEmpty() || message.at().plus(OLDEST).isBefore(clock.instant())) {
            leave(message);
            return;
        }
        switch (send(message, address.get())) {
            case SENT ->
                db.sql("update case_messages set mailed_at = ?, next_try = null where id = ?")
                        .params(clock.timestamp(), message.id())
                        .update();
            case REFUSED -> refused(message, address.get());
            case LATER -> {
                log.warn("message {} could not be mailed", message.id());
                Duration pause = PAUSES.get(Math.min(message.tries(), PAUSES.size() - 1));
                db.sql("update case_messages set next_try = ? where id = ?")
                        .params(Instants.utc(clock.instant().plus(pause)), message.id())
                        .update();
            }
        }
    }

    /** No server will ever take it: the office and the person are shown so, and no link that opens the account goes there. */
    private void refused(Waiting message, String address) {
        log.warn("message {} is refused by the server for good", message.id());
        db.sql("update case_messages set mail_refused_at = ?, next_try = null where id = ?")
                .params(clock.timestamp(), message.id())
                .update();
        if (accounts.look(message.account())
                .map(Account::email)
                .filter(address::equals)
                .isPresent()) contacts.refused(message.account());
    }

    private void leave(Waiting message) {
        db.sql("update case_messages set next_try = null where id = ?")
                .param(message.id())
                .update();
    }

    /** What the applicant wrote into the form of this case; for others, and where the form tells none, the account's. */
    private Optional<String> addressOf(Waiting message) {
        Optional<String> told = Optional.ofNullable(message.number())
                .flatMap(cases::find)
                .filter(c -> c.applicant().equals(message.account()))
                .map(c -> c.answer("email"));
        return told.filter(a -> !a.isBlank())
                .or(() -> accounts.look(message.account()).map(Account::email).filter(a -> !a.isBlank()));
    }

    /** In the language that he has chosen; in both where he has not. The subject is the first sentence. */
    private Mail.Sent send(Waiting message, String address) {
        String number = message.number() == null ? "" : " " + message.number();
        Text text = Text.of("filing.mail.text", number, message.what(), mail.portal());
        Text subject = Text.of("filing.mail.subject", number, firstSentence(message.what()));
        return languages
                .of(message.account())
                .map(language -> mail.send(address, subject.in(language), text.in(language) + "\n"))
                .orElseGet(() -> mail.send(address, subject.zh(), text.zh() + "\n\n" + text.en() + "\n"));
    }

    private static Text firstSentence(Text what) {
        return new Text(what.zh().replaceFirst("。.*", ""), what.en().replaceFirst("\\. .*|\\.$", ""), what.names());
    }
}
