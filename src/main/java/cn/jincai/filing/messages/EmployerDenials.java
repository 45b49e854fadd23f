package cn.jincai.filing.messages;

import cn.jincai.filing.CaseClock;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseContents;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Why an employer does not confirm what an applicant says of his employment. It refuses nothing (rulebook 7): the applicant is told the reason and may answer it once, and
 * whoever reviews the case reads both (Personal Information Protection Law, article 24: nobody is judged by what he could not answer).
 */
@Service
@Transactional
public class EmployerDenials implements CaseContents {
    /** Characters, as people count them. */
    public static final int LONGEST = 1000;

    private final JdbcClient db;
    private final CaseFile cases;
    private final CaseClock holds;
    private final Vault vault;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    EmployerDenials(
            JdbcClient db,
            CaseFile cases,
            CaseClock holds,
            Vault vault,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.db = db;
        this.cases = cases;
        this.holds = holds;
        this.vault = vault;
        this.clock = clock;
        this.events = events;
    }

    /** @param reason in the words of the employer's clerk @param answer in the applicant's, null before he has answered */
    public record Denial(
            String reason,
            Instant saidAt,
            @Nullable String answer,
            @Nullable Instant answeredAt) {}

    /** The clerk's words; who may say them is asked before. */
    public void say(CaseNumber number, String reason) {
        erase(number);
        db.sql("insert into employer_denials (case_number, sealed_reason, said_at) values (?, ?, ?)")
                .params(number.value(), vault.seal(DenialSeals.REASON, reason, number), clock.timestamp())
                .update();
    }

    /** For whoever reads the case, which is asked before. */
    @Transactional(readOnly = true)
    public Optional<Denial> of(CaseNumber number) {
        return db.sql("select * from employer_denials where case_number = ?")
                .param(number.value())
                .query((row, n) -> new Row(
                        Sealed.always(row, "sealed_reason"),
                        Instants.always(row, "said_at"),
                        Sealed.in(row, "sealed_answer"),
                        Instants.in(row, "answered_at")))
                .optional()
                .map(row -> new Denial(
                        String.valueOf(vault.open(DenialSeals.REASON, row.reason, number)),
                        row.saidAt,
                        vault.open(DenialSeals.ANSWER, row.answer, number),
                        row.answeredAt));
    }

    private record Row(
            Sealed reason,
            Instant saidAt,
            @Nullable Sealed answer,
            @Nullable Instant answeredAt) {}

    /** Whether the applicant may still answer: he has not, and nothing is decided. */
    @Transactional(readOnly = true)
    public boolean isOpen(CaseNumber number) {
        return cases.get(number).mayBeWithdrawn()
                && of(number).filter(d -> d.answeredAt == null).isPresent();
    }

    /**
     * The applicant's answer, for those who review.
     *
     * @throws Problem NOT_FOUND for whoever is not the applicant, and where nothing was denied; CONFLICT where he has answered or the case is decided; INVALID for no words, and for too many
     */
    public void answer(Actor who, CaseNumber number, String words) {
        if (cases.find(number).isEmpty()
                || !cases.isOwn(who, number)
                || of(number).isEmpty()) throw Problem.notFound();
        holds.hold(number);
        if (!isOpen(number)) throw Problem.conflict("filing.denial.CLOSED");
        String said = words.strip();
        if (said.isEmpty()) throw Problem.invalid("words", "filing.denial.REQUIRED");
        if (said.codePointCount(0, said.length()) > LONGEST)
            throw Problem.invalid("words", "filing.denial.TOO_LONG", LONGEST);
        db.sql("update employer_denials set sealed_answer = ?, answered_at = ? where case_number = ?")
                .params(vault.seal(DenialSeals.ANSWER, said, number), clock.timestamp(), number.value())
                .update();
        events.publishEvent(new CaseEvent(
                number,
                "denial-answered",
                cases.get(number).stage().code(),
                Text.of("filing.event.denial-answered"),
                who,
                Role.APPLICANT,
                Audience.OFFICERS,
                Map.of()));
    }

    @Override
    public void erase(CaseNumber number) {
        db.sql("delete from employer_denials where case_number = ?")
                .param(number.value())
                .update();
    }
}
