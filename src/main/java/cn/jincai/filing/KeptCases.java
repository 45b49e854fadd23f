package cn.jincai.filing;

import cn.jincai.document.ArrivingFiles;
import cn.jincai.document.Evidence;
import cn.jincai.kernel.CaseContents;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which cases are kept for whom and since when, and the end of keeping them. */
@Service
public class KeptCases {
    private final JdbcClient db;
    private final CaseTable cases;
    private final Evidence evidence;
    private final ArrivingFiles uploads;
    private final List<CaseContents> rooms;
    private final CityClock clock;

    KeptCases(
            JdbcClient db,
            CaseTable cases,
            Evidence evidence,
            ArrivingFiles uploads,
            List<CaseContents> rooms,
            CityClock clock) {
        this.db = db;
        this.cases = cases;
        this.evidence = evidence;
        this.uploads = uploads;
        this.rooms = rooms;
        this.clock = clock;
    }

    /** Everything that the account has begun for itself, drafts included, newest first; what a clerk has begun is his employer's. */
    public List<CaseNumber> of(String account) {
        return numbers(
                "select case_number from cases where applicant = ? and not of_employer and erased_at is null order by created_at desc, case_number desc",
                account);
    }

    public List<CaseNumber> drafts(String account) {
        return numbers(
                "select case_number from cases where applicant = ? and not of_employer and stage = 'draft' order by case_number",
                account);
    }

    /** Sent and not closed. */
    public List<Case> open(String account) {
        return numbers(
                        "select case_number from cases where applicant = ? and not of_employer and stage not in ('draft', 'closed') order by case_number",
                        account)
                .stream()
                .map(cases::get)
                .toList();
    }

    public List<CaseNumber> draftsBegunBefore(Instant moment) {
        return numbers(
                "select case_number from cases where stage = 'draft' and created_at < ? order by case_number",
                moment.atOffset(ZoneOffset.UTC));
    }

    /** @param granted whether something was granted, so that accounts rest on the case */
    public List<CaseNumber> closedBefore(Instant moment, boolean granted) {
        return numbers(
                "select case_number from cases where closed_at < ? and erased_at is null and "
                        + (granted ? "outcome = 'granted'" : "(outcome is null or outcome <> 'granted')")
                        + " order by case_number",
                moment.atOffset(ZoneOffset.UTC));
    }

    private List<CaseNumber> numbers(String sql, Object... params) {
        return db.sql(sql).params(params).query(String.class).list().stream()
                .map(CaseNumber::new)
                .toList();
    }

    /** Whether a case of this person, under this document, is kept that was sent. */
    public boolean isAnyKept(String personKey) {
        return db.sql("select count(*) > 0 from cases where person_key = ? and stage <> 'draft' and erased_at is null")
                .param(personKey)
                .query(Boolean.class)
                .single();
    }

    @Transactional
    public void discard(CaseNumber draft) {
        evidence.of(draft).forEach(paper -> evidence.delete(draft, paper.id()));
        uploads.forget(draft);
        cases.delete(draft);
    }

    /** Every room destroys what it keeps of the case, which is closed: one on its way still needs it. */
    @Transactional
    public void erase(CaseNumber number) {
        if (!cases.hold(number).isClosed()) throw Problem.conflict("filing.erase.NOT_CLOSED");
        rooms.forEach(room -> room.erase(number));
        cases.erased(number, clock.timestamp());
    }
}
