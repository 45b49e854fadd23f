package cn.jincai.payment;

import cn.jincai.applicant.Persons;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.DataChecks;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Lock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.payment.ledger.PaymentSeals;
import cn.jincai.policy.Packages;
import cn.jincai.review.FourEyes;
import cn.jincai.review.ResumedGrants;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * An end of a grant that rested on a source's error 撤销停发: one officer asks for it to be taken back and says why, the leader, another person, decides. The grant is then in
 * force as if it had not ended, and the next run pays the months in between. The word on which it rested ends nothing more, until the source has said otherwise in between.
 */
@Service
public class EndsTakenBack {
    /** Those who may ask for it, and who decides. */
    static final Set<Role> DECIDED_BY = Set.of(Role.REVIEWER, Role.SENIOR_REVIEWER, Role.LEADER);

    private static final int LONGEST_REASON = 2000;

    private final JdbcClient jdbc;
    private final CaseFile cases;
    private final Persons persons;
    private final DataChecks records;
    private final Packages packages;
    private final Grants grants;
    private final FourEyes fourEyes;
    private final ResumedGrants resumed;
    private final Vault vault;
    private final JsonColumns json;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    EndsTakenBack(
            JdbcClient jdbc,
            CaseFile cases,
            Persons persons,
            DataChecks records,
            Packages packages,
            Grants grants,
            FourEyes fourEyes,
            ResumedGrants resumed,
            Vault vault,
            JsonColumns json,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.persons = persons;
        this.records = records;
        this.packages = packages;
        this.grants = grants;
        this.fourEyes = fourEyes;
        this.resumed = resumed;
        this.vault = vault;
        this.json = json;
        this.clock = clock;
        this.events = events;
    }

    /**
     * One end that somebody asked to take back.
     *
     * @param endedFrom the first day of the first month that was not paid
     * @param outcome   {@code approved} or {@code declined}, null while nobody has decided
     * @param answer    why it was declined
     */
    public record Asked(
            String benefit,
            LocalDate endedFrom,
            String reason,
            String proposedBy,
            Instant proposedAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String outcome,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String decidedBy,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String answer) {}

    private record Row(String key, String number, Asked asked) {}

    /** The latest last. @throws Problem NOT_FOUND for whom the case does not concern as an officer */
    @Transactional(readOnly = true)
    public List<Asked> of(Actor who, CaseNumber number) {
        if (!cases.admitsAsOfficer(who, number)) throw Problem.notFound();
        return jdbc
                .sql("select * from taken_back_ends where case_number = ? order by proposed_at, row_key")
                .param(number.value())
                .query((row, n) -> read(row))
                .list()
                .stream()
                .map(Row::asked)
                .toList();
    }

    private Row read(ResultSet row) throws SQLException {
        String key = row.getString("row_key");
        return new Row(
                key,
                row.getString("case_number"),
                new Asked(
                        row.getString("benefit"),
                        row.getObject("ended_from", LocalDate.class),
                        vault.open(PaymentSeals.TAKEN_BACK, Sealed.always(row, "sealed_reason"), key),
                        row.getString("proposed_by"),
                        row.getObject("proposed_at", OffsetDateTime.class).toInstant(),
                        row.getString("outcome"),
                        row.getString("decided_by"),
                        vault.open(PaymentSeals.NOT_TAKEN_BACK, Sealed.in(row, "sealed_answer"), key)));
    }

    /** @throws Problem NOT_FOUND, FORBIDDEN for whom the case concerns, CONFLICT where the grant has not ended or somebody has asked already, INVALID without a reason */
    @Transactional
    public void propose(Actor who, CaseNumber number, String benefit, String reason) {
        admit(who, number);
        String words = words(reason);
        Grants.Ended ended = held(number, benefit).orElseThrow(() -> Problem.conflict("payment.end.NOT_ENDED"));
        if (ended.run() == null) throw Problem.conflict("payment.end.ENDED_BY_PEOPLE");
        if (together(number, benefit).stream()
                .anyMatch(one -> waiting(one, benefit).isPresent()))
            throw Problem.conflict("payment.end.ASKED_ALREADY");
        write(number, benefit, words, who.account(), clock.instant());
        tell(number, benefit, "end-asked-back", "payment.end.asked", who, Audience.OFFICERS);
    }

    /** @return its key */
    private String write(CaseNumber number, String benefit, String reason, String proposedBy, Instant at) {
        Grants.Ended ended = grants.of(number.value(), benefit).orElseThrow();
        String key = UUID.randomUUID().toString();
        jdbc.sql("""
            insert into taken_back_ends (row_key, case_number, benefit, run_number, ended_from, ended_at, sealed_grounds, sealed_reason, proposed_by, proposed_at)
            select ?, case_number, benefit, run_number, ended_from, ended_at, ?, ?, ?, ? from ended_grants where case_number = ? and benefit = ?""")
                .params(
                        key,
                        vault.seal(PaymentSeals.END_BEFORE, json.write(ended.grounds()), key),
                        vault.seal(PaymentSeals.TAKEN_BACK, reason, key),
                        proposedBy,
                        Instants.utc(at),
                        number.value(),
                        benefit)
                .update();
        return key;
    }

    /**
     * All grants of this benefit of the person that the same run ended for the same reason are in force again; the document is of the case that was asked about.
     *
     * @throws Problem as {@link #propose}, and FORBIDDEN for who asked for it; CONFLICT where nobody has, or where something was granted since that counted on the end
     */
    @Transactional
    public void approve(Actor who, CaseNumber number, String benefit) {
        admit(who, number);
        Lock.RUNS.hold(jdbc); // before the person, as a run comes to them
        records.holdRecords(number); // nobody signs for this person meanwhile
        Row row = decidable(who, number, benefit);
        Grants.Ended ended = held(number, benefit).orElseThrow(() -> Problem.conflict("payment.end.NOT_ENDED"));
        List<CaseNumber> together = together(number, benefit);
        resumed.mustNotBeCountedSince(together, benefit, endedOn(number, benefit));
        for (CaseNumber one : together) {
            if (!one.equals(number)) writeWith(one, benefit, row.asked(), who);
            grants.takeBack(one, benefit);
            resumed.inForce(one, benefit);
            tell(one, benefit, "end-taken-back", "payment.end.takenBack", who, Audience.APPLICANT);
        }
        long document = resumed.tell(
                number, benefit, Grants.month(ended.from()), row.asked().reason());
        decide(row.key(), "approved", who, null, document);
    }

    private List<CaseNumber> together(CaseNumber number, String benefit) {
        return grants
                .endedTogether(
                        number, benefit, persons.documents(cases.get(number).person()))
                .stream()
                .map(CaseNumber::new)
                .toList();
    }

    /** The day on which it was found. */
    private LocalDate endedOn(CaseNumber number, String benefit) {
        return jdbc.sql("select ended_at from ended_grants where case_number = ? and benefit = ?")
                .params(number.value(), benefit)
                .query((row, n) -> Instants.always(row, "ended_at"))
                .single()
                .atZone(CityClock.ZONE)
                .toLocalDate();
    }

    /** The end of another case of the person, taken back by the same words of the same two. */
    private void writeWith(CaseNumber other, String benefit, Asked asked, Actor who) {
        String key = write(other, benefit, asked.reason(), asked.proposedBy(), asked.proposedAt());
        decide(key, "approved", who, null, null);
    }

    /** @throws Problem as {@link #approve}, INVALID without words */
    @Transactional
    public void decline(Actor who, CaseNumber number, String benefit, String reason) {
        Row row = decidable(who, number, benefit);
        decide(row.key(), "declined", who, words(reason), null);
        tell(number, benefit, "end-stays", "payment.end.stays", who, Audience.OFFICERS);
    }

    private Row decidable(Actor who, CaseNumber number, String benefit) {
        admit(who, number);
        held(number, benefit);
        Row row = waiting(number, benefit).orElseThrow(() -> Problem.conflict("payment.end.NOBODY_ASKED"));
        if (row.asked().proposedBy().equals(who.account())) throw Problem.forbidden("payment.end.SAME_PERSON");
        return row;
    }

    private void admit(Actor who, CaseNumber number) {
        if (!cases.admitsAsOfficer(who, number)) throw Problem.notFound();
        fourEyes.mustNotBeConcerned(who, cases.get(number));
    }

    private static String words(String reason) {
        if (reason.isBlank()) throw Problem.invalid("why", "payment.end.why.REQUIRED");
        if (reason.length() > LONGEST_REASON) throw Problem.invalid("why", "payment.end.why.TOO_LONG");
        return reason.strip();
    }

    /** Until the transaction ends nobody else decides on it. */
    private Optional<Grants.Ended> held(CaseNumber number, String benefit) {
        List<CaseNumber> together = together(number, benefit);
        if (!together.isEmpty())
            jdbc.sql(
                            "select case_number from ended_grants where case_number in (:numbers) and benefit = :benefit order by case_number for update")
                    .param("numbers", together.stream().map(CaseNumber::value).toList())
                    .param("benefit", benefit)
                    .query(String.class)
                    .list();
        return grants.of(number.value(), benefit);
    }

    private Optional<Row> waiting(CaseNumber number, String benefit) {
        return jdbc.sql("select * from taken_back_ends where case_number = ? and benefit = ? and outcome is null")
                .params(number.value(), benefit)
                .query((row, n) -> read(row))
                .optional();
    }

    private void decide(String key, String outcome, Actor who, @Nullable String answer, @Nullable Long document) {
        jdbc.sql(
                        "update taken_back_ends set outcome = ?, decided_by = ?, decided_at = ?, sealed_answer = ?, document_id = ? where row_key = ?")
                .params(
                        outcome,
                        who.account(),
                        clock.timestamp(),
                        vault.seal(PaymentSeals.NOT_TAKEN_BACK, answer, key),
                        document,
                        key)
                .update();
    }

    private void tell(CaseNumber number, String benefit, String kind, String text, Actor who, Audience seenBy) {
        Case file = cases.get(number);
        Text name =
                packages.byHash(file.packageHash()).catalogue().benefit(benefit).name();
        Role role =
                who.is(Role.LEADER) ? Role.LEADER : who.is(Role.SENIOR_REVIEWER) ? Role.SENIOR_REVIEWER : Role.REVIEWER;
        events.publishEvent(new CaseEvent(
                number, kind, "closed", Text.of(text, name), who, role, seenBy, Map.of("benefit", benefit)));
    }
}
