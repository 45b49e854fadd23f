package cn.jincai.process.worklists;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Instants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of open tasks: written when the engine's task comes, moves or goes, in the same transaction. */
@Repository
public class OpenTaskTable {
    private final JdbcClient db;

    OpenTaskTable(JdbcClient db) {
        this.db = db;
    }

    public void insert(OpenTask task) {
        db.sql("""
            insert into open_tasks (task, diagram, step, kind, group_code, decides, case_number, run_number, subject, scheme, amount_fen, since, due, assignee, returned, raised, reminded, asks_more)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(Arrays.asList(
                        task.id(),
                        task.diagram(),
                        task.step(),
                        task.kind(),
                        task.role(),
                        task.decides(),
                        task.number() == null ? null : task.number().value(),
                        task.run(),
                        task.subject(),
                        task.scheme(),
                        task.amountFen(),
                        Instants.utc(task.since()),
                        Instants.utc(task.due()),
                        task.assignee(),
                        task.returned(),
                        task.raised(),
                        task.reminded(),
                        task.asksMore()))
                .update();
        for (String account : task.candidates())
            db.sql("insert into open_task_candidates (task, account) values (?, ?)")
                    .params(task.id(), account)
                    .update();
    }

    void moved(String id, @Nullable Instant due, @Nullable String assignee, boolean raised) {
        db.sql("update open_tasks set due = ?, assignee = ?, raised = ? where task = ?")
                .params(Arrays.asList(Instants.utc(due), assignee, raised, id))
                .update();
    }

    /** Its case goes by another version of its scheme now. */
    public void goesBy(String id, String diagram) {
        db.sql("update open_tasks set diagram = ? where task = ?")
                .params(diagram, id)
                .update();
    }

    public void remove(String id) {
        db.sql("delete from open_tasks where task = ?").param(id).update();
    }

    /** What the case comes to has changed; payments have sums of their own. */
    public void amount(CaseNumber number, @Nullable Long fen) {
        db.sql("update open_tasks set amount_fen = ? where case_number = ? and subject is null")
                .params(Arrays.asList(fen, number.value()))
                .update();
    }

    /** The case has used two thirds of its lawful days, or has been given more. */
    /** Of cases whose days have moved since. */
    public void remindedNoMore() {
        db.sql(
                        "update open_tasks set reminded = false where reminded = true and case_number in (select d.case_number from case_deadlines d where d.reminded_at is null)")
                .update();
    }

    public void reminded(CaseNumber number, boolean reminded) {
        db.sql("update open_tasks set reminded = ? where case_number = ?")
                .params(reminded, number.value())
                .update();
    }

    /** Whether the case has been at this step before. */
    public boolean wasAt(CaseNumber number, String step) {
        return db.sql("select count(*) > 0 from opinions where case_number = ? and step = ?")
                .params(number.value(), step)
                .query(Boolean.class)
                .single();
    }

    /** Whether an objection to the case was upheld. */
    public boolean wasUpheld(CaseNumber number) {
        return db.sql("select count(*) > 0 from opinions where case_number = ? and outcome = 'uphold'")
                .param(number.value())
                .query(Boolean.class)
                .single();
    }

    /** Of the engine's tasks those of which there is no row: from before there was a table. */
    public List<String> missing() {
        return db.sql(
                        "select e.ID_ from ACT_RU_TASK e where not exists (select 1 from open_tasks t where t.task = e.ID_) order by e.ID_")
                .query(String.class)
                .list();
    }

    /** @return how many rows had no task of the engine any more */
    public int removeStrays() {
        return db.sql(
                        "delete from open_tasks where not exists (select 1 from ACT_RU_TASK e where e.ID_ = open_tasks.task)")
                .update();
    }

    public Optional<OpenTask> find(String id) {
        return db.sql("select * from open_tasks where task = ?")
                .param(id)
                .query(OpenTaskTable::read)
                .optional();
    }

    /** What this account has, what is due first, first. */
    public List<OpenTask> heldBy(String account) {
        return query(
                "select * from open_tasks t where t.assignee = ? order by due asc nulls last, task", List.of(account));
    }

    /** What officers have whose accounts are locked, without what is for one alone, and how many at most; what is due first, first. */
    public List<OpenTask> heldByLocked(int most) {
        return query(
                "select t.* from open_tasks t join accounts a on a.name = t.assignee where a.locked and coalesce(t.group_code, '') not in ('applicant', 'employer')"
                        + " and (t.group_code is not null or exists (select 1 from open_task_candidates c where c.task = t.task)) order by t.due asc nulls last, t.task limit ?",
                List.of(most));
    }

    /** Of these tasks those that are for people by name, who are not one alone. */
    public Set<String> withCandidates(Collection<String> ids) {
        return ids.isEmpty()
                ? Set.of()
                : Set.copyOf(db.sql("select distinct task from open_task_candidates where task in (:ids)")
                        .param("ids", ids)
                        .query(String.class)
                        .list());
    }

    List<OpenTask> query(String sql, List<Object> values) {
        return db.sql(sql).params(values).query(OpenTaskTable::read).list();
    }

    long number(String sql, List<Object> values) {
        return db.sql(sql).params(values).query(Long.class).single();
    }

    /** By a word, each with its number, in the order of the rows. */
    Map<String, Long> counts(String sql, List<Object> values) {
        Map<String, Long> counts = new LinkedHashMap<>();
        db.sql(sql).params(values).query(row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }

    /** How many, how many of them late, and how many due in this span and not late. */
    Map<String, EverybodysTasks.Load> loads(String by, String which, Instant after, Instant until) {
        Map<String, EverybodysTasks.Load> loads = new LinkedHashMap<>();
        db.sql("select " + by
                        + ", count(*), count(case when raised then 1 end), count(case when not raised and due > ? and due <= ? then 1 end) from open_tasks where "
                        + by + " is not null and " + which + " group by " + by + " order by " + by)
                .params(Instants.utc(after), Instants.utc(until))
                .query(row -> {
                    loads.put(
                            row.getString(1), new EverybodysTasks.Load(row.getLong(2), row.getLong(3), row.getLong(4)));
                });
        return loads;
    }

    /** One row of several numbers. */
    List<Long> numbers(String sql, List<Object> values) {
        return db.sql(sql)
                .params(values)
                .query((row, n) -> {
                    Long[] all = new Long[row.getMetaData().getColumnCount()];
                    for (int i = 0; i < all.length; i++) all[i] = row.getLong(i + 1);
                    return List.of(all);
                })
                .single();
    }

    private static OpenTask read(ResultSet row, int n) throws SQLException {
        String number = row.getString("case_number");
        return new OpenTask(
                row.getString("task"),
                row.getString("diagram"),
                row.getString("step"),
                row.getString("kind"),
                row.getString("group_code"),
                List.of(),
                row.getBoolean("decides"),
                number == null ? null : new CaseNumber(number),
                row.getString("run_number"),
                row.getString("subject"),
                row.getString("scheme"),
                row.getObject("amount_fen", Long.class),
                Instants.always(row, "since"),
                Instants.in(row, "due"),
                row.getString("assignee"),
                row.getBoolean("returned"),
                row.getBoolean("raised"),
                row.getBoolean("reminded"),
                row.getBoolean("asks_more"));
    }
}
