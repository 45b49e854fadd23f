package cn.jincai.review;

import cn.jincai.filing.CaseFacts;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What was decided in a month, and what about each decision is apt to go wrong: there people went beside the rules, or took a word for a document. */
@Service
public class DecisionsOfMonth {
    private static final Map<RiskPattern, String> CASES = Map.of(
            RiskPattern.WAIVED, "select case_number from opinions where waived <> '[]'",
            RiskPattern.REFUSED_BY_PEOPLE, "select case_number from opinions where refused <> '[]'",
            RiskPattern.RECORDED, "select case_number from case_facts where source = '" + CaseFacts.OFFICER + "'",
            RiskPattern.PROMISED, "select case_number from cases where promises <> '[]'",
            RiskPattern.OBJECTED_TO, "select case_number from objections");

    private final JdbcClient db;
    private final CaseFile cases;
    private final FourEyes fourEyes;
    private final CaseLifecycle way;

    DecisionsOfMonth(JdbcClient db, CaseFile cases, FourEyes fourEyes, CaseLifecycle way) {
        this.db = db;
        this.cases = cases;
        this.fourEyes = fourEyes;
        this.way = way;
    }

    /** By their number. */
    public SortedMap<CaseNumber, Set<RiskPattern>> of(YearMonth month) {
        SortedMap<CaseNumber, Set<RiskPattern>> decided = new TreeMap<>(Comparator.comparing(CaseNumber::value));
        for (CaseNumber number : numbers("", month)) decided.put(number, EnumSet.noneOf(RiskPattern.class));
        CASES.forEach((pattern, with) -> {
            for (CaseNumber number : numbers(" and case_number in (" + with + ")", month))
                decided.computeIfAbsent(number, n -> EnumSet.noneOf(RiskPattern.class))
                        .add(pattern);
        });
        return decided;
    }

    private List<CaseNumber> numbers(String only, YearMonth month) {
        return db.sql("select case_number from decisions where decided_on between ? and ?" + only)
                .params(month.atDay(1), month.atEndOfMonth())
                .query((row, n) -> new CaseNumber(row.getString(1)))
                .list();
    }

    /** In which something was decided, the oldest first. */
    public List<YearMonth> months() {
        return db.sql(
                        "select distinct extract(year from decided_on), extract(month from decided_on) from decisions order by 1, 2")
                .query((row, n) -> YearMonth.of(row.getInt(1), row.getInt(2)))
                .list();
    }

    /**
     * Nobody looks once more at what he had a part in.
     *
     * @throws Problem FORBIDDEN for whoever said or decided anything in the case, and for whom it concerns
     */
    public void mustHaveNoPartIn(Actor who, CaseNumber number) {
        mustNotBeConcerned(who, number);
        boolean acted = db.sql("""
            select (select count(*) from opinions where case_number = :number and account = :account)
              + (select count(*) from deciding_acts where case_number = :number and account = :account)
              + (select count(*) from decisions where case_number = :number and signed_by = :account) > 0""")
                .param("number", number.value())
                .param("account", who.account())
                .query(Boolean.class)
                .single();
        if (acted) throw Problem.forbidden("review.HAD_A_PART");
    }

    /** @throws Problem FORBIDDEN for whom the case concerns */
    public void mustNotBeConcerned(Actor who, CaseNumber number) {
        fourEyes.mustNotBeConcerned(who, cases.get(number));
    }

    /** Whoever looks once more has to see the file, though no step of the case was his role's. @param rights of the roles by which he does */
    public void letIn(Actor who, Role rights, CaseNumber number) {
        letIn(
                number,
                who.roles().stream()
                        .filter(role -> role.rights().equals(rights))
                        .collect(Collectors.toSet()));
    }

    public void letInLeaders(CaseNumber number) {
        letIn(number, Set.of(Role.LEADER));
    }

    private void letIn(CaseNumber number, Set<Role> roles) {
        if (cases.get(number).isClosed()) way.letInAgain(number, roles);
        else roles.forEach(role -> way.letIn(number, role));
    }
}
