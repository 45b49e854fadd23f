package cn.jincai.review.panel;

import cn.jincai.audit.AuditEntry;
import cn.jincai.audit.AuditLog;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Draw;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Sha256;
import cn.jincai.kernel.Text;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Experts are drawn by lot (decision 200): the seed is the hash of the record's last entry before the draw, the lot of an expert the SHA-256 of seed, case, round and account. Seed, pool
 * and order are kept, so that whoever has the record draws the same again.
 */
@Service
@Transactional
public class PanelDraws {
    private final JdbcClient db;
    private final AuditLog record;
    private final PanelRows panels;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    PanelDraws(JdbcClient db, AuditLog record, PanelRows panels, CityClock clock, ApplicationEventPublisher events) {
        this.db = db;
        this.record = record;
        this.panels = panels;
        this.clock = clock;
        this.events = events;
    }

    /**
     * @param all   every expert, those left out with the reason
     * @param seats how many are wanted
     * @return those of the pool in the order in which they take seats; the first ones do at once
     */
    public List<String> draw(CaseNumber number, long panel, int round, int seats, List<Candidate> all) {
        AuditEntry last = record.lastBefore(clock.instant()).orElse(null);
        String seed = last == null ? AuditEntry.START : last.hash();
        long entry = last == null ? 0 : last.seq();
        String hash = hash(all);
        db.sql(
                        "insert into panel_draws (panel_id, round, seed, seed_entry, seats, pool_hash, drawn_at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(panel, round, seed, entry, seats, hash, clock.timestamp())
                .update();
        for (Candidate one : all)
            db.sql("insert into panel_candidates (panel_id, round, account, left_out) values (?, ?, ?, ?)")
                    .params(panel, round, one.account(), one.leftOut())
                    .update();
        List<String> order = order(seed, number, round, all);
        events.publishEvent(new CaseEvent(
                number,
                "panel-seeded",
                "expert-panel",
                Text.of("review.event.panel-seeded", round),
                Actor.SYSTEM,
                null,
                Audience.AUDITORS,
                Map.of(
                        "round",
                        String.valueOf(round),
                        "seed",
                        seed,
                        "pool",
                        hash,
                        "drawn",
                        String.join(" ", order.stream().limit(seats).toList()))));
        return order;
    }

    private static List<String> order(String seed, CaseNumber number, int round, List<Candidate> all) {
        List<String> pool = all.stream()
                .filter(Candidate::isEligible)
                .map(Candidate::account)
                .toList();
        return lots(seed, number, round).of(pool, pool.size());
    }

    private static Draw lots(String seed, CaseNumber number, int round) {
        return new Draw(seed + " " + number + " " + round);
    }

    /** The whole order of a round, in which seats are filled again as well; empty where nobody was drawn in it. */
    @Transactional(readOnly = true)
    public List<String> order(CaseNumber number, long panel, int round) {
        return draws(panel).stream()
                .filter(d -> d.round() == round)
                .findFirst()
                .map(d -> order(d.seed(), number, round, candidates(panel, round)))
                .orElse(List.of());
    }

    /**
     * What comes out when it is drawn again from what is kept.
     *
     * @param seed  the record has that entry with that hash, made before the draw
     * @param pool  the list of experts is the one of then, as the record has it
     * @param drawn the same experts were seated, and followed one another on seats in the same order
     */
    public record Again(boolean seed, boolean pool, boolean drawn) {
        public boolean isSame() {
            return seed && pool && drawn;
        }
    }

    /**
     * @param lot    SHA-256 by which the order goes, empty for one who was left out
     * @param seated he was given a seat by it
     */
    public record Lot(Candidate candidate, String lot, boolean seated) {}

    /** @param lots in the order drawn; behind them those who were left out */
    public record Shown(PanelDraw draw, List<Lot> lots, Again again) {}

    /** Of all panels of a case, as they were drawn. */
    @Transactional(readOnly = true)
    public List<Shown> of(CaseNumber number) {
        return panels.panels(number).stream()
                .flatMap(panel -> draws(panel.id()).stream())
                .map(draw -> shown(number, draw))
                .toList();
    }

    private Shown shown(CaseNumber number, PanelDraw draw) {
        List<Candidate> all = candidates(draw.panelId(), draw.round());
        List<Seat> seats = seats(draw);
        Draw lots = lots(draw.seed(), number, draw.round());
        List<Lot> shown = all.stream()
                .map(c -> new Lot(
                        c,
                        c.isEligible() ? lots.lot(c.account()) : "",
                        c.isEligible()
                                && seats.stream().anyMatch(s -> s.account().equals(c.account()))))
                .sorted(Comparator.comparing((Lot l) -> !l.candidate().isEligible())
                        .thenComparing(Lot::lot)
                        .thenComparing(l -> l.candidate().account()))
                .toList();
        return new Shown(
                draw,
                shown,
                new Again(seedIsOnRecord(draw), poolIsOnRecord(number, draw, all), isSame(draw, all, seats, number)));
    }

    /** Those filled by this draw. Where the second round drew nobody, the silent of the first one sit in it again. */
    private List<Seat> seats(PanelDraw draw) {
        boolean twice = draws(draw.panelId()).size() > 1;
        return panels.seats(draw.panelId()).stream()
                .filter(s -> !twice || s.round() == draw.round())
                .toList();
    }

    private boolean seedIsOnRecord(PanelDraw draw) {
        return draw.seedEntry() == 0
                ? draw.seed().equals(AuditEntry.START)
                : record.entry(draw.seedEntry())
                        .filter(e -> e.hash().equals(draw.seed()) && e.at().isBefore(draw.drawnAt()))
                        .isPresent();
    }

    private boolean poolIsOnRecord(CaseNumber number, PanelDraw draw, List<Candidate> all) {
        return hash(all).equals(draw.poolHash())
                && record
                        .search(new AuditLog.Search(number.value(), null, "panel-seeded", null, null), 0, 100)
                        .entries()
                        .stream()
                        .anyMatch(e -> draw.poolHash().equals(e.details().get("pool"))
                                && draw.seed().equals(e.details().get("seed")));
    }

    /** Whoever could not act any more when a seat became free was passed over, so that those who followed stand in the order, perhaps with gaps. */
    private static boolean isSame(PanelDraw draw, List<Candidate> all, List<Seat> seats, CaseNumber number) {
        List<String> order = order(draw.seed(), number, draw.round(), all);
        List<String> first = seats.stream()
                .filter(s -> s.replaces() == null)
                .map(Seat::account)
                .sorted()
                .toList();
        List<Integer> followed = seats.stream()
                .filter(s -> s.replaces() != null)
                .map(s -> order.indexOf(s.account()))
                .toList();
        return first.equals(order.stream().limit(draw.seats()).sorted().toList())
                && followed.stream().allMatch(place -> place >= draw.seats());
    }

    /** The experts of a draw, a line each: account, a blank, why one was left out. */
    public static String pool(List<Candidate> all) {
        return all.stream()
                .sorted(Comparator.comparing(Candidate::account))
                .map(c -> (c.account() + " " + (c.leftOut() == null ? "" : c.leftOut())).stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    private static String hash(List<Candidate> all) {
        return Sha256.of(pool(all).getBytes(StandardCharsets.UTF_8));
    }

    private List<PanelDraw> draws(long panel) {
        return db.sql("select * from panel_draws where panel_id = ? order by round")
                .param(panel)
                .query((row, n) -> new PanelDraw(
                        panel,
                        row.getInt("round"),
                        row.getString("seed"),
                        row.getLong("seed_entry"),
                        row.getInt("seats"),
                        row.getString("pool_hash"),
                        Instants.always(row, "drawn_at")))
                .list();
    }

    private List<Candidate> candidates(long panel, int round) {
        return db.sql(
                        "select account, left_out from panel_candidates where panel_id = ? and round = ? order by account")
                .params(panel, round)
                .query(Candidate.class)
                .list();
    }
}
