package cn.jincai.filing.mandates;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Scheme;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * 代办: an officer of the counter files for somebody who is there, or whom he visits, with his mandate in writing. It is for one case, in the name of the person and with his data
 * alone, and ends when the case is sent, or when the person stops it. Whoever filed a case does not act in it afterwards (rulebook 7.5).
 */
@Component
public class Mandates {
    /** The mandate as it was signed, scanned; without it nothing is sent. */
    public static final Scheme.Document PAPER =
            new Scheme.Document("MANDATE", Text.of("filing.mandate.document"), true, null, null, false, List.of());

    /** Where the person was. */
    public enum Kind {
        COUNTER("counter"),
        HOME("home");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        public static Optional<Kind> of(String code) {
            return Stream.of(values()).filter(k -> k.code.equals(code)).findFirst();
        }
    }

    /** @param open neither sent nor stopped yet */
    public record Mandate(CaseNumber number, String agent, Kind kind, Instant begunAt, boolean open) {}

    private final JdbcClient db;
    private final CityClock clock;

    Mandates(JdbcClient db, CityClock clock) {
        this.db = db;
        this.clock = clock;
    }

    public void begin(CaseNumber number, String agent, Kind kind) {
        db.sql("insert into case_mandates (case_number, agent, kind, begun_at) values (?, ?, ?, ?)")
                .params(number.value(), agent, kind.code, clock.timestamp())
                .update();
    }

    public Optional<Mandate> of(CaseNumber number) {
        return find("where case_number = ?", number.value()).stream().findFirst();
    }

    /** What the account files for others now, the latest first. */
    public List<Mandate> open(String agent) {
        return find("where agent = ? and ended_at is null order by begun_at desc, case_number desc", agent);
    }

    private List<Mandate> find(String which, Object value) {
        return db.sql("select * from case_mandates " + which)
                .param(value)
                .query((row, n) -> new Mandate(
                        new CaseNumber(row.getString("case_number")),
                        row.getString("agent"),
                        Kind.of(row.getString("kind")).orElseThrow(),
                        Instants.always(row, "begun_at"),
                        row.getObject("ended_at") == null))
                .list();
    }

    /** Whether the account files this case for somebody else now. */
    public boolean isHeld(String agent, CaseNumber number) {
        return of(number).filter(m -> m.open && m.agent.equals(agent)).isPresent();
    }

    /** Whether it ever did. */
    public boolean wasHeld(String agent, CaseNumber number) {
        return of(number).filter(m -> m.agent.equals(agent)).isPresent();
    }

    /** @return whether there was one to end */
    public boolean end(CaseNumber number, boolean sent) {
        return db.sql("update case_mandates set ended_at = ?, ended_as = ? where case_number = ? and ended_at is null")
                        .params(clock.timestamp(), sent ? "sent" : "stopped", number.value())
                        .update()
                > 0;
    }
}
