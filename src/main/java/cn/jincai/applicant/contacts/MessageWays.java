package cn.jincai.applicant.contacts;

import cn.jincai.applicant.Languages;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Contact.Way;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * By which ways somebody wants to hear of his messages besides the inbox, where all of them are. E-mail goes until he says no, text messages only once he has said yes: they tell that there
 * is something to do or a decision to read, and none of them serves a document (decision 230).
 */
@Component
public class MessageWays {
    private static final String MAIL = "mail", TEXTS = "texts";
    /** A text message that is a day late helps nobody. */
    private static final Duration TEXT_LIVES = Duration.ofDays(1);

    private final JdbcClient db;
    private final Contacts contacts;
    private final Letters letters;
    private final Languages languages;
    private final CityClock clock;

    MessageWays(JdbcClient db, Contacts contacts, Letters letters, Languages languages, CityClock clock) {
        this.db = db;
        this.contacts = contacts;
        this.letters = letters;
        this.languages = languages;
        this.clock = clock;
    }

    public record Chosen(boolean mail, boolean texts) {}

    public Chosen of(String account) {
        List<String> words = db.sql("select coalesce(message_ways, ?) from accounts where name = ?")
                .params(MAIL, account)
                .query(String.class)
                .optional()
                .map(kept -> Arrays.asList(kept.split(" ")))
                .orElse(List.of());
        return new Chosen(words.contains(MAIL), words.contains(TEXTS));
    }

    /** Whether the city can send text messages at all. */
    public boolean canText() {
        return letters.goBy(Way.PHONE);
    }

    /** @throws Problem INVALID for text messages where no telephone number has been confirmed */
    @Transactional
    public void choose(Actor who, boolean mail, boolean texts) {
        if (texts && phone(who.account()).isEmpty()) throw Problem.invalid("texts", "applicant.ways.NO_PHONE");
        db.sql("update accounts set message_ways = ? where name = ?")
                .params(((mail ? MAIL : "") + " " + (texts ? TEXTS : "")).strip(), who.account())
                .update();
    }

    /** By text message, where he wants one and his number is confirmed; tried again until it is a day old. */
    public void text(String account, Text words) {
        if (!of(account).texts() || !canText()) return;
        Locale language = languages.of(account).orElse(Locale.CHINESE);
        for (String phone : phone(account))
            letters.send(
                    account,
                    Way.PHONE,
                    phone,
                    Text.same(words.in(language)),
                    clock.instant().plus(TEXT_LIVES));
    }

    private List<String> phone(String account) {
        return contacts.of(account).stream()
                .filter(reached -> reached.way() == Way.PHONE && reached.confirmed())
                .map(Contacts.Reached::value)
                .filter(value -> value != null && !value.isBlank())
                .toList();
    }
}
