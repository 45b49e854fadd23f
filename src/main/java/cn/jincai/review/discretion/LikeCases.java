package cn.jincai.review.discretion;

import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.Reason;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseAssessments;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.Ties;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Like cases 类案: how the same benefit was decided where the same reasons stood against it, the newest first. Told without names, with number and day only for whom the case is open; so that like
 * is decided alike, and whoever decides otherwise knows it.
 */
@Service
@Transactional(readOnly = true)
public class LikeCases {
    /** So many of each benefit are told. */
    private static final int MOST = 5;

    /** So many of those with one reason in common are looked at. */
    private static final int LOOKED_AT = 100;

    private final JdbcClient db;
    private final CaseFile cases;
    private final CaseAssessments assessments;
    private final Ties ties;

    LikeCases(JdbcClient db, CaseFile cases, CaseAssessments assessments, Ties ties) {
        this.ties = ties;
        this.db = db;
        this.cases = cases;
        this.assessments = assessments;
    }

    /**
     * How one benefit was decided before.
     *
     * @param benefit code
     * @param reasons codes of what stands against it, as in all of these
     * @param more    whether there are more than are told
     */
    public record Alike(String benefit, List<String> reasons, List<Before> before, boolean more) {}

    /**
     * One case decided before.
     *
     * @param number    null where the reader may not open it
     * @param month     of the decision
     * @param decidedOn null where the reader may not open it
     * @param outcome   {@code granted}, {@code refused} or {@code lapsed}
     * @param waived    whether a reason was waived
     * @param amountFen what it granted, in fen
     */
    public record Before(
            @Nullable CaseNumber number,
            YearMonth month,
            @Nullable LocalDate decidedOn,
            String outcome,
            boolean waived,
            @Nullable Integer level,
            long amountFen) {}

    /**
     * What stood against a benefit when it was signed. What stands there only because people refused or granted another benefit was given neither by the rules nor for this one, and is left
     * out.
     *
     * @param assessed without what people said
     * @param waived   codes
     */
    public void decided(
            Case file, String benefit, List<Reason> assessed, List<Reason> reasons, List<String> waived, LocalDate on) {
        Set<String> codes = new TreeSet<>(codes(assessed));
        for (String code : codes(reasons)) if (BY_PEOPLE.contains(code)) codes.add(code);
        for (String code : codes)
            db.sql(
                            "insert into decided_reasons (case_number, benefit, reason, scheme, waived, decided_on) values (?, ?, ?, ?, ?, ?)")
                    .params(file.number().value(), benefit, code, file.scheme(), waived.contains(code), on)
                    .update();
    }

    /** A reason's words without what they compare, which tells of one case alone. */
    public static Text withoutValues(Text message) {
        return new Text(message.zh().replaceAll("\\{\\w+}", "…"), message.en().replaceAll("\\{\\w+}", "…"));
    }

    private static Set<String> codes(List<Reason> reasons) {
        return reasons.stream()
                .filter(r -> r.effect() == Verdict.REJECT || r.effect() == Verdict.MANUAL)
                .map(Reason::code)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of each benefit against which something stands. */
    public List<Alike> of(Actor who, CaseNumber number) {
        Case file = cases.get(number);
        List<Alike> alike = new ArrayList<>();
        for (Benefit benefit : assessments.of(file).benefits()) {
            Set<String> codes = codes(benefit.reasons());
            if (codes.isEmpty()) continue;
            List<Row> rows = untied(who, rows(file, benefit.code(), codes));
            if (rows.isEmpty()) continue;
            Set<CaseNumber> open =
                    cases.open(who, rows.stream().map(Row::number).toList());
            alike.add(new Alike(
                    benefit.code(),
                    List.copyOf(codes),
                    rows.stream()
                            .limit(MOST)
                            .map(row -> row.told(open.contains(row.number)))
                            .toList(),
                    rows.size() > MOST));
        }
        return alike;
    }

    /** Those of people close to the reader, or to which he declared himself tied, don't exist for him. */
    private List<Row> untied(Actor who, List<Row> rows) {
        Set<CaseNumber> tied =
                ties.tied(who.account(), rows.stream().map(Row::number).toList());
        return rows.stream().filter(row -> !tied.contains(row.number)).toList();
    }

    private record Row(
            CaseNumber number,
            LocalDate decidedOn,
            String outcome,
            boolean waived,
            @Nullable Integer level,
            long amountFen,
            Set<String> reasons) {
        Before told(boolean open) {
            return new Before(
                    open ? number : null,
                    YearMonth.from(decidedOn),
                    open ? decidedOn : null,
                    outcome,
                    waived,
                    level,
                    amountFen);
        }
    }

    /** Against which exactly the same reasons stood that the rules gave; what people added beside them is theirs. */
    private List<Row> rows(Case file, String benefit, Set<String> codes) {
        return db
                .sql("""
                select b.case_number, b.decided_on, b.outcome, b.level, b.amount_fen,
                  (select string_agg(r.reason, ',') from decided_reasons r where r.case_number = b.case_number and r.benefit = b.benefit) as reasons,
                  exists (select 1 from decided_reasons r where r.case_number = b.case_number and r.benefit = b.benefit and r.waived = true) as waived
                from (select d.case_number, d.decided_on from decided_reasons d where d.scheme = :scheme and d.benefit = :benefit and d.reason = :reason and d.case_number <> :number
                  order by d.decided_on desc, d.case_number desc limit :most) f
                join decided_benefits b on b.case_number = f.case_number and b.benefit = :benefit
                order by b.decided_on desc, b.case_number desc""")
                .param("scheme", file.scheme())
                .param("benefit", benefit)
                .param("reason", codes.iterator().next())
                .param("number", file.number().value())
                .param("most", LOOKED_AT)
                .query((row, n) -> new Row(
                        new CaseNumber(row.getString("case_number")),
                        row.getObject("decided_on", LocalDate.class),
                        row.getString("outcome"),
                        row.getBoolean("waived"),
                        row.getObject("level", Integer.class),
                        row.getLong("amount_fen"),
                        Set.of(row.getString("reasons").split(","))))
                .list()
                .stream()
                .filter(row -> row.reasons.containsAll(codes)
                        && codes.size()
                                >= row.reasons.stream()
                                        .filter(r -> !BY_PEOPLE.contains(r))
                                        .count())
                .toList();
    }

    /** Reasons that people gave, not the rules (rulebook 2.17). */
    private static final Set<String> BY_PEOPLE = Set.of("PANEL_REFUSED", "NOT_PROVEN", Reason.REVIEW_REFUSED);
}
