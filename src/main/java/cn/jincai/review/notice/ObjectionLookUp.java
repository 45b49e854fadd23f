package cn.jincai.review.notice;

import cn.jincai.calendar.Calendars;
import cn.jincai.document.Evidence;
import cn.jincai.document.InspectedFile;
import cn.jincai.document.StoredFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.RateLimits;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Text;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What an objector sees of his objection and may add to it, and what the public sees of the answers. A number without its code opens nothing (decision 201). */
@Service
@Transactional
public class ObjectionLookUp {
    /** From one network, in an hour. */
    private static final int LOOK_UPS = 60;
    /** Full working days for an answer (rulebook 7). */
    private static final int ANSWER_DAYS = 10;
    /** Papers of one objection. */
    public static final int PAPERS = 5;
    /** Papers from one network, in an hour: looking at one takes a desk of which the server has few. */
    private static final int PAPERS_LOOKED_AT = 30;

    private final JdbcClient db;
    private final Objections objections;
    private final Notices notices;
    private final ObjectionCodes codes;
    private final Evidence evidence;
    private final Vault vault;
    private final Calendars calendars;
    private final ApplicationEventPublisher events;
    private final RateLimits networks;

    ObjectionLookUp(
            JdbcClient db,
            Objections objections,
            Notices notices,
            ObjectionCodes codes,
            Evidence evidence,
            Vault vault,
            Calendars calendars,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.db = db;
        this.objections = objections;
        this.notices = notices;
        this.codes = codes;
        this.evidence = evidence;
        this.vault = vault;
        this.calendars = calendars;
        this.events = events;
        networks = new RateLimits(clock);
    }

    /**
     * Nobody's name, not even the objector's own.
     *
     * @param notice  the notice to which it was made, while it runs
     * @param papers  how many he handed in with it
     * @param due     the last day of its answer; null once it is there
     * @param outcome {@code dismiss} or {@code uphold}; null before
     */
    public record Asked(
            String number,
            Instant at,
            @Nullable Long notice,
            String text,
            int papers,
            @Nullable LocalDate due,
            @Nullable String outcome,
            @Nullable String answer,
            @Nullable Instant answeredAt) {}

    private record Found(
            long id,
            CaseNumber number,
            long notice,
            @Nullable Instant answeredAt) {}

    /**
     * The objector asks after his objection. A contact is not enough: whoever guesses who objected could find out by it.
     *
     * @param from the network that it comes from
     * @throws Problem NOT_FOUND, the same for a number that is none and a wrong code; TOO_MANY
     */
    @Transactional(readOnly = true)
    public Asked lookUp(String from, String number, String code) {
        if (!networks.of(from, LOOK_UPS, Duration.ofHours(1)).tryConsume(1))
            throw Problem.of(Problem.Kind.TOO_MANY, "review.objection.LOOK_UPS_SPENT");
        return asked(number, code);
    }

    /**
     * Counts papers that are about to be looked at.
     *
     * @param from the network that they come from
     * @throws Problem TOO_MANY
     */
    public void count(String from, int papers) {
        if (papers > 0
                && !networks.of("papers " + from, PAPERS_LOOKED_AT, Duration.ofHours(1))
                        .tryConsume(papers)) throw Problem.of(Problem.Kind.TOO_MANY, "review.objection.PAPERS_SPENT");
    }

    /** As {@link #lookUp}, of whoever has just looked it up: it is not counted once more. */
    @Transactional(readOnly = true)
    public Asked asked(String number, String code) {
        Found found = found(number, code);
        Objections.Objection own = objections.of(found.number).stream()
                .filter(o -> o.id() == found.id)
                .findFirst()
                .orElseThrow(Problem::notFound);
        boolean running =
                notices.look(found.notice).filter(Notices.Notice::running).isPresent();
        return new Asked(
                own.number(),
                own.at(),
                running ? found.notice : null,
                Objects.toString(own.text(), ""),
                evidence.ofObjection(found.number, found.id).size(),
                own.outcome() == null
                        ? calendars.workingDays(own.at(), ANSWER_DAYS).day()
                        : null,
                own.outcome(),
                own.answer(),
                found.answeredAt);
    }

    private Found found(String number, String code) {
        return db.sql("select id, case_number, notice_id, answered_at from objections where code_print = ?")
                .param(codes.print(code))
                .query((row, n) -> new Found(
                        row.getLong("id"),
                        new CaseNumber(row.getString("case_number")),
                        row.getLong("notice_id"),
                        Instants.in(row, "answered_at")))
                .optional()
                .filter(f -> Objections.number(f.id).equals(Spelling.ofCode(number)))
                .orElseThrow(() -> Problem.of(Problem.Kind.NOT_FOUND, "review.objection.NOT_FOUND"));
    }

    /**
     * A paper handed in with an objection that waits for its answer. Whoever was not just told the code looks it up first, so that guesses are counted.
     *
     * @throws Problem NOT_FOUND; CONFLICT once it is answered, or where {@link #PAPERS} are there already
     */
    public void attach(String number, String code, @Nullable String fileName, InspectedFile file) {
        notices.hold(found(number, code).notice);
        Found found = found(number, code); // as it is now: it may have been answered meanwhile
        if (found.answeredAt != null) throw Problem.conflict("review.objection.DONE_ALREADY");
        if (evidence.ofObjection(found.number, found.id).size() >= PAPERS)
            throw Problem.conflict("review.objection.PAPERS_FULL", PAPERS);
        evidence.storeOfObjection(found.number, found.id, Objects.toString(fileName, ""), file);
        events.publishEvent(new CaseEvent(
                found.number,
                "objection-paper",
                "public-notice",
                Text.of("review.event.objection-paper"),
                new Actor("anonymous", Set.of()),
                null,
                Audience.OFFICERS,
                Map.of("objection", String.valueOf(found.id), "sha256", file.sha256())));
    }

    /**
     * A paper of an objection, for those alone who answer it and for auditors: it may tell who objected.
     *
     * @throws Problem NOT_FOUND
     */
    @Transactional(readOnly = true)
    public StoredFile paper(Actor officer, CaseNumber number, long objection, long id) {
        return objections.of(officer, number).stream()
                .filter(o -> o.id() == objection)
                .flatMap(o -> o.papers().stream())
                .filter(p -> p.id() == id)
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    /** What is published of an answer, on the notice while it runs. @param words may be missing: then the outcome alone is */
    public record Published(
            String number, String outcome, @Nullable String words, Instant answeredAt) {}

    /** In the order of the answers; of objections to single lines of a roster nothing is published. */
    @Transactional(readOnly = true)
    public List<Published> published(long notice) {
        return db.sql(
                        "select * from objections where notice_id = ? and outcome is not null and line is null order by answered_at, id")
                .param(notice)
                .query((row, n) -> new Published(
                        Objections.number(row.getLong("id")),
                        row.getString("outcome"),
                        vault.open(
                                NoticeSeals.PUBLISHED,
                                Sealed.in(row, NoticeSeals.PUBLISHED.column()),
                                new CaseNumber(row.getString("case_number")),
                                row.getString("row_key")),
                        Instants.always(row, "answered_at")))
                .list();
    }
}
