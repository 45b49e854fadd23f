package cn.jincai.revision;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Step;
import cn.jincai.policy.TaskRef;
import cn.jincai.policy.revision.RevisionKind;
import cn.jincai.policy.revision.RevisionRules;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of matters after a decision. */
@Component
class RevisionTable {
    private static final String FROM =
            "select r.*, d.document_number from revisions r left join issued_documents d on d.id = r.document_id where ";

    private final JdbcClient db;
    private final Vault vault;
    private final JsonColumns json;
    private final Packages packages;
    private final CityClock clock;

    RevisionTable(JdbcClient db, Vault vault, JsonColumns json, Packages packages, CityClock clock) {
        this.db = db;
        this.vault = vault;
        this.json = json;
        this.packages = packages;
        this.clock = clock;
    }

    /** @throws Problem CONFLICT while another matter of the case is on its way */
    void begin(
            CaseNumber number,
            RevisionKind kind,
            PolicyPackage pack,
            String reason,
            String words,
            Change change,
            String account) {
        String key = UUID.randomUUID().toString();
        try {
            db.sql("""
                insert into revisions (row_key, case_number, open_case, kind, package_hash, reason, sealed_words, sealed_change, begun_by, begun_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(
                            key,
                            number.value(),
                            number.value(),
                            kind.code(),
                            pack.hash(),
                            reason,
                            vault.seal(RevisionSeals.WORDS, words, key),
                            vault.seal(RevisionSeals.CHANGE, json.write(change), key),
                            account,
                            clock.timestamp())
                    .update();
        } catch (DuplicateKeyException another) {
            throw Problem.conflict("revision.ONE_AT_A_TIME");
        }
    }

    /** All of a case, the latest last. */
    List<Revision> of(CaseNumber number) {
        return db.sql(FROM + "r.case_number = ? order by r.id")
                .param(number.value())
                .query((row, n) -> read(row))
                .list();
    }

    /** Those that were carried out, the latest last. */
    List<Revisions.Told> told(CaseNumber number) {
        return db.sql("""
            select r.*, d.document_number, r.kind <> :correction and not (r.kind = :recheck and exists (select 1 from revision_steps s where s.revision_id = r.id and s.outcome = 'confirm')) as changes
            from revisions r join issued_documents d on d.id = r.document_id where r.case_number = :number order by r.id""")
                .param("correction", RevisionKind.CORRECTION.code())
                .param("recheck", RevisionKind.RECHECK.code())
                .param("number", number.value())
                .query((row, n) -> new Revisions.Told(
                        RevisionKind.find(row.getString("kind")).orElseThrow(),
                        row.getString("document_number"),
                        row.getLong("document_id"),
                        LocalDate.ofInstant(Instants.always(row, "ended_at"), CityClock.ZONE),
                        row.getBoolean("changes")))
                .list();
    }

    /** The one on its way, which nobody else moves until the transaction ends. */
    Optional<Revision> held(CaseNumber number) {
        db.sql("select id from revisions where open_case = ? for update")
                .param(number.value())
                .query(Long.class)
                .optional();
        return open(number);
    }

    Optional<Revision> open(CaseNumber number) {
        return db.sql(FROM + "r.open_case = ?")
                .param(number.value())
                .query((row, n) -> read(row))
                .optional();
    }

    /** {@link Revision#keptFrom} of those of these cases that have one on its way. */
    Map<CaseNumber, Set<String>> keptFrom(String step, Set<CaseNumber> numbers) {
        Map<CaseNumber, Set<String>> kept = new HashMap<>();
        if (numbers.isEmpty()) return kept;
        db.sql("""
            select r.open_case, r.begun_by from revisions r where r.open_case in (:numbers)
            union select r.open_case, s.account from revisions r join revision_steps s on s.revision_id = r.id where r.open_case in (:numbers) and s.step <> :step""")
                .param("numbers", numbers.stream().map(CaseNumber::value).toList())
                .param("step", step)
                .query(row -> {
                    kept.computeIfAbsent(new CaseNumber(row.getString(1)), n -> new HashSet<>())
                            .add(row.getString(2));
                });
        return kept;
    }

    void said(Revision revision, TaskRef task, String account, String outcome, @Nullable String words) {
        String key = UUID.randomUUID().toString();
        db.sql(
                        "insert into revision_steps (row_key, revision_id, step, account, outcome, sealed_words, at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        key,
                        revision.id(),
                        task.step().key(),
                        account,
                        outcome,
                        vault.seal(RevisionSeals.SAID, words, key),
                        clock.timestamp())
                .update();
    }

    void hearing(Revision revision, boolean open) {
        db.sql("update revisions set hearing = ?, heard_at = coalesce(heard_at, ?) where id = ?")
                .params(open, clock.timestamp(), revision.id())
                .update();
    }

    /** Cases with one on its way, or a re-check begun after this moment. */
    Set<CaseNumber> notToBeRechecked(OffsetDateTime since) {
        return Set.copyOf(db.sql(
                        "select distinct case_number from revisions where open_case is not null or kind = 'recheck' and begun_at > ?")
                .param(since)
                .query((row, n) -> new CaseNumber(row.getString(1)))
                .list());
    }

    void end(Revision revision, Revision.Outcome outcome, @Nullable Long document) {
        db.sql("update revisions set open_case = null, outcome = ?, ended_at = ?, document_id = ? where id = ?")
                .params(outcome.code(), clock.timestamp(), document, revision.id())
                .update();
    }

    private Revision read(ResultSet row) throws SQLException {
        String key = row.getString("row_key"), reason = row.getString("reason");
        RevisionKind kind = RevisionKind.find(row.getString("kind")).orElseThrow();
        PolicyPackage pack = packages.byHash(row.getString("package_hash"));
        Optional<RevisionRules.Reason> known = RevisionRules.of(pack).reason(kind, reason);
        return new Revision(
                row.getLong("id"),
                new CaseNumber(row.getString("case_number")),
                kind,
                pack.hash(),
                reason,
                known.map(RevisionRules.Reason::name).orElseGet(() -> Text.same(reason)),
                known.map(RevisionRules.Reason::basis).orElseGet(() -> Text.same("")),
                vault.open(RevisionSeals.WORDS, Sealed.always(row, "sealed_words"), key),
                json.read(vault.open(RevisionSeals.CHANGE, Sealed.always(row, "sealed_change"), key), Change.class),
                row.getString("begun_by"),
                Instants.always(row, "begun_at"),
                row.getBoolean("hearing"),
                Instants.in(row, "heard_at"),
                Revision.Outcome.of(row.getString("outcome")),
                Instants.in(row, "ended_at"),
                row.getObject("document_id", Long.class),
                row.getString("document_number"),
                steps(row.getLong("id"), pack));
    }

    private List<Revision.Said> steps(long revision, PolicyPackage pack) {
        return db.sql("select * from revision_steps where revision_id = ? order by at, row_key")
                .param(revision)
                .query((row, n) -> {
                    String key = row.getString("step"), outcome = row.getString("outcome");
                    Step step = pack.steps().find(key).orElseGet(() -> Step.undeclared(key));
                    return new Revision.Said(
                            key,
                            step.name(),
                            row.getString("account"),
                            outcome,
                            step.outcomes().containsKey(outcome)
                                    ? step.outcome(outcome).name()
                                    : Text.same(outcome),
                            vault.open(RevisionSeals.SAID, Sealed.in(row, "sealed_words"), row.getString("row_key")),
                            Instants.always(row, "at"));
                })
                .list();
    }
}
