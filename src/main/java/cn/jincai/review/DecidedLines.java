package cn.jincai.review;

import cn.jincai.applicant.Persons;
import cn.jincai.assessment.AssessedLine;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.Reason;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseLines;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Text;
import cn.jincai.planning.EarlierGrant;
import cn.jincai.planning.GrantRecords;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was decided for the employees of rosters: a record of each grant, whoever handed him in, the grounds of each line that people refused, and a line each in the decision. */
@Component
class DecidedLines implements GrantRecords {
    private static final String LINE = "line-";

    private final JdbcClient db;
    private final CaseLines lines;
    private final Persons persons;
    private final Vault vault;
    private final JsonColumns json;

    DecidedLines(JdbcClient db, CaseLines lines, Persons persons, Vault vault, JsonColumns json) {
        this.db = db;
        this.lines = lines;
        this.persons = persons;
        this.vault = vault;
        this.json = json;
    }

    /** The lines that people refused, as the signing form names them beside benefits; one that the rules refuse as well is the rules'. */
    static Set<String> refused(Assessment assessment) {
        Set<String> refused = new LinkedHashSet<>();
        for (AssessedLine line : assessment.lines()) if (isRefusedByPeople(line)) refused.add(LINE + line.id());
        return refused;
    }

    private static boolean isRefusedByPeople(AssessedLine line) {
        return line.benefits().stream()
                .anyMatch(b -> b.reasons().stream().anyMatch(r -> r.code().equals(Reason.REVIEW_REFUSED)));
    }

    /** What the signing form calls them. */
    List<Choice> names(Case file, Set<String> decided) {
        return lines.of(file).stream()
                .filter(line -> decided.contains(LINE + line.line()))
                .map(line -> new Choice(LINE + line.line(), Text.of("review.lines.line", line.line(), line.name())))
                .toList();
    }

    /**
     * With the decision on the case.
     *
     * @param benefits   as they were decided
     * @param assessment with what people said
     * @param grounds    by {@link #refused line}
     */
    void record(Case file, List<DecidedBenefit> benefits, Assessment assessment, Map<String, String> grounds) {
        List<CaseLines.Line> all = lines.of(file);
        for (DecidedBenefit benefit : benefits) {
            List<Long> shares = LineShares.of(benefit, assessment.lines());
            for (int i = 0; i < shares.size(); i++) {
                Optional<Benefit> granted =
                        LineShares.granted(benefit, assessment.lines().get(i));
                if (granted.isEmpty()) continue;
                db.sql(
                                "insert into decided_lines (case_number, benefit, line, person_key, amount_fen, level) values (?, ?, ?, ?, ?, ?)")
                        .params(
                                file.number().value(),
                                benefit.code(),
                                all.get(i).line(),
                                persons.key("RESIDENT_ID", all.get(i).number()),
                                shares.get(i),
                                granted.get().level())
                        .update();
            }
        }
        for (CaseLines.Line line : all)
            if (grounds.containsKey(LINE + line.line()))
                db.sql("insert into refused_lines (case_number, line, sealed_grounds) values (?, ?, ?)")
                        .params(
                                file.number().value(),
                                line.line(),
                                vault.seal(
                                        ReviewSeals.LINE_GROUNDS,
                                        grounds.get(LINE + line.line()),
                                        file.number(),
                                        line.line()))
                        .update();
    }

    /** For the decision document: each employee with his number masked, what is granted for him, and why it is not. */
    List<Map<String, Object>> rows(
            Case file, List<DecidedBenefit> benefits, Assessment assessment, Map<String, String> grounds) {
        List<CaseLines.Line> all = lines.of(file);
        List<List<Long>> shares =
                benefits.stream().map(b -> LineShares.of(b, assessment.lines())).toList();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < assessment.lines().size(); i++) {
            int line = i;
            rows.add(row(
                    all.get(i),
                    shares.stream().mapToLong(ofBenefit -> ofBenefit.get(line)).sum(),
                    assessment.lines().get(i),
                    grounds));
        }
        return rows;
    }

    private static Map<String, Object> row(
            CaseLines.Line line, long fen, AssessedLine assessed, Map<String, String> grounds) {
        Stream<Text> reasons = assessed.benefits().stream()
                .flatMap(b -> b.reasons().stream())
                .map(Reason::message)
                .distinct();
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
                Stream.concat(
                                reasons,
                                Stream.ofNullable(grounds.get(LINE + line.line()))
                                        .map(Text::same))
                        .toList());
    }

    /** What was decided of one line: fen by benefit, and the grounds on which people refused it. */
    record OfLine(
            boolean decided,
            Map<String, Long> granted,
            @Nullable String grounds) {}

    OfLine of(CaseNumber number, int line) {
        Map<String, Long> granted = new LinkedHashMap<>();
        db.sql("select benefit, amount_fen from decided_lines where case_number = ? and line = ? order by benefit")
                .params(number.value(), line)
                .query(row -> {
                    granted.put(row.getString("benefit"), row.getLong("amount_fen"));
                });
        return new OfLine(
                db.sql("select count(*) > 0 from decisions where case_number = ?")
                        .param(number.value())
                        .query(Boolean.class)
                        .single(),
                granted,
                db.sql("select sealed_grounds from refused_lines where case_number = ? and line = ?")
                        .params(number.value(), line)
                        .query((row, n) -> Optional.ofNullable(
                                vault.open(ReviewSeals.LINE_GROUNDS, Sealed.in(row, "sealed_grounds"), number, line)))
                        .optional()
                        .flatMap(words -> words)
                        .orElse(null));
    }

    @Override
    public List<EarlierGrant> of(String personKey) {
        return db.sql("""
            select l.benefit, l.case_number, l.amount_fen, l.level, d.governing_date, d.decided_on, d.sealed_facts from decided_lines l
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
                        claim(row)))
                .list();
    }

    /** What tells one grant for him from another is the claim's: its quarter, its employer. */
    private Map<String, Object> claim(ResultSet row) throws SQLException {
        return json.read(
                vault.open(
                        ReviewSeals.DECIDED_FACTS,
                        Sealed.always(row, "sealed_facts"),
                        row.getString("case_number"),
                        row.getString("benefit")),
                new TypeReference<>() {});
    }
}
