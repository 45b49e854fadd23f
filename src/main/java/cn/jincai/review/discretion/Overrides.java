package cn.jincai.review.discretion;

import cn.jincai.filing.Ties;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.policy.TaskRef;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What reviewers decided beside the assessment, each with the kind of its reason. */
@Repository
public class Overrides {
    /** What the field of a review's form is called that asks for the kind of reason. Its list stands in the form. */
    public static final String REASON = "overrideReason";

    private final JdbcClient db;
    private final CityClock clock;

    Overrides(JdbcClient db, CityClock clock) {
        this.db = db;
        this.clock = clock;
    }

    public enum Kind {
        WAIVED("waived"),
        REFUSED("refused"),
        REFUSED_LINE("refused-line");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        static Kind of(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code.equals(code))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** @param about a reason's code, a benefit's, or the number of a line */
    public record One(Kind kind, String about) {}

    /** @param reason of the form's list, or null where it had none */
    public record Kept(
            CaseNumber number,
            String step,
            String account,
            String scheme,
            Kind kind,
            String about,
            @Nullable String reason,
            Instant at) {}

    /** The opinion of the task is on record already. */
    public void keep(TaskRef task, String account, String scheme, List<One> overrides, @Nullable String reason) {
        for (One one : overrides)
            db.sql(
                            "insert into overrides (case_number, task, step, account, scheme, kind, about, reason, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(Arrays.asList(
                            task.ofCase().value(),
                            task.id(),
                            task.step().key(),
                            account,
                            scheme,
                            one.kind().code(),
                            one.about(),
                            reason,
                            clock.timestamp()))
                    .update();
    }

    /** The kind of reason that the last review of the case gave. */
    public Optional<String> lastReason(CaseNumber number) {
        return db.sql(
                        "select reason from overrides where case_number = ? and reason is not null order by id desc limit 1")
                .param(number.value())
                .query(String.class)
                .optional();
    }

    /**
     * What is kept from a reader.
     *
     * @param cases   that concern him; those from which he is recused, which may be many, are asked for row by row
     * @param isBound to districts
     */
    record Shut(String reader, Set<CaseNumber> cases, boolean isBound) {}

    /** By person, the most first. */
    List<Discretion.Count> counts(Instant from, Shut shut) {
        return asked(
                        "select t.account, t.kind, t.reason, count(*) as times from overrides t where t.at >= :from",
                        shut,
                        " group by t.account, t.kind, t.reason order by t.account, times desc, t.kind, t.reason")
                .param("from", Instants.utc(from))
                .query((row, n) -> new Discretion.Count(
                        row.getString("account"),
                        Kind.of(row.getString("kind")),
                        row.getString("reason"),
                        row.getLong("times")))
                .list();
    }

    /** The newest first. @param reason empty for those that have none @param most how many at most */
    List<Kept> since(Instant from, Shut shut, String account, String kind, String reason, int most) {
        return asked(
                        "select t.* from overrides t where t.account = :account and t.at >= :from and t.kind = :kind and coalesce(t.reason, '') = :reason",
                        shut,
                        " order by t.at desc, t.id desc limit :most")
                .param("from", Instants.utc(from))
                .param("account", account)
                .param("kind", kind)
                .param("reason", reason)
                .param("most", most)
                .query((row, n) -> new Kept(
                        new CaseNumber(row.getString("case_number")),
                        row.getString("step"),
                        row.getString("account"),
                        row.getString("scheme"),
                        Kind.of(row.getString("kind")),
                        row.getString("about"),
                        row.getString("reason"),
                        Instants.always(row, "at")))
                .list();
    }

    private JdbcClient.StatementSpec asked(String select, Shut shut, String rest) {
        String where = " and " + Ties.NOT_RECUSED.replace("?", ":reader")
                + (shut.cases.isEmpty() ? "" : " and t.case_number not in (:shut)")
                + (shut.isBound ? " and " + Ties.IN_OWN_DISTRICT.replace("?", ":reader") : "");
        JdbcClient.StatementSpec asked = db.sql(select + where + rest);
        if (!shut.cases.isEmpty())
            asked = asked.param(
                    "shut", shut.cases.stream().map(CaseNumber::value).toList());
        return asked.param("reader", shut.reader);
    }
}
