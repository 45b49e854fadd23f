package cn.jincai.process.worklists;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks the table of open tasks. Each group of a reader is a part of its own, read along its index and cut off where enough is found, so that a page costs
 * the same however many tasks wait. Who has decided elsewhere in a case is looked up row by row, by a subquery that no planner turns into a walk through all acts;
 * it is told by what it is not, for planners take a sum that is this number to be rare, and would read all that waits for a handful.
 */
@Component
public class OpenTaskQueries {
    /** How far tasks are counted: beyond it is said that there are more. */
    public static final int MOST = 500;

    public enum Order {
        /** What is due first, first; what has no day, last. */
        DUE("due asc nulls last, task asc", "t.assignee asc, "),
        NEWEST("since desc, task desc", "t.assignee desc, ");
        private final String sql, one;

        /** @param one the same holder for all or none, first: PostgreSQL reads no order off an index behind a column that is only known to be null */
        Order(String sql, String one) {
            this.sql = sql;
            this.one = one;
        }

        private String of(Whose whose) {
            return " order by " + (whose == Whose.COLLEAGUES ? "" : one) + sql;
        }
    }

    /** Which of the tasks of all people. */
    public enum Everybodys {
        LATE("t.raised = true"),
        REMINDED("t.reminded = true"),
        HELD("t.assignee is not null");

        private final String sql;

        Everybodys(String sql) {
            this.sql = sql;
        }
    }

    /** Which of the tasks that concern a reader. */
    public enum Whose {
        MINE,
        TO_TAKE,
        MINE_AND_TO_TAKE,
        COLLEAGUES
    }

    /**
     * @param group     code of the one group asked for, or null
     * @param step      key of the one step asked for, or null
     * @param evenShut  whether what he holds is told although the case has been shut to him since
     */
    public record Asked(
            Whose whose, @Nullable String group, @Nullable String step, boolean evenShut, Span span) {
        public static Asked of(Whose whose, Span span) {
            return new Asked(whose, null, null, false, span);
        }
    }

    /** Part of a list, by what its rows say. */
    public record Span(String sql, List<Object> values) {
        public static final Span ALL = new Span("", List.of());
        /** Not among those that their holder has approved together, and that wait to be done (decision 192). */
        public static final Span IN_NO_BULK =
                new Span(" and not exists (select 1 from bulk_items b where b.waiting_task = t.task)", List.of());

        public static final Span RAISED = new Span(" and t.raised = true", List.of());
        public static final Span REMINDED = new Span(" and t.reminded = true", List.of());
        public static final Span RETURNED = new Span(" and t.returned = true", List.of());

        public static Span due(Instant after, Instant until) {
            return new Span(" and t.due > ? and t.due <= ?", List.of(Instants.utc(after), Instants.utc(until)));
        }

        public static Span scheme(String code) {
            return new Span(" and t.scheme = ?", List.of(code));
        }

        public static Span ofCase(CaseNumber number) {
            return new Span(" and t.case_number = ?", List.of(number.value()));
        }

        public static Span ofCases(Collection<CaseNumber> numbers) {
            return new Span(
                    " and t.case_number in (" + marks(numbers.size()) + ")",
                    numbers.stream()
                            .map(CaseNumber::value)
                            .map(Object.class::cast)
                            .toList());
        }

        /** @param ids of tasks, at least one */
        public static Span these(Collection<String> ids) {
            return new Span(" and t.task in (" + marks(ids.size()) + ")", List.copyOf(ids));
        }

        /** @param from in fen @param to in fen, not included; null for no end */
        public static Span amount(long from, @Nullable Long to) {
            return to == null
                    ? new Span(" and t.amount_fen >= ?", List.of(from))
                    : new Span(" and t.amount_fen >= ? and t.amount_fen < ?", List.of(from, to));
        }
    }

    private final OpenTaskTable table;

    OpenTaskQueries(OpenTaskTable table) {
        this.table = table;
    }

    public List<OpenTask> page(TaskReader reader, Asked asked, Order order, long offset, int size) {
        List<Object> values = new ArrayList<>();
        String parts = parts(reader, asked, "t.*", order.of(asked.whose), offset + size, values);
        if (parts.isEmpty()) return List.of();
        values.add(size);
        values.add(offset);
        return table.query("select * from (" + parts + ") u order by " + order.sql + " limit ? offset ?", values);
    }

    /** @param most where counting stops; 0 for never */
    public long count(TaskReader reader, Asked asked, long most) {
        List<Object> values = new ArrayList<>();
        String parts = parts(reader, asked, "t.task", "", most, values);
        return parts.isEmpty() ? 0 : table.number("select count(*) from (" + parts + ") u", values);
    }

    /** Of several lists at one go, each as far as one beyond {@link #MOST}. */
    public List<Long> counts(TaskReader reader, List<Asked> lists) {
        List<Object> values = new ArrayList<>();
        String columns = lists.stream()
                .map(asked -> {
                    String parts = parts(reader, asked, "t.task", "", MOST + 1L, values);
                    return parts.isEmpty() ? "0" : "(select count(*) from (" + parts + ") u)";
                })
                .collect(Collectors.joining(", "));
        return table.numbers("select " + columns, values).stream()
                .map(n -> Math.min(n, MOST + 1L))
                .toList();
    }

    /**
     * Those of which the rooms have to be asked one by one, as far as they are the reader's to take, in his hands or in those of his colleagues. Of what comes after a decision
     * it is only where he decided in the case: whether others can do it is no look at an index.
     */
    public List<OpenTask> askingMore(String account, Collection<String> roles) {
        List<Object> values = new ArrayList<>(List.of(account, account, account));
        values.addAll(roles);
        return table.query(
                "select * from open_tasks t where t.asks_more = true and (t.kind <> 'revises' or (select least(count(*), 1) from deciding_acts a where a.case_number = t.case_number and a.account = ? and a.step <> t.step) = 1)"
                        + " and (t.assignee = ? or t.assignee is null and t.group_code is null and t.task in (select c.task from open_task_candidates c where c.account = ?)"
                        + (roles.isEmpty() ? "" : " or t.group_code in (" + marks(roles.size()) + ")")
                        + ")",
                values);
    }

    /** Everybody's, what is due first, first. @param held those that somebody has; else those that are late */
    public List<OpenTask> everybodys(Everybodys which, long offset, int size) {
        return table.query(
                "select * from open_tasks t where " + which.sql + " order by " + Order.DUE.sql + " limit ? offset ?",
                List.of(size, offset));
    }

    public long countEverybodys(Everybodys which) {
        return table.number("select count(*) from open_tasks t where " + which.sql, List.of());
    }

    private static String parts(
            TaskReader reader, Asked asked, String columns, String order, long most, List<Object> values) {
        String end = order + (most == 0 ? "" : " limit " + most);
        return conditions(reader, asked)
                .map(part -> {
                    values.addAll(part.values());
                    values.addAll(asked.span.values);
                    return "(select " + columns + " from open_tasks t where " + part.sql() + asked.span.sql + end + ")";
                })
                .collect(Collectors.joining(" union all "));
    }

    private static Stream<Condition> conditions(TaskReader reader, Asked asked) {
        List<String> groups = reader.roles().stream()
                .filter(role -> asked.group == null || asked.group.equals(role))
                .sorted()
                .toList();
        Stream<Condition> found = switch (asked.whose) {
            case MINE -> Stream.of(mine(reader, asked));
            case TO_TAKE -> toTake(reader, asked, groups);
            case MINE_AND_TO_TAKE -> Stream.concat(Stream.of(mine(reader, asked)), toTake(reader, asked, groups));
            case COLLEAGUES -> groups.stream().map(group -> colleagues(reader, group));
        };
        return asked.step == null ? found : found.map(part -> part.and("t.step = ?", asked.step));
    }

    private static Condition mine(TaskReader reader, Asked asked) {
        Condition mine = new Condition("t.assignee = ?", reader.account());
        if (asked.group != null) mine.and("t.group_code = ?", asked.group);
        if (asked.evenShut) return mine;
        return withoutShut(mine, reader).andNotIn("t.task", reader.notToSee());
    }

    private static Stream<Condition> toTake(TaskReader reader, Asked asked, List<String> groups) {
        Stream<Condition> ofGroups = groups.stream().map(group -> ofGroup(reader, group));
        if (asked.group != null) return ofGroups;
        Condition named = new Condition(
                        "t.assignee is null and t.group_code is null and t.task in (select c.task from open_task_candidates c where c.account = ?)",
                        reader.account())
                .andNotIn("t.task", reader.notToTake());
        return Stream.concat(ofGroups, Stream.of(named));
    }

    private static Condition ofGroup(TaskReader reader, String group) {
        return new Condition("t.group_code = ? and t.assignee is null", group).and(mayTake(reader, group));
    }

    /** That a task of the group, if nobody has it, is the reader's to take (rulebook 7.5). */
    static Condition mayTake(TaskReader reader, String group) {
        Condition open =
                withoutShut(new Condition("t.group_code is not null"), reader).andNotIn("t.task", reader.notToTake());
        Set<String> signed = group.equals(Role.LEADER.code()) ? reader.signedSteps() : Set.of();
        String after = signed.isEmpty()
                ? ""
                : " and not (t.kind in ('reviews', 'signs') and a.step in (" + marks(signed.size()) + "))";
        List<Object> values = new ArrayList<>(List.of(reader.account()));
        values.addAll(signed);
        return open.and(
                        "(t.kind <> 'revises' or (select least(count(*), 1) from revisions r left join revision_steps s on s.revision_id = r.id where r.open_case = t.case_number and (r.begun_by = ? or s.account = ? and s.step <> t.step)) <> 1)",
                        reader.account(),
                        reader.account())
                .and(
                        "(t.decides = false or t.run_number is not null or (select least(count(*), 1) from deciding_acts a where a.case_number = t.case_number and a.account = ? and a.step <> t.step"
                                + after + ") <> 1)",
                        values.toArray());
    }

    private static Condition colleagues(TaskReader reader, String group) {
        return withoutShut(
                        new Condition(
                                "t.group_code = ? and t.assignee is not null and t.assignee <> ?",
                                group,
                                reader.account()),
                        reader)
                .andNotIn("t.task", reader.notToSee());
    }

    private static Condition withoutShut(Condition part, TaskReader reader) {
        return part.and(reader.open());
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
