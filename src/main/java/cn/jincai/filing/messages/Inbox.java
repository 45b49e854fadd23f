package cn.jincai.filing.messages;

import cn.jincai.applicant.AccountTold;
import cn.jincai.applicant.contacts.Mail;
import cn.jincai.applicant.contacts.MessageWays;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Text;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The messages of an account, newest first; each also goes out by e-mail: the same rows are the {@link Outbox}. */
@Service
public class Inbox {
    private final JdbcClient db;
    private final CityClock clock;
    private final MessageWays ways;
    private final Mail mail;

    Inbox(JdbcClient db, CityClock clock, MessageWays ways, Mail mail) {
        this.db = db;
        this.clock = clock;
        this.ways = ways;
        this.mail = mail;
    }

    /** @param line the case in whose roster the reader has a line; null for a message about anything else */
    public record Message(
            long id,
            @Nullable CaseNumber number,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            CaseNumber line,

            Instant at,
            Text what,
            boolean read) {}

    /** What asks something of him, or tells a decision: also by text message, which says no more than that there is something to read. */
    public void tellUrgently(String account, CaseNumber number, Text what) {
        tell(account, number, what);
        ways.text(account, Text.of("filing.text", number, mail.portal()));
    }

    public void tell(String account, @Nullable CaseNumber number, Text what) {
        var now = clock.timestamp();
        db.sql(
                        "insert into case_messages (account, case_number, at, zh, en, names, next_try) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        account,
                        number == null ? null : number.value(),
                        now,
                        what.zh(),
                        what.en(),
                        names(what),
                        ways.of(account).mail() ? now : null)
                .update();
    }

    /** About the account's own line in the roster of a case, which is somebody else's. */
    public void tellOfLine(String account, CaseNumber rosterOf, Text what) {
        var now = clock.timestamp();
        db.sql(
                        "insert into case_messages (account, case_number, own_line, at, zh, en, names, next_try) values (?, ?, true, ?, ?, ?, ?, ?)")
                .params(
                        account,
                        rosterOf.value(),
                        now,
                        what.zh(),
                        what.en(),
                        names(what),
                        ways.of(account).mail() ? now : null)
                .update();
    }

    private static String names(Text what) {
        return String.join("\n", what.names());
    }

    /** What is no case's. */
    @EventListener
    void hear(AccountTold told) {
        tell(told.account(), null, told.what());
    }

    /** Of an account that is closed. */
    public void erase(String account) {
        db.sql("delete from case_messages where account = ?").param(account).update();
    }

    /** How many are older. */
    public long before(Instant moment) {
        return db.sql("select count(*) from case_messages where at < ? and next_try is null")
                .param(Instants.utc(moment))
                .query(Long.class)
                .single();
    }

    public int eraseBefore(Instant moment) {
        return db.sql("delete from case_messages where at < ? and next_try is null")
                .param(Instants.utc(moment))
                .update();
    }

    /** How many mails have been tried in vain three times or more, and are tried again. */
    public long failingMails() {
        return db.sql("select count(*) from case_messages where next_try is not null and mail_tries >= 3")
                .query(Long.class)
                .single();
    }

    /** Whether the last message of the case that went out by mail was refused for good. */
    public boolean isMailRefused(CaseNumber number) {
        return db.sql(
                        "select mail_refused_at is not null from case_messages where case_number = ? and not own_line and (mailed_at is not null or mail_refused_at is not null) order by id desc limit 1")
                .param(number.value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** @param about the case that they are about; null for all */
    @Transactional(readOnly = true)
    public Page<Message> of(Actor who, boolean unreadOnly, @Nullable CaseNumber about, int page, int size) {
        String which = " from case_messages where account = :account"
                + (unreadOnly ? " and read_at is null" : "")
                + (about == null ? "" : " and case_number = :about");
        Map<String, Object> values = about == null
                ? Map.of("account", who.account())
                : Map.of("account", who.account(), "about", about.value());
        List<Message> items = db.sql("select *" + which + " order by id desc limit :most offset :from")
                .params(values)
                .param("most", Page.size(size))
                .param("from", Page.offset(page, size))
                .query((row, n) -> new Message(
                        row.getLong("id"),
                        row.getBoolean("own_line") ? null : number(row),
                        row.getBoolean("own_line") ? number(row) : null,
                        Instants.always(row, "at"),
                        new Text(
                                row.getString("zh"),
                                row.getString("en"),
                                row.getString("names").lines().toList()),
                        row.getObject("read_at") != null))
                .list();
        long total = db.sql("select count(*)" + which)
                .params(values)
                .query(Long.class)
                .single();
        return new Page<>(items, page, Page.size(size), total);
    }

    private static @Nullable CaseNumber number(ResultSet row) throws SQLException {
        String kept = row.getString("case_number");
        return kept == null ? null : new CaseNumber(kept);
    }

    public long unread(Actor who) {
        return db.sql("select count(*) from case_messages where account = ? and read_at is null")
                .param(who.account())
                .query(Long.class)
                .single();
    }

    @Transactional
    public void read(Actor who) {
        db.sql("update case_messages set read_at = ? where account = ? and read_at is null")
                .params(clock.timestamp(), who.account())
                .update();
    }
}
