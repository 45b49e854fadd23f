package cn.jincai.review;

import cn.jincai.applicant.Persons;
import cn.jincai.assessment.AssessedLine;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Benefit;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseLines;
import cn.jincai.kernel.Verdict;
import cn.jincai.planning.EarlierGrant;
import cn.jincai.planning.GrantRecords;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was granted for the employees of rosters: a record of each, whoever handed him in, and a line each in the decision. */
@Component
class DecidedLines implements GrantRecords {
    private final JdbcClient db;
    private final CaseLines lines;
    private final Persons persons;

    DecidedLines(JdbcClient db, CaseLines lines, Persons persons) {
        this.db = db;
        this.lines = lines;
        this.persons = persons;
    }

    /** With the decision on the case. @param benefits as they were decided */
    void record(Case file, List<DecidedBenefit> benefits, Assessment assessment) {
        List<CaseLines.Line> all = lines.of(file);
        Set<String> granted = new HashSet<>();
        benefits.stream().filter(DecidedBenefit::isGranted).forEach(b -> granted.add(b.code()));
        for (int i = 0; i < assessment.lines().size(); i++)
            for (Benefit benefit : assessment.lines().get(i).benefits())
                if (benefit.verdict() == Verdict.APPROVE && granted.contains(benefit.code()))
                    db.sql(
                                    "insert into decided_lines (case_number, benefit, line, person_key, amount_fen, level) values (?, ?, ?, ?, ?, ?)")
                            .params(
                                    file.number().value(),
                                    benefit.code(),
                                    all.get(i).line(),
                                    persons.key("RESIDENT_ID", all.get(i).number()),
                                    benefit.amountFen(),
                                    benefit.level())
                            .update();
    }

    /** For the decision document: each employee with his number masked, what is granted for him, and why it is not. */
    List<Map<String, Object>> rows(Case file, List<DecidedBenefit> benefits, Assessment assessment) {
        List<CaseLines.Line> all = lines.of(file);
        return IntStream.range(0, assessment.lines().size())
                .mapToObj(i -> row(all.get(i), assessment.lines().get(i), benefits))
                .toList();
    }

    private static Map<String, Object> row(CaseLines.Line line, AssessedLine assessed, List<DecidedBenefit> benefits) {
        Set<String> granted = new HashSet<>();
        benefits.stream().filter(DecidedBenefit::isGranted).forEach(b -> granted.add(b.code()));
        long fen = assessed.benefits().stream()
                .filter(b -> b.verdict() == Verdict.APPROVE && granted.contains(b.code()))
                .mapToLong(Benefit::amountFen)
                .sum();
        return Map.of(
                "line",
                line.line(),
                "name",
                line.name(),
                "number",
                Persons.maskNumber(line.number()),
                "amountFen",
                fen,
                "reasons",
                assessed.benefits().stream()
                        .flatMap(b -> b.reasons().stream())
                        .map(r -> r.message())
                        .distinct()
                        .toList());
    }

    @Override
    public List<EarlierGrant> of(String personKey) {
        return db.sql("""
            select l.benefit, l.amount_fen, l.level, d.governing_date, d.decided_on from decided_lines l
            join decided_benefits d on d.case_number = l.case_number and d.benefit = l.benefit
            where l.person_key = ? and d.outcome = 'granted' and not d.given_up order by d.id, l.line""")
                .param(personKey)
                .query((row, n) -> new EarlierGrant(
                        row.getString("benefit"),
                        row.getLong("amount_fen"),
                        row.getObject("level", Integer.class),
                        null,
                        null,
                        null,
                        row.getObject("governing_date", LocalDate.class),
                        row.getObject("decided_on", LocalDate.class),
                        null,
                        Map.of()))
                .list();
    }
}
