package cn.jincai.review;

import cn.jincai.applicant.Accounts;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.filing.Ties;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.TaskRef;
import cn.jincai.vault.Vault;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Expert panels 专家评审 (rulebook 7.6): five are drawn and assigned, less those who recuse themselves. The majority of at least three votes decides;
 * a tie or fewer votes goes once more, with others where there are enough, else with those who were silent; votes given stay.
 */
@Service
@Transactional
public class Panels {
    private static final int SEATS = 5, VOTES_NEEDED = 3;

    private final JdbcClient db;
    private final CaseFile cases;
    private final CaseLifecycle way;
    private final Accounts accounts;
    private final FourEyes fourEyes;
    private final Opinions opinions;
    private final Packages packages;
    private final Ties ties;
    private final Vault vault;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final SecureRandom lots = new SecureRandom();

    Panels(
            JdbcClient db,
            CaseFile cases,
            CaseLifecycle way,
            Accounts accounts,
            FourEyes fourEyes,
            Opinions opinions,
            Packages packages,
            Ties ties,
            Vault vault,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.db = db;
        this.cases = cases;
        this.way = way;
        this.accounts = accounts;
        this.fourEyes = fourEyes;
        this.opinions = opinions;
        this.packages = packages;
        this.ties = ties;
        this.vault = vault;
        this.clock = clock;
        this.events = events;
    }

    /** Draws the experts of the first round; their accounts, which may be none. */
    public List<String> draw(CaseNumber number, int level) {
        db.sql("insert into panels (case_number, level, opened_at) values (?, ?, ?)")
                .params(number.value(), level, clock.timestamp())
                .update();
        return seat(number, free(number, Set.of()), SEATS, 1);
    }

    /** A tie, or fewer than three votes: others than before where they are enough to decide, else those who were silent. */
    public List<String> drawAgain(CaseNumber number) {
        Panel panel = current(number);
        Set<String> seated =
                new HashSet<>(seats(panel).stream().map(Seat::account).toList());
        List<String> others = free(number, seated);
        int given = (int) seats(panel).stream().filter(Seat::hasVoted).count();
        db.sql("update panels set round = 2 where id = ?").param(panel.id).update();
        if (given + others.size() >= VOTES_NEEDED && !others.isEmpty()) return seat(number, others, SEATS, 2);
        List<String> silent = seats(panel).stream()
                .filter(s -> s.vote == null)
                .map(Seat::account)
                .toList();
        silent.forEach(a -> db.sql("update panel_seats set round = 2 where panel_id = ? and account = ?")
                .params(panel.id, a)
                .update());
        return silent;
    }

    private List<String> free(CaseNumber number, Set<String> not) {
        Case file = cases.get(number);
        TaskRef seat = new TaskRef("", file.stage().steps().first(Kind.PANEL), number, null, null);
        List<String> all = accounts.experts(file.answer("field")).stream()
                .filter(a -> !not.contains(a))
                .filter(a -> fourEyes.mayActSilently(accounts.actor(a), seat))
                .toList();
        List<String> drawn = new ArrayList<>(all);
        Collections.shuffle(drawn, lots);
        return drawn;
    }

    private List<String> seat(CaseNumber number, List<String> drawn, int most, int round) {
        Panel panel = current(number);
        List<String> chosen = drawn.stream().limit(most).toList();
        for (String account : chosen) {
            db.sql("insert into panel_seats (panel_id, account, round) values (?, ?, ?)")
                    .params(panel.id, account, round)
                    .update();
            way.letIn(number, account);
        }
        tell(number, "panel-drawn", chosen.size(), round);
        return chosen;
    }

    void vote(Actor who, TaskRef task, String outcome, TaskFields fields) {
        String words = outcome.equals("recuse") ? fields.opinionRequired() : fields.opinion();
        if (outcome.equals("reject")) words = fields.opinionRequired();
        long panel = current(task.ofCase()).id;
        int rows = db.sql(
                        "update panel_seats set vote = ?, sealed_words = ?, at = ? where panel_id = ? and account = ? and vote is null")
                .params(
                        outcome,
                        vault.seal(ReviewSeals.VOTE, words, panel, who.account()),
                        clock.timestamp(),
                        panel,
                        who.account())
                .update();
        if (rows == 0) throw Problem.conflict("review.panel.DONE_ALREADY");
        opinions.add(task, who, outcome, words, List.of(), List.of(), List.of());
        if (outcome.equals("recuse")) ties.recuse(who, Role.EXPERT, task.ofCase(), words);
    }

    /**
     * Closes a round: all have voted, or its days are over.
     *
     * @return {@code approve}, {@code reject} or {@code undecided}
     */
    public String close(CaseNumber number) {
        Panel panel = current(number);
        long yes = seats(panel).stream().filter(s -> "approve".equals(s.vote)).count();
        long no = seats(panel).stream().filter(s -> "reject".equals(s.vote)).count();
        String result = yes + no < VOTES_NEEDED || yes == no ? "undecided" : yes > no ? "approve" : "reject";
        db.sql("update panels set result = ?, decided_at = ? where id = ?")
                .params(result, clock.timestamp(), panel.id)
                .update();
        tell(number, "panel-closed", Text.of("review.panel." + result), yes, no);
        return result;
    }

    /** A panel is not asked again about a level that one has dealt with, or about a worse one (1 is the best). */
    boolean hasDealtWith(CaseNumber number, int level) {
        return panels(number).stream().anyMatch(p -> p.result != null && p.level <= level);
    }

    /** When the last panel ended without a majority; empty where it had one, or there was none. */
    Optional<Instant> undecidedAt(CaseNumber number) {
        return Opinions.last(panels(number))
                .filter(p -> "undecided".equals(p.result))
                .map(p -> p.decidedAt.toInstant());
    }

    /** A refused level takes with it every level that needs a panel; one that needs none is left (rulebook 7.6). */
    Set<Integer> refusedLevels(CaseNumber number) {
        boolean refused = Opinions.last(panels(number))
                .map(p -> "reject".equals(p.result))
                .orElse(false);
        return refused
                ? Set.copyOf(packages.byHash(cases.get(number).packageHash())
                        .catalogue()
                        .panelLevels())
                : Set.of();
    }

    private Panel current(CaseNumber number) {
        return Opinions.last(panels(number)).orElseThrow(Problem::notFound);
    }

    private List<Panel> panels(CaseNumber number) {
        return db.sql("select id, level, round, result, decided_at from panels where case_number = ? order by id")
                .param(number.value())
                .query(Panel.class)
                .list();
    }

    private List<Seat> seats(Panel panel) {
        return db.sql("select account, round, vote from panel_seats where panel_id = ? order by round, account")
                .param(panel.id)
                .query(Seat.class)
                .list();
    }

    private record Panel(long id, int level, int round, String result, OffsetDateTime decidedAt) {}

    private record Seat(String account, int round, String vote) {
        boolean hasVoted() {
            return Objects.equals(vote, "approve") || Objects.equals(vote, "reject");
        }
    }

    private void tell(CaseNumber number, String kind, Object... values) {
        events.publishEvent(new CaseEvent(
                number,
                kind,
                "expert-panel",
                Text.of("review.event." + kind, values),
                Actor.SYSTEM,
                null,
                Audience.OFFICERS,
                Map.of()));
    }

    /** The level that the panel is to look at: the best one granted that needs one. */
    static Optional<Integer> levelOf(List<DecidedBenefit> standing, List<Integer> needs) {
        return standing.stream()
                .filter(DecidedBenefit::isGranted)
                .map(DecidedBenefit::level)
                .filter(l -> l != null && needs.contains(l))
                .min(Integer::compare);
    }
}
