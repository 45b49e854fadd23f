package cn.jincai.process.worklists;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Asks the table of open tasks about all who work: who holds how much, and what is for none of those who are there. */
@Component
public class EverybodysTasks {
    /** That whoever has it may not sign in any more, or has lost its role. */
    private static final String MAY_NOT_WORK =
            "not exists (select 1 from accounts a join account_roles r on r.account = a.name where a.name = t.assignee and not a.locked and r.role = t.group_code)";

    private final OpenTaskTable table;

    EverybodysTasks(OpenTaskTable table) {
        this.table = table;
    }

    /** How much somebody holds, or waits for a group. @param soon due within the span that was asked for, and not late yet */
    public record Load(long tasks, long late, long soon) {
        public static final Load NONE = new Load(0, 0, 0);
    }

    /** By account, of all who hold any. @param after and {@code until}: when what counts as soon is due */
    public Map<String, Load> held(Instant after, Instant until) {
        return table.loads("assignee", "true", after, until);
    }

    /** By group, what nobody has taken. */
    public Map<String, Load> waiting(Instant after, Instant until) {
        return table.loads("group_code", "assignee is null", after, until);
    }

    /** How many each of these accounts holds, but for those that are done and wait in a bulk approval. */
    public Map<String, Long> heldBy(Collection<String> accounts) {
        return table.counts(
                "select assignee, count(*) from open_tasks t where assignee in (" + marks(accounts.size()) + ")"
                        + OpenTaskQueries.Span.IN_NO_BULK.sql() + " group by assignee",
                List.copyOf(accounts));
    }

    /** What has been at its step for longest. */
    public List<OpenTask> longest(int most) {
        return table.query("select * from open_tasks t order by since, task limit ?", List.of(most));
    }

    /** Due in this span and not late yet, what is due first, first. */
    public List<OpenTask> due(Instant after, Instant until, int most) {
        OpenTaskQueries.Span span = OpenTaskQueries.Span.due(after, until);
        List<Object> values = new ArrayList<>(span.values());
        values.add(most);
        return table.query(
                "select * from open_tasks t where t.raised = false" + span.sql() + " order by due, task limit ?",
                values);
    }

    /** Codes of groups of whose tasks some are in nobody's hands, or in those of somebody who is away or may not do it any more. */
    public List<String> groupsWithoutHands(Set<String> away) {
        return table
                .counts(
                        "select group_code, count(*) from open_tasks t where group_code is not null and "
                                + inNoHands(away) + " group by group_code order by group_code",
                        List.copyOf(away))
                .keySet()
                .stream()
                .toList();
    }

    /** Of a group's tasks that nobody has, or somebody who is away or may not do it any more, those that the lists of none of these readers would show as theirs to take; what is due first, first. */
    public List<OpenTask> forNoneOf(String group, List<TaskReader> readers, Set<String> away, int most) {
        List<Object> values = new ArrayList<>(List.of(group));
        values.addAll(away);
        StringBuilder sql =
                new StringBuilder("select * from open_tasks t where t.group_code = ? and " + inNoHands(away));
        for (TaskReader reader : readers) {
            Condition may = OpenTaskQueries.mayTake(reader, group);
            sql.append(" and not (").append(may.sql()).append(")");
            values.addAll(may.values());
        }
        values.add(most);
        return table.query(sql + " order by due asc nulls last, task limit ?", values);
    }

    private static String inNoHands(Set<String> away) {
        return "(t.assignee is null or " + MAY_NOT_WORK
                + (away.isEmpty() ? ")" : " or t.assignee in (" + marks(away.size()) + "))");
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
