package cn.jincai.review.panel;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The tables of panels and their seats. */
@Repository
public class PanelRows {
    private final JdbcClient db;
    private final Vault vault;
    private final CityClock clock;

    PanelRows(JdbcClient db, Vault vault, CityClock clock) {
        this.db = db;
        this.vault = vault;
        this.clock = clock;
    }

    /** @return its id */
    public long open(CaseNumber number, int level) {
        var key = new GeneratedKeyHolder();
        db.sql("insert into panels (case_number, level, opened_at) values (?, ?, ?)")
                .params(number.value(), level, clock.timestamp())
                .update(key, "id");
        return key.getKeyAs(Number.class).longValue();
    }

    /** In the order in which they were opened. */
    public List<Panel> panels(CaseNumber number) {
        return db.sql("select * from panels where case_number = ? order by id")
                .param(number.value())
                .query((row, n) -> new Panel(
                        row.getLong("id"),
                        row.getInt("level"),
                        row.getInt("round"),
                        Instants.always(row, "opened_at"),
                        row.getString("result"),
                        Instants.in(row, "decided_at")))
                .list();
    }

    /** @throws Problem NOT_FOUND where the case has none */
    public Panel current(CaseNumber number) {
        List<Panel> all = panels(number);
        if (all.isEmpty()) throw Problem.notFound();
        return all.get(all.size() - 1);
    }

    /** Until the transaction ends: two seats are not given to the same expert. */
    public void hold(long panel) {
        db.sql("select id from panels where id = ? for update")
                .param(panel)
                .query(Long.class)
                .single();
    }

    /** It votes once more, and has no result until then. */
    public void goesOn(long panel) {
        db.sql("update panels set round = 2, result = null where id = ?")
                .param(panel)
                .update();
    }

    public void close(long panel, String result) {
        db.sql("update panels set result = ?, decided_at = ? where id = ?")
                .params(result, clock.timestamp(), panel)
                .update();
    }

    /** By round, and within it as they were seated. */
    public List<Seat> seats(long panel) {
        return db
                .sql("select * from panel_seats where panel_id = ? order by round, seated_at, account")
                .param(panel)
                .query(PanelRows::row)
                .list()
                .stream()
                .map(row -> new Seat(
                        row.seat.account(),
                        row.seat.round(),
                        row.seat.vote(),
                        vault.open(PanelSeals.VOTE, row.words, panel, row.seat.account()),
                        row.seat.votedAt(),
                        row.seat.replaces(),
                        row.seat.seatedAt(),
                        row.seat.replacedAt()))
                .toList();
    }

    private record Row(Seat seat, @Nullable Sealed words) {}

    private static Row row(ResultSet row, int n) throws SQLException {
        return new Row(
                new Seat(
                        row.getString("account"),
                        row.getInt("round"),
                        row.getString("vote"),
                        null,
                        Instants.in(row, "at"),
                        row.getString("replaces"),
                        Instants.in(row, "seated_at"),
                        Instants.in(row, "replaced_at")),
                Sealed.in(row, "sealed_words"));
    }

    public Optional<Seat> seat(long panel, String account) {
        return seats(panel).stream().filter(s -> s.account().equals(account)).findFirst();
    }

    /** @param replaces whom he follows, null for one of those drawn first */
    public void seat(long panel, String account, int round, @Nullable String replaces) {
        db.sql("insert into panel_seats (panel_id, account, round, replaces, seated_at) values (?, ?, ?, ?, ?)")
                .params(panel, account, round, replaces, clock.timestamp())
                .update();
    }

    /** Another has his seat; he had not voted. */
    public void replaced(long panel, String account) {
        db.sql("update panel_seats set replaced_at = ? where panel_id = ? and account = ? and vote is null")
                .params(clock.timestamp(), panel, account)
                .update();
    }

    /** He was silent, and is asked once more. */
    public void again(long panel, String account) {
        db.sql("update panel_seats set round = 2 where panel_id = ? and account = ?")
                .params(panel, account)
                .update();
    }

    /** @return false where he holds no seat, or has voted already */
    public boolean vote(long panel, String account, String vote, @Nullable String words) {
        return db.sql(
                                "update panel_seats set vote = ?, sealed_words = ?, at = ? where panel_id = ? and account = ? and vote is null and replaced_at is null")
                        .params(
                                vote,
                                vault.seal(PanelSeals.VOTE, words, panel, account),
                                clock.timestamp(),
                                panel,
                                account)
                        .update()
                > 0;
    }
}
