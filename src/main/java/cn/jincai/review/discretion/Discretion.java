package cn.jincai.review.discretion;

import cn.jincai.filing.CaseFile;
import cn.jincai.filing.Ties;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.Steps;
import cn.jincai.review.OpenTasks;
import cn.jincai.review.discretion.Overrides.Kept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** For supervisors: who decided beside the assessment how often and why, and how reviewers agree with those who came after them. Cases that are shut to the reader count for nothing. */
@Service
@Transactional(readOnly = true)
public class Discretion {
    /** Overrides of so many months are told. */
    public static final int MONTHS = 12;

    /** So many of the newest reviews are looked at, and so many overrides told one by one. */
    public static final int LAST = 2000;

    private final JdbcClient db;
    private final Overrides overrides;
    private final CaseFile cases;
    private final OpenTasks tasks;
    private final Ties ties;
    private final CityClock clock;

    Discretion(JdbcClient db, Overrides overrides, CaseFile cases, OpenTasks tasks, Ties ties, CityClock clock) {
        this.tasks = tasks;
        this.ties = ties;
        this.db = db;
        this.overrides = overrides;
        this.cases = cases;
        this.clock = clock;
    }

    /** How often one person did one kind for one kind of reason. @param reason null where the form had no list yet */
    public record Count(
            String account, Overrides.Kind kind, @Nullable String reason, long count) {}

    /** By person, the most first. */
    public List<Count> counts(Actor who) {
        return overrides.counts(since(), shut(who));
    }

    /** Those behind a count, the newest first, at most {@link #LAST}. @param reason empty where the form had no list yet */
    public List<Kept> behind(Actor who, String account, String kind, String reason) {
        return overrides.since(since(), shut(who), account, kind, reason, LAST);
    }

    private Instant since() {
        return clock.today().minusMonths(MONTHS).atStartOfDay(CityClock.ZONE).toInstant();
    }

    private Overrides.Shut shut(Actor who) {
        return new Overrides.Shut(who.account(), tasks.shut(who), ties.isBoundToDistricts(who.account()));
    }

    /**
     * What became of the reviews of one person.
     *
     * @param reviews      that others looked at after him
     * @param agreed       of these, with the same outcome for each benefit
     * @param panels       that judged after he approved
     * @param panelsAgreed of these, without refusing
     * @param objections   to cases that he had approved, answered by now
     * @param upheld       of these, upheld
     */
    public record Agreement(
            String account, long reviews, long agreed, long panels, long panelsAgreed, long objections, long upheld) {}

    private record Review(
            String account,
            CaseNumber number,
            boolean approved,
            @Nullable Boolean same,
            Instant at) {}

    private record Outcome(String code, Instant at) {}

    /** Of the newest {@link #LAST} reviews, by account. */
    public List<Agreement> agreement(Actor who) {
        List<Review> reviews = reviews();
        Set<CaseNumber> shut =
                cases.shut(who, reviews.stream().map(Review::number).collect(Collectors.toSet()));
        reviews = reviews.stream().filter(r -> !shut.contains(r.number)).toList();
        Map<CaseNumber, List<Outcome>> panels = panels(reviews), objections = objections(reviews);
        Map<String, List<Review>> byAccount =
                reviews.stream().collect(Collectors.groupingBy(Review::account, TreeMap::new, Collectors.toList()));
        List<Agreement> told = new ArrayList<>();
        byAccount.forEach((account, his) -> {
            List<String> judged = after(his, panels), objected = after(his, objections);
            told.add(new Agreement(
                    account,
                    his.stream().filter(r -> r.same != null).count(),
                    his.stream().filter(r -> Boolean.TRUE.equals(r.same)).count(),
                    judged.size(),
                    judged.stream().filter(result -> !result.equals("reject")).count(),
                    objected.size(),
                    objected.stream()
                            .filter(outcome -> outcome.equals("uphold"))
                            .count()));
        });
        return told;
    }

    /** What came after he first approved each case; what came before it he knew. */
    private static List<String> after(List<Review> his, Map<CaseNumber, List<Outcome>> outcomes) {
        return his.stream()
                .filter(Review::approved)
                .collect(
                        Collectors.toMap(Review::number, Review::at, (one, other) -> one.isBefore(other) ? one : other))
                .entrySet()
                .stream()
                .flatMap(first -> outcomes.getOrDefault(first.getKey(), List.of()).stream()
                        .filter(outcome -> !outcome.at.isBefore(first.getValue())))
                .map(Outcome::code)
                .toList();
    }

    /** Each with whether the next review at another step came to the same; a return says nothing. */
    private List<Review> reviews() {
        List<String> steps = Steps.shared().keys(Kind.REVIEWS);
        return db.sql("""
            select o.account, o.case_number, o.outcome, o.result, o.at,
              (select n.result from opinions n where n.case_number = o.case_number and n.id > o.id and n.step in (:steps) and n.step <> o.step and n.outcome <> 'return'
                order by n.id limit 1) as next_result
            from opinions o where o.step in (:steps) and o.outcome <> 'return' order by o.id desc limit :most""")
                .param("steps", steps)
                .param("most", LAST)
                .query((row, n) -> {
                    String next = row.getString("next_result");
                    return new Review(
                            row.getString("account"),
                            new CaseNumber(row.getString("case_number")),
                            row.getString("outcome").equals("approve"),
                            next == null ? null : next.equals(row.getString("result")),
                            Instants.always(row, "at"));
                })
                .list();
    }

    private Map<CaseNumber, List<Outcome>> panels(List<Review> reviews) {
        return outcomes(
                "select case_number, result as outcome, decided_at as at from panels where result in ('approve', 'reject') and case_number in (:numbers)",
                reviews);
    }

    private Map<CaseNumber, List<Outcome>> objections(List<Review> reviews) {
        return outcomes(
                "select case_number, outcome, answered_at as at from objections where outcome is not null and case_number in (:numbers)",
                reviews);
    }

    private Map<CaseNumber, List<Outcome>> outcomes(String sql, List<Review> reviews) {
        Map<CaseNumber, List<Outcome>> outcomes = new HashMap<>();
        if (reviews.isEmpty()) return outcomes;
        db.sql(sql)
                .param(
                        "numbers",
                        reviews.stream().map(r -> r.number.value()).distinct().toList())
                .query((row, n) -> Map.entry(
                        new CaseNumber(row.getString("case_number")),
                        new Outcome(row.getString("outcome"), Instants.always(row, "at"))))
                .list()
                .forEach(e -> outcomes.computeIfAbsent(e.getKey(), number -> new ArrayList<>())
                        .add(e.getValue()));
        return outcomes;
    }
}
