package cn.jincai.payment;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.payment.ledger.Payment;
import cn.jincai.payment.ledger.PaymentRows;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Budget lines 预算: what a fund may pay in a year. Approval takes room, what is parked, refused or given up gives it back. */
@Service
public class Budget {
    private final JdbcClient jdbc;
    private final CityClock clock;
    private final PaymentRows rows;
    private final ApplicationEventPublisher events;

    Budget(JdbcClient jdbc, CityClock clock, PaymentRows rows, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.rows = rows;
        this.events = events;
    }

    /** A fund's year: what the city gave, what is taken by approved payments, sent or paid ones too. */
    public record Line(
            String fund,
            int year,
            @JsonProperty("sumFen") Money sum,
            @JsonProperty("usedFen") Money used) {
        public Money left() {
            return new Money(Math.max(0, sum.fen() - used.fen()));
        }
    }

    public List<Line> lines() {
        return jdbc.sql("select * from budget_lines order by budget_year desc, fund")
                .query(Budget::read)
                .list();
    }

    /** Sets a line's sum (fen), new or changed. Below what is used already: 422. */
    @Transactional
    public Line enter(Actor by, String fund, int year, long sumFen) {
        if (fund == null || !fund.matches("[A-Z][A-Z0-9_]{1,60}"))
            throw Problem.invalid("fund", "payment.budget.NOT_A_FUND");
        if (year < 2020 || year > 2099) throw Problem.invalid("year", "payment.budget.NOT_A_YEAR");
        if (sumFen < 0 || sumFen > Long.MAX_VALUE / 1000) throw Problem.invalid("sum", "payment.budget.NOT_A_SUM");
        Optional<Line> old = locked(fund, year);
        if (old.isPresent() && old.get().used().fen() > sumFen) {
            throw Problem.invalid(
                    "sum", "payment.budget.BELOW_USED", old.get().used().yuan());
        }
        if (old.isEmpty())
            jdbc.sql("insert into budget_lines (fund, budget_year, sum_fen, used_fen) values (?, ?, ?, 0)")
                    .params(fund, year, sumFen)
                    .update();
        else
            jdbc.sql("update budget_lines set sum_fen = ? where fund = ? and budget_year = ?")
                    .params(sumFen, fund, year)
                    .update();
        entry(fund, year, null, "entered", sumFen, by);
        String yuan = new Money(sumFen).yuan();
        events.publishEvent(CaseEvent.forAuditors(
                "payment.event.budget-entered",
                by,
                by.is(Role.FINANCE) ? Role.FINANCE : null,
                Map.of("fund", fund, "year", Integer.toString(year), "sumFen", Long.toString(sumFen)),
                fund,
                year,
                yuan));
        return locked(fund, year).orElseThrow();
    }

    /** Takes room for this payment in today's year, or says why there is none. Room that it has in an older year moves along. */
    Optional<PaymentStop> reserve(Payment p, Actor by) {
        int year = clock.today().getYear();
        Integer had = p.standing().budgetYear();
        if (had != null && had == year) return Optional.empty();
        if (had != null) release(p, by);
        Optional<Line> line = locked(p.fund(), year);
        if (line.isEmpty()) return Optional.of(PaymentStop.of("payment.stop.NO_BUDGET", year));
        if (line.get().left().fen() < p.amount().fen())
            return Optional.of(PaymentStop.of(
                    "payment.stop.NO_ROOM", year, line.get().left().yuan()));
        use(p.fund(), year, p.amount().fen());
        entry(p.fund(), year, p.id(), "reserved", p.amount().fen(), by);
        rows.change(p.id(), reserved -> reserved.withRoomOf(year));
        return Optional.empty();
    }

    /** Gives back the room that this payment has by the ledger, if any. */
    void release(Payment p, Actor by) {
        for (Room room : room(p.id())) {
            if (locked(room.fund(), room.year()).isEmpty())
                throw new IllegalStateException("no budget of " + room.fund() + " for " + room.year());
            use(room.fund(), room.year(), -room.fen());
            entry(room.fund(), room.year(), p.id(), "released", -room.fen(), by);
        }
        if (p.standing().budgetYear() != null) rows.change(p.id(), released -> released.withRoomOf(null));
    }

    /** Before it is sent: the ledger has just the room for it that it says it has. */
    Optional<PaymentStop> withoutRoom(Payment p) {
        Integer year = p.standing().budgetYear();
        if (year != null
                && room(p.id())
                        .equals(List.of(new Room(p.fund(), year, p.amount().fen())))) return Optional.empty();
        return Optional.of(PaymentStop.of("payment.stop.NO_ROOM_HELD"));
    }

    private record Room(String fund, int year, long fen) {}

    private List<Room> room(long payment) {
        return jdbc.sql(
                        "select fund, budget_year, sum(fen) from budget_entries where payment_id = ? group by fund, budget_year having sum(fen) <> 0 order by budget_year, fund")
                .param(payment)
                .query((row, n) -> new Room(row.getString(1), row.getInt(2), row.getLong(3)))
                .list();
    }

    private void use(String fund, int year, long fen) {
        jdbc.sql("update budget_lines set used_fen = used_fen + ? where fund = ? and budget_year = ?")
                .params(fen, fund, year)
                .update();
    }

    private void entry(String fund, int year, @Nullable Long payment, String kind, long fen, Actor by) {
        jdbc.sql(
                        "insert into budget_entries (fund, budget_year, payment_id, kind, fen, at, by_account) values (?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(fund, year, payment, kind, fen, clock.timestamp(), by.account()))
                .update();
    }

    private Optional<Line> locked(String fund, int year) {
        return jdbc.sql("select * from budget_lines where fund = ? and budget_year = ? for update")
                .params(fund, year)
                .query(Budget::read)
                .optional();
    }

    private static Line read(java.sql.ResultSet row, int n) throws java.sql.SQLException {
        return new Line(
                row.getString("fund"),
                row.getInt("budget_year"),
                new Money(row.getLong("sum_fen")),
                new Money(row.getLong("used_fen")));
    }
}
