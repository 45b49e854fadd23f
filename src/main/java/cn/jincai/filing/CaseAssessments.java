package cn.jincai.filing;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.ArchivedAssessment;
import cn.jincai.assessment.AssessedLine;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Assessments;
import cn.jincai.calendar.Calendars;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.CityClock;
import cn.jincai.policy.Packages;
import cn.jincai.vault.Vault;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the rules say of a case, with the package that the case keeps. What a step rests on is kept with all that it takes to compute it again. */
@Component
public class CaseAssessments {
    private final Assessments assessments;
    private final Packages packages;
    private final Calendars calendars;
    private final CaseFacts facts;
    private final CaseLines lines;
    private final JdbcClient db;
    private final Vault vault;
    private final CityClock clock;

    CaseAssessments(
            Assessments assessments,
            Packages packages,
            Calendars calendars,
            CaseFacts facts,
            CaseLines lines,
            JdbcClient db,
            Vault vault,
            CityClock clock) {
        this.assessments = assessments;
        this.packages = packages;
        this.calendars = calendars;
        this.facts = facts;
        this.lines = lines;
        this.db = db;
        this.vault = vault;
        this.clock = clock;
    }

    public Assessment of(Case file) {
        return of(file, Adjustments.NONE);
    }

    public Assessment of(Case file, Adjustments adjustments) {
        return of(file, facts.effective(file), adjustments);
    }

    /** The same case with other facts: what a missing or a late one would change. */
    public Assessment of(Case file, Map<String, Object> known, Adjustments adjustments) {
        LocalDate day = file.assessedOn(clock.today());
        return assessments.assess(
                packages.byHash(file.packageHash()), day, known, lines.told(file), adjustments, calendars.current());
    }

    /** Assesses and keeps it for replay. */
    public Assessment keep(Case file, String step, Adjustments adjustments) {
        Map<String, Object> known = facts.effective(file);
        WorkingCalendar calendar = calendars.current();
        LocalDate day = file.assessedOn(clock.today());
        List<AssessedLine.Told> told = lines.told(file);
        Assessment answer =
                assessments.assess(packages.byHash(file.packageHash()), day, known, told, adjustments, calendar);
        ArchivedAssessment kept = ArchivedAssessment.of(known, adjustments, answer);
        String rowKey = UUID.randomUUID().toString();
        db.sql("""
            insert into case_assessments (case_number, row_key, at_step, made_at, package_hash, application_date, calendar_version, sealed_facts, adjustments, sealed_answer, sealed_lines)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        file.number().value(),
                        rowKey,
                        step,
                        clock.timestamp(),
                        file.packageHash(),
                        answer.applicationDate(),
                        calendar.version(),
                        vault.seal(CaseSeals.ASSESSED_FACTS, kept.facts(), file.number(), rowKey),
                        kept.adjustments(),
                        vault.seal(CaseSeals.ASSESSMENT, kept.answer(), file.number(), rowKey),
                        vault.seal(
                                CaseSeals.ASSESSED_LINES,
                                told.isEmpty() ? null : lines.written(told),
                                file.number(),
                                rowKey))
                .update();
        return answer;
    }
}
