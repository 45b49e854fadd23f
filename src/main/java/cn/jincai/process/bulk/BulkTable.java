package cn.jincai.process.bulk;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.TaskRef;
import cn.jincai.process.bulk.BulkApproval.Item;
import cn.jincai.process.bulk.BulkApproval.State;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of bulk approvals. Nothing settled waits again. */
@Component
class BulkTable {
    private final JdbcClient db;
    private final Vault vault;
    private final JsonColumns json;
    private final CityClock clock;

    BulkTable(JdbcClient db, Vault vault, JsonColumns json, CityClock clock) {
        this.db = db;
        this.vault = vault;
        this.json = json;
        this.clock = clock;
    }

    long add(String key, String account, String scheme, String step, @Nullable String opinion, Instant due) {
        db.sql(
                        "insert into bulk_approvals (row_key, account, scheme, step, sealed_opinion, made_at, due_at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        key,
                        account,
                        scheme,
                        step,
                        vault.seal(BulkSeals.OPINION, opinion, key),
                        clock.timestamp(),
                        Instants.utc(due))
                .update();
        return db.sql("select id from bulk_approvals where row_key = ?")
                .param(key)
                .query(Long.class)
                .single();
    }

    /** The one that this press of a button has made already. @throws Problem NOT_FOUND for another's */
    Optional<Long> pressed(String key, String account) {
        return db.sql("select id, account from bulk_approvals where row_key = ?")
                .param(key)
                .query((row, n) -> {
                    if (!account.equals(row.getString("account"))) throw Problem.notFound();
                    return row.getLong("id");
                })
                .optional();
    }

    void waits(long bulk, TaskRef task, long amountFen, boolean heldBefore) {
        if (waiting(task.id()).isPresent()) throw Problem.conflict("process.bulk.WAITS_ALREADY");
        item(bulk, task.id(), task.id(), task.ofCase(), payment(task), amountFen, heldBefore, State.WAITING, null);
    }

    void leftOut(long bulk, String task, CaseNumber number, @Nullable Long payment, long amountFen, Text why) {
        item(bulk, task, null, number, payment, amountFen, false, State.LEFT_OUT, why);
    }

    static @Nullable Long payment(TaskRef task) {
        return task.subject() == null ? null : Long.valueOf(task.subject());
    }

    private void item(
            long bulk,
            String task,
            @Nullable String waiting,
            CaseNumber number,
            @Nullable Long payment,
            long amountFen,
            boolean heldBefore,
            State state,
            @Nullable Text why) {
        db.sql("""
                insert into bulk_items (bulk_id, task, waiting_task, case_number, payment_id, amount_fen, held_before, state, reason, settled_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        bulk,
                        task,
                        waiting,
                        number.value(),
                        payment,
                        amountFen,
                        heldBefore,
                        state.code(),
                        why == null ? null : json.write(why),
                        waiting == null ? clock.timestamp() : null)
                .update();
    }

    /** The bulk approval in which this task waits. */
    Optional<Long> waiting(String task) {
        return db.sql("select bulk_id from bulk_items where waiting_task = ?")
                .param(task)
                .query(Long.class)
                .optional();
    }

    /** Of these tasks those that wait, with the moment at which they are carried out. */
    Map<String, Instant> due(Collection<String> tasks) {
        Map<String, Instant> due = new HashMap<>();
        if (tasks.isEmpty()) return due;
        db.sql("""
                select i.waiting_task, b.due_at from bulk_items i join bulk_approvals b on b.id = i.bulk_id where i.waiting_task in (:tasks)""").param("tasks", tasks).query(row -> {
            due.put(row.getString("waiting_task"), Instants.always(row, "due_at"));
        });
        return due;
    }

    /** Until the transaction ends nobody else settles it. @return whether it still waits */
    boolean holds(long item) {
        return isThere(
                "select waiting_task from bulk_items where id = ? and waiting_task is not null for update", item);
    }

    /** The same, where another node has it in hand at once: then it is the other's. */
    boolean holdsAtOnce(long item) {
        return isThere(
                "select waiting_task from bulk_items where id = ? and waiting_task is not null for update skip locked",
                item);
    }

    boolean waits(long item) {
        return isThere("select waiting_task from bulk_items where id = ? and waiting_task is not null", item);
    }

    private boolean isThere(String waiting, long item) {
        return db.sql(waiting).param(item).query(String.class).optional().isPresent();
    }

    /** What is said of each, null where nothing is. @throws Problem CONFLICT where it does not open */
    @Nullable
    String opinion(long bulk) {
        return db.sql("select sealed_opinion, row_key from bulk_approvals where id = ?")
                .param(bulk)
                .query((row, n) -> Optional.ofNullable(
                        vault.open(BulkSeals.OPINION, Sealed.in(row, "sealed_opinion"), row.getString("row_key"))))
                .single()
                .orElse(null);
    }

    /** @return whether it waited until now */
    boolean settle(String task, State state, @Nullable Text why) {
        return db.sql(
                                "update bulk_items set state = ?, reason = ?, waiting_task = null, settled_at = ? where waiting_task = ?")
                        .params(state.code(), why == null ? null : json.write(why), clock.timestamp(), task)
                        .update()
                > 0;
    }

    /** What else came of it. */
    void note(long item, Text what) {
        db.sql("update bulk_items set reason = ? where id = ?")
                .params(json.write(what), item)
                .update();
    }

    /** Where nothing of it waits any more, the words are each case's own, and no longer here. */
    void close(long bulk) {
        db.sql("""
                update bulk_approvals set is_open = false, sealed_opinion = null where id = ? and is_open
                and not exists (select 1 from bulk_items i where i.bulk_id = bulk_approvals.id and i.waiting_task is not null)""").param(bulk).update();
    }

    Optional<Instant> firstDue() {
        return db.sql("select min(due_at) as due_at from bulk_approvals where is_open")
                .query((row, n) -> Instants.in(row, "due_at"))
                .optional();
    }

    List<BulkApproval> due() {
        return bulks("is_open and due_at <= ? order by due_at, id", clock.timestamp());
    }

    Optional<BulkApproval> find(long id) {
        return bulks("id = ?", id).stream().findFirst();
    }

    /** Newest first. */
    List<BulkApproval> of(String account, int most) {
        return bulks("account = ? order by id desc limit ?", account, most);
    }

    /** Those in which something of this case waits. */
    List<BulkApproval> of(CaseNumber number) {
        return bulks(
                "id in (select bulk_id from bulk_items where case_number = ? and waiting_task is not null) order by id",
                number.value());
    }

    /** In which bulk approval of another step each of these payments was last dealt with, where it was. */
    Map<Long, Long> before(Collection<Long> payments, String step) {
        Map<Long, Long> before = new HashMap<>();
        if (payments.isEmpty()) return before;
        db.sql("""
                select i.payment_id, max(i.bulk_id) from bulk_items i join bulk_approvals b on b.id = i.bulk_id
                where i.payment_id in (:payments) and i.state = 'done' and b.step <> :step group by i.payment_id""").param("payments", payments).param("step", step).query(row -> {
            before.put(row.getLong(1), row.getLong(2));
        });
        return before;
    }

    private List<BulkApproval> bulks(String which, Object... params) {
        List<BulkApproval> heads = db.sql("select * from bulk_approvals where " + which)
                .params(params)
                .query(this::head)
                .list();
        Map<Long, List<Item>> items = items(heads.stream().map(BulkApproval::id).toList());
        return heads.stream()
                .map(head -> head.with(items.getOrDefault(head.id(), List.of())))
                .toList();
    }

    private BulkApproval head(ResultSet row, int n) throws SQLException {
        return new BulkApproval(
                row.getLong("id"),
                row.getString("account"),
                row.getString("scheme"),
                row.getString("step"),
                Instants.always(row, "made_at"),
                Instants.always(row, "due_at"),
                row.getBoolean("is_open"),
                List.of());
    }

    private Map<Long, List<Item>> items(List<Long> bulks) {
        Map<Long, List<Item>> items = new HashMap<>();
        if (bulks.isEmpty()) return items;
        db.sql("select * from bulk_items where bulk_id in (:bulks) order by id")
                .param("bulks", bulks)
                .query(row -> {
                    items.computeIfAbsent(row.getLong("bulk_id"), b -> new ArrayList<>())
                            .add(item(row));
                });
        return items;
    }

    private Item item(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        return new Item(
                row.getLong("id"),
                row.getString("task"),
                new CaseNumber(row.getString("case_number")),
                row.getObject("payment_id", Long.class),
                row.getLong("amount_fen"),
                row.getBoolean("held_before"),
                State.of(row.getString("state")),
                reason == null ? null : json.read(reason, Text.class));
    }
}
