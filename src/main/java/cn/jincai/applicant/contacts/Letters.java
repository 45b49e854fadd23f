package cn.jincai.applicant.contacts;

import cn.jincai.applicant.PersonSeals;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Contact.Way;
import cn.jincai.kernel.DueWork;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Codes and links on their way to a phone or an address of mail. They are nobody else's, so they stand in no inbox; a row is gone once it was sent, or is of no use any more. */
@Component
public class Letters implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(Letters.class);
    /** While one node sends, no other takes the same letter; if it dies, the letter is free again after this. Nobody who waits for a code waits longer. */
    private static final Duration CLAIM = Duration.ofMinutes(1);

    private static final int AT_ONCE = 20;

    private final JdbcClient db;
    private final Vault vault;
    private final Mail mail;
    private final TextMessages texts;
    private final CityClock clock;

    public Letters(JdbcClient db, Vault vault, Mail mail, TextMessages texts, CityClock clock) {
        this.db = db;
        this.vault = vault;
        this.mail = mail;
        this.texts = texts;
        this.clock = clock;
    }

    private record Waiting(long id, String rowKey, Way way, Sealed address, Sealed words, Instant until, int tries) {}

    /** How many have been tried in vain three times or more, and are tried again. */
    public long failing() {
        return db.sql("select count(*) from letters where tries >= 3")
                .query(Long.class)
                .single();
    }

    public boolean goBy(Way way) {
        return way == Way.PHONE ? texts.isConnected() : mail.isConnected();
    }

    /** @throws Problem UNAVAILABLE where nothing can be sent this way */
    void mustGoBy(Way way) {
        if (!goBy(way))
            throw Problem.of(
                    Problem.Kind.UNAVAILABLE,
                    way == Way.PHONE
                            ? "applicant.contact.phone.NOT_CONNECTED"
                            : "applicant.contact.email.NOT_CONNECTED");
    }

    @Transactional
    public void send(String account, Way way, String address, Text words, Instant until) {
        String row = UUID.randomUUID().toString();
        db.sql(
                        "insert into letters (row_key, account, way, sealed_address, sealed_words, next_try, until) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        row,
                        account,
                        way.code(),
                        vault.seal(PersonSeals.LETTER_TO, address, row),
                        vault.seal(
                                PersonSeals.LETTER,
                                way == Way.PHONE ? words.zh() : words.zh() + "\n\n" + words.en(),
                                row),
                        clock.timestamp(),
                        Instants.utc(until))
                .update();
    }

    @Override
    public Optional<Instant> next() {
        return db.sql("select min(next_try) as next_try from letters")
                .query((row, n) -> Instants.in(row, "next_try"))
                .optional();
    }

    @Override
    public void run() {
        List<Waiting> due = db.sql("select * from letters where next_try <= ? order by next_try, id limit ?")
                .params(clock.timestamp(), AT_ONCE)
                .query((row, n) -> new Waiting(
                        row.getLong("id"),
                        row.getString("row_key"),
                        Way.of(row.getString("way")),
                        Sealed.always(row, "sealed_address"),
                        Sealed.always(row, "sealed_words"),
                        Instants.always(row, "until"),
                        row.getInt("tries")))
                .list();
        due.stream().filter(this::claimed).forEach(this::handle);
    }

    private boolean claimed(Waiting letter) {
        return db.sql("update letters set next_try = ?, tries = tries + 1 where id = ? and tries = ?")
                        .params(Instants.utc(clock.instant().plus(CLAIM)), letter.id(), letter.tries())
                        .update()
                == 1;
    }

    private void handle(Waiting letter) {
        if (letter.until().isAfter(clock.instant()) && goBy(letter.way()) && sent(letter) == Mail.Sent.LATER) {
            LOG.warn(
                    "letter {} by {} could not be sent yet",
                    letter.id(),
                    letter.way().code());
            return; // once more when its claim is over
        }
        db.sql("delete from letters where id = ?").param(letter.id()).update();
    }

    private Mail.Sent sent(Waiting letter) {
        String address = vault.open(PersonSeals.LETTER_TO, letter.address(), letter.rowKey()),
                words = vault.open(PersonSeals.LETTER, letter.words(), letter.rowKey());
        return letter.way() == Way.PHONE
                ? texts.send(address, words)
                : mail.send(address, Text.of("applicant.letter.subject").zh(), words);
    }
}
