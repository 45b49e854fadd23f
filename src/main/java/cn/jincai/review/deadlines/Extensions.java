package cn.jincai.review.deadlines;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseClock;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.filing.deadlines.CaseDeadline;
import cn.jincai.filing.deadlines.CaseDeadlines;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseContents;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.review.FourEyes;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The leader gives a case more working days, once, before the lawful ones are over, with a reason that the applicant is told: on the page of his case, by a message and by a numbered
 * notice (行政许可法 42: 经本行政机关负责人批准,可以延长十日,并应当将延长期限的理由告知申请人).
 */
@Service
public class Extensions implements CaseContents {
    /** Characters of a reason. */
    public static final int LONGEST = 1000;

    private final JdbcClient db;
    private final Vault vault;
    private final CityClock clock;
    private final CaseClock caseClock;
    private final CaseDeadlines deadlines;
    private final CaseFile cases;
    private final CaseLifecycle way;
    private final FourEyes fourEyes;
    private final int workingDays;

    Extensions(
            JdbcClient db,
            Vault vault,
            CityClock clock,
            CaseClock caseClock,
            CaseDeadlines deadlines,
            CaseFile cases,
            CaseLifecycle way,
            FourEyes fourEyes,
            @Value("${jincai.clock.extension-working-days:10}") int workingDays) {
        this.db = db;
        this.vault = vault;
        this.clock = clock;
        this.caseClock = caseClock;
        this.deadlines = deadlines;
        this.cases = cases;
        this.way = way;
        this.fourEyes = fourEyes;
        this.workingDays = workingDays;
    }

    /** How many working days are added. */
    public int workingDays() {
        return workingDays;
    }

    @Transactional(readOnly = true)
    public Optional<Extension> of(CaseNumber number) {
        return db.sql("select * from case_extensions where case_number = ?")
                .param(number.value())
                .query((row, n) -> new Extension(
                        row.getString("account"),
                        Instants.always(row, "granted_at"),
                        row.getInt("working_days"),
                        row.getObject("lawful_from", LocalDate.class),
                        row.getObject("lawful_to", LocalDate.class),
                        row.getObject("promised_to", LocalDate.class),
                        vault.open(ExtensionSeals.REASON, Sealed.in(row, "sealed_reason"), number)))
                .optional();
    }

    /**
     * The clock of a case that may still be given more time.
     *
     * @throws Problem NOT_FOUND where there is no such case; FORBIDDEN for whom it concerns; CONFLICT with the reason in words: its clock does not run, it has been extended, its lawful days
     *     are over
     */
    @Transactional(readOnly = true)
    public CaseDeadline extendable(Actor leader, CaseNumber number) {
        Case file = cases.find(number).orElseThrow(Problem::notFound);
        fourEyes.mustNotBeConcerned(leader, file);
        CaseDeadline deadline =
                deadlines.find(number).orElseThrow(() -> Problem.conflict("review.extension.NOT_RUNNING"));
        if (deadline.isExtended()) throw Problem.conflict("review.extension.ONCE");
        LocalDate last = deadline.stands() ? caseClock.stoodSince(number).orElse(clock.today()) : clock.today();
        if (last.isAfter(deadline.lawfulBy())) throw Problem.conflict("review.extension.OVER", deadline.lawfulBy());
        return deadline;
    }

    /** @throws Problem as {@link #extendable}; INVALID for a reason that is missing or longer than {@link #LONGEST} */
    @Transactional
    public CaseDeadline extend(Actor leader, CaseNumber number, String reason) {
        String words = reason.strip();
        if (cases.find(number).isEmpty()) throw Problem.notFound();
        caseClock.hold(number);
        CaseDeadline before = extendable(leader, number);
        if (words.isEmpty()) throw Problem.invalid("reason", "review.extension.REQUIRED");
        if (words.codePointCount(0, words.length()) > LONGEST)
            throw Problem.invalid("reason", "review.extension.TOO_LONG", LONGEST);
        CaseDeadline after = caseClock.extend(number, workingDays);
        db.sql(
                        "insert into case_extensions (case_number, account, granted_at, working_days, lawful_from, lawful_to, promised_to, sealed_reason) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        number.value(),
                        leader.account(),
                        clock.timestamp(),
                        workingDays,
                        before.lawfulBy(),
                        after.lawfulBy(),
                        after.promisedBy(),
                        vault.seal(ExtensionSeals.REASON, words, number))
                .update();
        way.extended(number, leader, after, workingDays, words);
        return after;
    }

    @Override
    public void erase(CaseNumber number) {
        db.sql("update case_extensions set sealed_reason = null where case_number = ?")
                .param(number.value())
                .update();
    }
}
