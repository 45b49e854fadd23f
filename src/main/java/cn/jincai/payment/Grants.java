package cn.jincai.payment;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Text;
import cn.jincai.payment.ledger.PaymentSeals;
import cn.jincai.policy.Packages;
import cn.jincai.review.Decisions;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Grants that runs pay, and how each stands. One that has ended before its months were used up is on record: since when, why, and on what word of which day. None
 * begins again by itself; who meets the conditions once more applies once more, and what rested on an error officers take back ({@link EndsTakenBack}).
 */
@Service
public class Grants {
    private static final DateTimeFormatter ZH = DateTimeFormatter.ofPattern("yyyy年M月", Locale.CHINA),
            EN = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.UK);

    private final JdbcClient jdbc;
    private final CaseFile cases;
    private final Packages packages;
    private final Decisions decisions;
    private final CaseLifecycle way;
    private final Vault vault;
    private final JsonColumns json;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    Grants(
            JdbcClient jdbc,
            CaseFile cases,
            Packages packages,
            Decisions decisions,
            CaseLifecycle way,
            Vault vault,
            JsonColumns json,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.packages = packages;
        this.decisions = decisions;
        this.way = way;
        this.vault = vault;
        this.json = json;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Why a grant ended.
     *
     * @param reason  its code
     * @param message what the person is told
     * @param mend    what can be done
     * @param appeal  the remedies
     * @param asOf    the day for which the sources spoke
     * @param told    what they said, by fact
     */
    record Grounds(String reason, Text message, Text mend, Text appeal, LocalDate asOf, Map<String, Object> told) {}

    /** @param run that found it; null where people revoked the grant @param from the first month that is not paid */
    record Ended(@Nullable String run, YearMonth from, Grounds grounds) {}

    public enum State {
        RUNNING,
        SUSPENDED,
        USED_UP,
        ENDED;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public Text text() {
            return Text.of("payment.grant.state." + code());
        }
    }

    /**
     * A grant as its person may see it.
     *
     * @param months  that count so far
     * @param endedOn its last day, null while it has not ended
     * @param reason  code of why it ended, null while it has not; so are the words
     */
    public record Grant(
            String benefit,
            State state,
            long months,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            LocalDate endedOn,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String reason,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Text message,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Text mend,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Text appeal) {}

    private record Row(String benefit, int limit) {}

    /** Those of a case, in the order of their codes; none where nothing is paid by runs. */
    @Transactional(readOnly = true)
    public List<Grant> of(CaseNumber number) {
        return jdbc
                .sql("select benefit, months_limit from run_benefits where case_number = ? order by benefit")
                .param(number.value())
                .query((row, n) -> new Row(row.getString(1), row.getInt(2)))
                .list()
                .stream()
                .map(row -> grant(number, row))
                .toList();
    }

    private Grant grant(CaseNumber number, Row row) {
        long months = counted(number, row.benefit());
        Optional<Ended> ended = of(number.value(), row.benefit());
        if (ended.isPresent()) {
            Grounds why = ended.get().grounds();
            LocalDate last = ended.get().from().atDay(1).minusDays(1);
            return new Grant(
                    row.benefit(), State.ENDED, months, last, why.reason(), why.message(), why.mend(), why.appeal());
        }
        State state = months >= row.limit()
                ? State.USED_UP
                : isSuspended(number, row.benefit()) ? State.SUSPENDED : State.RUNNING;
        return new Grant(row.benefit(), state, months, null, null, null, null, null);
    }

    private long counted(CaseNumber number, String benefit) {
        return jdbc.sql(
                        "select count(*) from run_months where case_number = ? and benefit = ? and held_key is not null")
                .params(number.value(), benefit)
                .query(Long.class)
                .single();
    }

    /** The newest month that a run looked at was not paid for what suspends it. */
    private boolean isSuspended(CaseNumber number, String benefit) {
        return jdbc.sql(
                        "select outcome from run_months where case_number = ? and benefit = ? order by month_first desc limit 1")
                .params(number.value(), benefit)
                .query(String.class)
                .optional()
                .filter(MonthOutcome.SUSPENDED.code()::equals)
                .isPresent();
    }

    /** The month from which the case's grant is not paid any more; empty while it goes on. */
    Optional<YearMonth> from(String caseNumber, String benefit) {
        return jdbc.sql("select ended_from from ended_grants where case_number = ? and benefit = ?")
                .params(caseNumber, benefit)
                .query(LocalDate.class)
                .optional()
                .map(YearMonth::from);
    }

    Optional<Ended> of(String caseNumber, String benefit) {
        return jdbc.sql("select * from ended_grants where case_number = ? and benefit = ?")
                .params(caseNumber, benefit)
                .query((row, n) -> ended(row))
                .optional();
    }

    private Ended ended(ResultSet row) throws SQLException {
        return new Ended(
                row.getString("run_number"),
                YearMonth.from(row.getObject("ended_from", LocalDate.class)),
                json.read(
                        vault.open(
                                PaymentSeals.ENDED,
                                Sealed.always(row, "sealed_grounds"),
                                row.getString("case_number"),
                                row.getString("benefit")),
                        Grounds.class));
    }

    /** Once; from now on it is on record as ended, and the person is told why and what he can do. */
    void end(String run, String caseNumber, String benefit, GrantLife.Ending ending) {
        Grounds grounds = ending.grounds();
        jdbc.sql(
                        "insert into ended_grants (case_number, benefit, run_number, ended_from, reason, sealed_grounds, ended_at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        caseNumber,
                        benefit,
                        run,
                        ending.from().atDay(1),
                        grounds.reason(),
                        vault.seal(PaymentSeals.ENDED, json.write(grounds), caseNumber, benefit),
                        clock.timestamp())
                .update();
        Case file = cases.get(new CaseNumber(caseNumber));
        Text name =
                packages.byHash(file.packageHash()).catalogue().benefit(benefit).name();
        Map<String, String> details = Map.of("run", run, "from", ending.from().toString(), "reason", grounds.reason());
        tell(
                file,
                "grant-ended",
                Text.of(
                        "payment.grant.ended",
                        name,
                        month(ending.from()),
                        grounds.message(),
                        grounds.mend(),
                        grounds.appeal()),
                Audience.APPLICANT,
                details);
        way.letInAgain(file.number(), EndsTakenBack.DECIDED_BY);
        long after = countedAfter(caseNumber, benefit, ending.from());
        if (after > 0)
            tell(
                    file,
                    "paid-after-end",
                    Text.of(
                            "payment.grant.paidAfter",
                            name,
                            after,
                            month(ending.from()),
                            paidAfter(caseNumber, benefit, ending.from()).yuan()),
                    Audience.OFFICERS,
                    details);
    }

    private void tell(Case file, String kind, Text what, Audience seenBy, Map<String, String> details) {
        events.publishEvent(new CaseEvent(file.number(), kind, "closed", what, Actor.SYSTEM, null, seenBy, details));
    }

    /** 2027年1月, January 2027. */
    static Text month(YearMonth month) {
        return new Text(ZH.format(month), EN.format(month));
    }

    /** What an ended grant came to: own records count that instead of what was decided. */
    void settle(String caseNumber, String benefit) {
        from(caseNumber, benefit)
                .ifPresent(from -> decisions.ended(
                        new CaseNumber(caseNumber), benefit, from.atDay(1).minusDays(1), paid(caseNumber, benefit)));
    }

    private Money paid(String caseNumber, String benefit) {
        return new Money(jdbc.sql(
                        "select coalesce(sum(rate_fen), 0) from run_months where case_number = ? and benefit = ? and held_key is not null")
                .params(caseNumber, benefit)
                .query(Long.class)
                .single());
    }

    /** Cases whose grants of this benefit the same run ended for the same reason, the case itself among them; none where it has not ended. @param keys of one person */
    List<String> endedTogether(CaseNumber number, String benefit, Set<String> keys) {
        return jdbc.sql("""
                select e.case_number from ended_grants e join ended_grants this on this.benefit = e.benefit and this.run_number = e.run_number and this.reason = e.reason
                where this.case_number = :number and e.benefit = :benefit and e.case_number in
                (select r.case_number from run_benefits r where r.person_key in (:keys) and r.benefit = :benefit) order by e.case_number""")
                .param("number", number.value())
                .param("benefit", benefit)
                .param("keys", keys)
                .query(String.class)
                .list();
    }

    /** It rested on a source's error: from now on it is in force as if it had not ended. */
    void takeBack(CaseNumber number, String benefit) {
        jdbc.sql("delete from ended_grants where case_number = ? and benefit = ?")
                .params(number.value(), benefit)
                .update();
    }

    /** What earlier runs have ordered for months after the end: what each month gave, less what was set off. */
    private Money paidAfter(String caseNumber, String benefit, YearMonth from) {
        return new Money(jdbc.sql(
                        "select coalesce(sum(rate_fen - set_off_fen), 0) from run_months where case_number = ? and benefit = ? and month_first >= ? and held_key is not null")
                .params(caseNumber, benefit, from.atDay(1))
                .query(Long.class)
                .single());
    }

    /** Months after the end that earlier runs have counted already, before a source knew. */
    long countedAfter(String caseNumber, String benefit, YearMonth from) {
        return jdbc.sql(
                        "select count(*) from run_months where case_number = ? and benefit = ? and month_first >= ? and held_key is not null")
                .params(caseNumber, benefit, from.atDay(1))
                .query(Long.class)
                .single();
    }
}
