package cn.jincai.review.notice;

import cn.jincai.document.Evidence;
import cn.jincai.document.StoredFile;
import cn.jincai.filing.OwnLines;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.RateLimits;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Text;
import cn.jincai.policy.TaskRef;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Objections 异议 to a notice: anyone, by name; each is answered. One that is upheld is never a refusal by itself (rulebook 7.7). */
@Service
@Transactional
public class Objections {
    /** The code of the problem that the period is over. */
    public static final String NOTICE_OVER = "NOTICE_OVER";

    private static final int LONGEST = 5000, LONGEST_PUBLISHED = 2000;
    /** Unanswered ones of one person to one notice: against a flood, not against somebody who writes each ground down by itself. */
    private static final int OF_ONE_PERSON = 30;
    /** Unanswered ones to one notice, by whomever: so many still get their answer within the days that the rulebook gives. */
    private static final int TO_ONE_NOTICE = 200;
    /** From one network: a village may share one. All of them come back within the hour. */
    private static final int FROM_ONE_NETWORK = 60;
    /** A telephone within a contact, without the code of the country. */
    private static final Pattern NUMBER = Pattern.compile("(?:86(?=1\\d{10}(?!\\d)))?(\\d{7,})");

    private final JdbcClient db;
    private final Notices notices;
    private final OwnLines lines;
    private final Vault vault;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final ObjectionCodes codes;
    private final Evidence evidence;
    private final RateLimits networks;
    private final Lock turn = new ReentrantLock(true);

    Objections(
            JdbcClient db,
            Notices notices,
            OwnLines lines,
            Vault vault,
            CityClock clock,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            ObjectionCodes codes,
            Evidence evidence) {
        this.db = db;
        this.notices = notices;
        this.lines = lines;
        this.vault = vault;
        this.clock = clock;
        this.events = events;
        this.transaction = transaction;
        this.codes = codes;
        this.evidence = evidence;
        this.networks = new RateLimits(clock);
    }

    /** @param line of the roster to which its employee objects; null for one to the whole @param objector and {@code contact}: null for officers who do not answer objections, who see no {@code papers} either */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Objection(
            @JsonIgnore long id,
            String number,
            @Nullable String objector,
            @Nullable String contact,
            @Nullable String text,
            @Nullable Integer line,
            Instant at,
            @Nullable String outcome,
            @Nullable String answer,
            @JsonIgnore List<StoredFile> papers) {}

    /** The number that the objector is told. */
    public static String number(long id) {
        return "YY" + id;
    }

    /**
     * One after the other, since each moves the same case: many in one second all get through, and take one connection between them.
     *
     * @param who  the account of a person who is signed in, or null
     * @param from the network that it comes from
     * @return the objection's number, and the code to ask after it
     * @throws Problem CONFLICT after the period, INVALID where name, contact or text are missing, TOO_MANY of one person, to one notice or from one network
     */
    @Transactional(propagation = Propagation.NEVER) // who waits his turn here holds nothing
    public Receipt raise(@Nullable Actor who, String from, long notice, String name, String contact, String text) {
        return inTurn(() -> raised(who, from, notice, null, name, contact, text));
    }

    /**
     * What the objector is told, once.
     *
     * @param code with it and the number, and nothing else, he asks after his objection
     */
    public record Receipt(String number, String code) {}

    /**
     * An employee objects to what was handed in about him, or to what became of it, while the notice on the claim runs; he is answered in his inbox.
     *
     * @throws Problem as {@link #raise}; NOT_FOUND for whoever is not in the roster
     */
    @Transactional(propagation = Propagation.NEVER)
    public String raise(Actor who, String from, CaseNumber number, String text) {
        return inTurn(() -> {
            OwnLines.OwnLine own = lines.of(who, number);
            long notice =
                    notices.runningOf(number).orElseThrow(() -> Problem.conflict("review.objection.line.NO_NOTICE"));
            return raised(who, from, notice, own.line(), own.name(), who.account(), text)
                    .number();
        });
    }

    private <T> T inTurn(Supplier<T> objection) {
        turn.lock();
        try {
            return transaction.execute(step -> objection.get());
        } finally {
            turn.unlock();
        }
    }

    private Receipt raised(
            @Nullable Actor who,
            String from,
            long notice,
            @Nullable Integer line,
            String name,
            String contact,
            String text) {
        notices.hold(notice);
        var about = notices.look(notice).orElseThrow(Problem::notFound);
        mustRun(about);
        check(name, contact, text);
        refuseTooMany(who, from, about, contact);
        var key = new GeneratedKeyHolder();
        String rowKey = UUID.randomUUID().toString();
        String code = codes.make();
        db.sql(
                        "insert into objections (notice_id, case_number, row_key, sealed_objector, sealed_contact, sealed_words, account, at, line, code_print) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        notice,
                        about.number().value(),
                        rowKey,
                        vault.seal(NoticeSeals.OBJECTOR, name.strip(), about.number(), rowKey),
                        vault.seal(NoticeSeals.CONTACT, contact.strip(), about.number(), rowKey),
                        vault.seal(NoticeSeals.OBJECTION, text.strip(), about.number(), rowKey),
                        who == null ? null : who.account(),
                        clock.timestamp(),
                        line,
                        codes.print(code))
                .update(key, "id");
        long id = key.getKeyAs(Number.class).longValue();
        events.publishEvent(new CaseEvent(
                about.number(),
                "objection-raised",
                "public-notice",
                Text.of("review.event.objection-raised"),
                who == null ? new Actor("anonymous", java.util.Set.of()) : who,
                null,
                Audience.OFFICERS,
                Map.of("objection", String.valueOf(id))));
        events.publishEvent(new ObjectionRaised(about.number(), id));
        return new Receipt(number(id), code);
    }

    /** @throws Problem NOT_FOUND, or CONFLICT {@link #NOTICE_OVER} after its period */
    @Transactional(propagation = Propagation.SUPPORTS)
    public void mustRun(long notice) {
        mustRun(notices.look(notice).orElseThrow(Problem::notFound));
    }

    private static void mustRun(Notices.Notice about) {
        if (!about.running()) throw Problem.conflict("review.objection." + NOTICE_OVER);
    }

    /** @throws Problem INVALID where name, contact or text are missing or too long: known before any file is looked at */
    @Transactional(propagation = Propagation.SUPPORTS)
    public void check(String name, String contact, String text) {
        List<Problem.Mistake> mistakes = new ArrayList<>();
        require(mistakes, "name", name, 100);
        require(mistakes, "contact", contact, 200);
        require(mistakes, "text", text, LONGEST);
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
    }

    private record Unanswered(long id, @Nullable String account, String contact) {}

    private void refuseTooMany(@Nullable Actor who, String from, Notices.Notice about, String contact) {
        List<Unanswered> unanswered = db.sql(
                        "select * from objections where notice_id = ? and outcome is null order by id")
                .param(about.id())
                .query((row, n) -> new Unanswered(
                        row.getLong("id"),
                        row.getString("account"),
                        String.valueOf(opened(NoticeSeals.CONTACT, row, about.number()))))
                .list();
        List<String> own = unanswered.stream()
                .filter(o -> who != null && who.account().equals(o.account)
                        || Spelling.ofCode(o.contact).equals(Spelling.ofCode(contact)))
                .map(o -> number(o.id))
                .toList();
        if (own.size() >= OF_ONE_PERSON)
            throw tooMany("review.objection.YOURS_ARE_OPEN", own.size(), own.get(own.size() - 1));
        if (unanswered.size() >= TO_ONE_NOTICE) throw tooMany("review.objection.NOTICE_FULL");
        if (!networks.of(from, FROM_ONE_NETWORK, Duration.ofHours(1)).tryConsume(1))
            throw tooMany("review.objection.NETWORK_SPENT");
    }

    private static Problem tooMany(String why, Object... values) {
        return Problem.of(Problem.Kind.TOO_MANY, why, values);
    }

    private static void require(List<Problem.Mistake> mistakes, String field, String value, int longest) {
        if (value == null || value.isBlank() || value.length() > longest)
            mistakes.add(Problem.Mistake.of(field, "review.objection." + field + ".REQUIRED"));
    }

    /**
     * @param words     the answer, which the objector reads
     * @param published what of it stands on the notice, up to 2 000 signs; null for the outcome alone
     * @throws Problem CONFLICT where it is answered already, INVALID where what is to be published is too long or names objector or applicant, or where
     *     an answer that the applicant is heard on names the objector; for one to a line nothing is published
     */
    public void answer(Actor who, TaskRef task, String outcome, String words, @Nullable String published) {
        String rowKey = held(Long.parseLong(task.subject()));
        Objection one = of(task.ofCase()).stream()
                .filter(o -> o.id == Long.parseLong(task.subject()))
                .findFirst()
                .orElseThrow(Problem::notFound);
        if (outcome.equals("uphold") && namesObjector(words, one))
            throw Problem.invalid("opinion", "review.objection.opinion.NAMES_OBJECTOR");
        if (published != null) mayBePublished(task, one, published);
        int rows = db.sql(
                        "update objections set outcome = ?, sealed_answer = ?, sealed_published = ?, answered_at = ? where id = ? and outcome is null")
                .params(
                        outcome,
                        vault.seal(NoticeSeals.OBJECTION_ANSWER, words, task.ofCase(), rowKey),
                        vault.seal(NoticeSeals.PUBLISHED, published, task.ofCase(), rowKey),
                        clock.timestamp(),
                        Long.valueOf(task.subject()))
                .update();
        if (rows == 0) throw Problem.conflict("review.objection.DONE_ALREADY");
        boolean upheld = outcome.equals("uphold");
        tellEmployee(task, upheld);
        events.publishEvent(new CaseEvent(
                task.ofCase(),
                "objection-answered",
                "public-notice",
                Text.of(upheld ? "review.event.objection-upheld" : "review.event.objection-dismissed"),
                who,
                Role.SUPERVISOR,
                upheld ? Audience.APPLICANT : Audience.OFFICERS,
                Map.of("objection", task.subject())));
    }

    /** Whether it is to a single line of a roster, of which nothing is published. */
    public boolean isOfALine(TaskRef task) {
        return db.sql("select count(*) from objections where id = ? and line is not null")
                        .param(Long.valueOf(task.subject()))
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void mayBePublished(TaskRef task, Objection one, String words) {
        if (one.line != null) throw Problem.invalid("published", "review.objection.published.OF_A_LINE");
        if (words.length() > LONGEST_PUBLISHED)
            throw Problem.invalid("published", "review.objection.published.TOO_LONG", LONGEST_PUBLISHED);
        if (namesObjector(words, one)) throw Problem.invalid("published", "review.objection.published.NAMES_OBJECTOR");
        if (notices.knownBy(task.ofCase()).stream().anyMatch(known -> names(words, known)))
            throw Problem.invalid("published", "review.objection.published.NAMES_APPLICANT");
    }

    /** By name, by what was given as contact, or by any number within that. Who objects to his own line is reached by his account, which is a word like others. */
    private static boolean namesObjector(String words, Objection one) {
        if (names(words, one.objector)) return true;
        if (one.line != null || one.contact == null) return false;
        return names(words, one.contact)
                || NUMBER.matcher(Spelling.ofCode(one.contact))
                        .results()
                        .anyMatch(number -> names(words, number.group(1)));
    }

    /** However it is spelled: 138 0000 0000. */
    private static boolean names(String words, @Nullable String somebody) {
        String sought = somebody == null ? "" : Spelling.ofCode(somebody);
        return sought.codePointCount(0, sought.length()) > 1
                && Spelling.ofCode(words).contains(sought);
    }

    /** Who objected about his own line is told that it is answered; the words stay on the page of his line. */
    private void tellEmployee(TaskRef task, boolean upheld) {
        db.sql("select account from objections where id = ? and line is not null and account is not null")
                .param(Long.valueOf(task.subject()))
                .query(String.class)
                .optional()
                .ifPresent(account -> lines.answered(
                        account,
                        task.ofCase(),
                        Text.of(
                                upheld ? "review.objection.line.upheld" : "review.objection.line.dismissed",
                                number(Long.parseLong(task.subject())))));
    }

    /** What somebody has objected about his own line, with the answers. @param line his */
    @Transactional(readOnly = true)
    public List<Objection> about(Actor who, CaseNumber number, int line) {
        List<Long> own = db.sql("select id from objections where case_number = ? and line = ? and account = ?")
                .params(number.value(), line, who.account())
                .query(Long.class)
                .list();
        return of(number).stream().filter(o -> own.contains(o.id)).toList();
    }

    /** Holds the notice to which it was made; answers the objection's own row key. */
    private String held(long objection) {
        record Row(long noticeId, String rowKey) {}
        Row row = db.sql("select notice_id, row_key from objections where id = ?")
                .param(objection)
                .query(Row.class)
                .optional()
                .orElseThrow(Problem::notFound);
        notices.hold(row.noticeId);
        return row.rowKey;
    }

    /** To one notice, how many wait for an answer, and since when the first of them does. */
    public record Waiting(CaseNumber number, String maskedName, long objections, Instant since) {}

    /** All that wait, by notice, the longest waiting first. Empty for those who do not answer objections. */
    @Transactional(readOnly = true)
    public List<Waiting> waiting(Actor officer) {
        if (!officer.is(Role.SUPERVISOR)) return List.of();
        return db.sql("""
            select n.case_number, n.masked_name, count(*) as many, min(o.at) as since from objections o join notices n on n.id = o.notice_id
            where o.outcome is null group by n.id, n.case_number, n.masked_name order by since, n.case_number""")
                .query((row, n) -> new Waiting(
                        new CaseNumber(row.getString("case_number")),
                        row.getString("masked_name"),
                        row.getLong("many"),
                        Instants.always(row, "since")))
                .list();
    }

    /** For an officer of the case: who objected is for those alone who answer it, and for auditors. */
    public List<Objection> of(Actor officer, CaseNumber number) {
        if (officer.isAny(Role.SUPERVISOR, Role.AUDITOR))
            return of(number).stream()
                    .map(o -> new Objection(
                            o.id,
                            o.number,
                            o.objector,
                            o.contact,
                            o.text,
                            o.line,
                            o.at,
                            o.outcome,
                            o.answer,
                            evidence.ofObjection(number, o.id)))
                    .toList();
        return of(number).stream()
                .map(o ->
                        new Objection(o.id, o.number, null, null, o.text, o.line, o.at, o.outcome, o.answer, List.of()))
                .toList();
    }

    List<Objection> of(CaseNumber number) {
        return db.sql("select * from objections where case_number = ? order by id")
                .param(number.value())
                .query((row, n) -> new Objection(
                        row.getLong("id"),
                        number(row.getLong("id")),
                        opened(NoticeSeals.OBJECTOR, row, number),
                        opened(NoticeSeals.CONTACT, row, number),
                        opened(NoticeSeals.OBJECTION, row, number),
                        row.getObject("line", Integer.class),
                        Instants.always(row, "at"),
                        row.getString("outcome"),
                        opened(NoticeSeals.OBJECTION_ANSWER, row, number),
                        List.of()))
                .list();
    }

    private @Nullable String opened(SealedColumn column, ResultSet row, CaseNumber number) throws SQLException {
        return vault.open(column, Sealed.in(row, column.column()), number, row.getString("row_key"));
    }

    /** The findings on which the applicant is heard; they name no objector. */
    public List<String> findings(CaseNumber number) {
        return of(number).stream()
                .filter(o -> "uphold".equals(o.outcome()))
                .map(Objection::answer)
                .toList();
    }
}
