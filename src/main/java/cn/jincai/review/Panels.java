package cn.jincai.review;

import cn.jincai.applicant.Accounts;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.filing.Ties;
import cn.jincai.filing.events.Withdrawn;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.TaskRef;
import cn.jincai.review.panel.Candidate;
import cn.jincai.review.panel.Panel;
import cn.jincai.review.panel.PanelDraws;
import cn.jincai.review.panel.PanelRows;
import cn.jincai.review.panel.Seat;
import cn.jincai.staffing.Absences;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Expert panels 专家评审 (rulebook 7.6): five are drawn and assigned; who recuses himself or stays silent is followed by the next one of the draw. The majority of at least three votes decides;
 * a tie or fewer votes goes once more, with others where there are enough, else with those who were silent; votes given stay.
 */
@Service
@Transactional
public class Panels {
    private static final int SEATS = 5, VOTES_NEEDED = 3;

    private final PanelRows rows;
    private final PanelDraws draws;
    private final CaseFile cases;
    private final CaseLifecycle way;
    private final Accounts accounts;
    private final FourEyes fourEyes;
    private final Opinions opinions;
    private final Packages packages;
    private final Ties ties;
    private final Absences absences;
    private final ApplicationEventPublisher events;

    Panels(
            PanelRows rows,
            PanelDraws draws,
            CaseFile cases,
            CaseLifecycle way,
            Accounts accounts,
            FourEyes fourEyes,
            Opinions opinions,
            Packages packages,
            Ties ties,
            Absences absences,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.draws = draws;
        this.cases = cases;
        this.way = way;
        this.accounts = accounts;
        this.fourEyes = fourEyes;
        this.opinions = opinions;
        this.packages = packages;
        this.ties = ties;
        this.absences = absences;
        this.events = events;
    }

    /** Draws the experts of the first round; their accounts, which may be none. */
    public List<String> draw(CaseNumber number, int level) {
        long panel = rows.open(number, level);
        return seat(number, panel, draws.draw(number, panel, 1, SEATS, candidates(number, Set.of())), 1);
    }

    /** A tie, or fewer than three votes: others than before where they are enough to decide, else those who were silent. */
    public List<String> drawAgain(CaseNumber number) {
        Panel panel = rows.current(number);
        List<Seat> seats = rows.seats(panel.id());
        List<Candidate> others =
                candidates(number, seats.stream().map(Seat::account).collect(Collectors.toSet()));
        long given = seats.stream().filter(Seat::hasVoted).count();
        long free = others.stream().filter(Candidate::isEligible).count();
        rows.goesOn(panel.id());
        if (free > 0 && given + free >= VOTES_NEEDED)
            return seat(number, panel.id(), draws.draw(number, panel.id(), 2, SEATS, others), 2);
        List<String> silent = seats.stream()
                .filter(s -> s.isSilent() && s.isHeld())
                .map(Seat::account)
                .toList();
        silent.forEach(account -> rows.again(panel.id(), account));
        return silent;
    }

    /** Every expert, and why one can't be drawn: of another field than the case's where that one is given, he sat in the round before, is away today, or may not act in the case. */
    private List<Candidate> candidates(CaseNumber number, Set<String> seated) {
        List<String> ofField = accounts.experts(cases.get(number).answer("field"));
        Set<String> away = absences.away();
        return accounts.experts(null).stream()
                .map(account -> new Candidate(account, leftOut(number, account, ofField, seated, away)))
                .toList();
    }

    private @Nullable String leftOut(
            CaseNumber number, String account, List<String> ofField, Set<String> seated, Set<String> away) {
        if (!ofField.contains(account)) return Candidate.FIELD;
        if (seated.contains(account)) return Candidate.SEATED;
        if (away.contains(account)) return Candidate.ABSENT;
        return refusal(number, account).map(Problem::code).orElse(null);
    }

    private Optional<Problem> refusal(CaseNumber number, String account) {
        Case file = cases.get(number);
        return fourEyes.refusal(
                accounts.actor(account), new TaskRef("", file.stage().steps().first(Kind.PANEL), number, null, null));
    }

    private List<String> seat(CaseNumber number, long panel, List<String> order, int round) {
        List<String> chosen = order.stream().limit(SEATS).toList();
        for (String account : chosen) {
            rows.seat(panel, account, round, null);
            way.letIn(number, account);
        }
        tell(number, "panel-drawn", Map.of(), chosen.size(), round);
        return chosen;
    }

    /**
     * Whether somebody follows on an expert's seat: he was silent or recused himself, and the draw has another who may act in the case. Once asked, nobody else takes that one before
     * the transaction ends.
     */
    public boolean hasSuccessor(CaseNumber number, String account) {
        Panel panel = rows.current(number);
        rows.hold(panel.id());
        return rows.seat(panel.id(), account)
                .filter(seat -> !seat.hasVoted() && seat.isHeld())
                .flatMap(seat -> next(number, panel, seat))
                .isPresent();
    }

    private Optional<String> next(CaseNumber number, Panel panel, Seat free) {
        Set<String> seated = rows.seats(panel.id()).stream().map(Seat::account).collect(Collectors.toSet());
        return draws.order(number, panel.id(), free.round()).stream()
                .filter(account -> !seated.contains(account))
                .filter(account ->
                        absences.isThere(account) && refusal(number, account).isEmpty())
                .findFirst();
    }

    /**
     * The next one of the draw takes the seat of an expert who was silent or recused himself; both stay on record.
     *
     * @return his account
     * @throws Problem CONFLICT where there is none, or the seat is not free
     */
    public String successor(CaseNumber number, String account) {
        if (!hasSuccessor(number, account)) throw Problem.conflict("review.panel.NO_SUCCESSOR");
        Panel panel = rows.current(number);
        Seat seat = rows.seat(panel.id(), account).orElseThrow();
        String next = next(number, panel, seat).orElseThrow();
        rows.seat(panel.id(), next, seat.round(), account);
        rows.replaced(panel.id(), account);
        way.letOut(number, account);
        way.letIn(number, next);
        tell(
                number,
                seat.isSilent() ? "panel-silent-replaced" : "panel-recused-replaced",
                Map.of("from", account, "to", next));
        return next;
    }

    /** When the experts of the round that runs were asked first. */
    public Instant roundBegan(CaseNumber number) {
        Panel panel = rows.current(number);
        return panel.round() == 1 || panel.decidedAt() == null ? panel.openedAt() : panel.decidedAt();
    }

    void vote(Actor who, TaskRef task, String outcome, TaskFields fields) {
        String words = outcome.equals("recuse") ? fields.opinionRequired() : fields.opinion();
        if (outcome.equals("reject")) words = fields.opinionRequired();
        long panel = rows.current(task.ofCase()).id();
        rows.hold(panel); // first, as whatever fills a seat again does
        if (!rows.vote(panel, who.account(), outcome, words)) throw Problem.conflict("review.panel.DONE_ALREADY");
        opinions.add(task, who, outcome, words, List.of(), List.of(), List.of());
        if (outcome.equals("recuse")) ties.recuse(who, Role.EXPERT, task.ofCase(), words);
    }

    /**
     * Closes a round: all have voted, or its days are over.
     *
     * @return {@code approve}, {@code reject} or {@code undecided}
     */
    public String close(CaseNumber number) {
        Panel panel = rows.current(number);
        List<Seat> seats = rows.seats(panel.id());
        long yes = seats.stream().filter(s -> "approve".equals(s.vote())).count();
        long no = seats.stream().filter(s -> "reject".equals(s.vote())).count();
        String result = yes + no < VOTES_NEEDED || yes == no ? "undecided" : yes > no ? "approve" : "reject";
        rows.close(panel.id(), result);
        if (panel.round() == 1 && result.equals("undecided"))
            tell(number, "panel-goes-on", Map.of()); // who votes once more is not to know how it stood
        else tell(number, "panel-closed", Map.of(), Text.of("review.panel." + result), yes, no);
        return result;
    }

    /** What is no longer applied for is no longer voted on; the votes given stay on record. */
    @EventListener
    void withdrawn(Withdrawn event) {
        Opinions.last(rows.panels(event.number()))
                .filter(Panel::isVoting)
                .ifPresent(panel -> rows.close(panel.id(), Panel.ENDED));
    }

    /** A panel is not asked again about a level that one has dealt with, or about a worse one (1 is the best). */
    boolean hasDealtWith(CaseNumber number, int level) {
        return rows.panels(number).stream().anyMatch(p -> p.hasCounted() && p.level() <= level);
    }

    /** When the last panel ended without a majority; empty where it had one, or there was none. */
    Optional<Instant> undecidedAt(CaseNumber number) {
        return Opinions.last(rows.panels(number))
                .filter(p -> "undecided".equals(p.result()))
                .map(Panel::decidedAt);
    }

    /** A refused level takes with it every level that needs a panel; one that needs none is left (rulebook 7.6). */
    Set<Integer> refusedLevels(CaseNumber number) {
        boolean refused = Opinions.last(rows.panels(number))
                .map(p -> "reject".equals(p.result()))
                .orElse(false);
        return refused
                ? Set.copyOf(packages.byHash(cases.get(number).packageHash())
                        .catalogue()
                        .panelLevels())
                : Set.of();
    }

    private void tell(CaseNumber number, String kind, Map<String, String> details, Object... values) {
        events.publishEvent(new CaseEvent(
                number,
                kind,
                "expert-panel",
                Text.of("review.event." + kind, values),
                Actor.SYSTEM,
                null,
                Audience.OFFICERS,
                details));
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
