package cn.jincai.filing;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.ReadOnce;
import cn.jincai.policy.Packages;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of cases. Each change counts the version up, so that two tabs notice each other. */
@Repository
class CaseTable {
    private final JdbcClient db;
    private final Packages packages;
    private final Vault vault;
    private final JsonColumns json;
    private final CityClock clock;
    private final ReadOnce<CaseNumber, Optional<Case>> rows = new ReadOnce<>(this::fetch),
            held = new ReadOnce<>(this::lock);

    CaseTable(JdbcClient db, Packages packages, Vault vault, JsonColumns json, CityClock clock) {
        this.db = db;
        this.packages = packages;
        this.vault = vault;
        this.json = json;
        this.clock = clock;
    }

    /** @param employer the code of the employer that applies, null where the account's own person does */
    CaseNumber insert(
            String scheme,
            String packageHash,
            String applicant,
            @Nullable String employer,
            ObjectNode answers,
            boolean sample) {
        long sequence =
                db.sql("select nextval('case_numbers')").query(Long.class).single();
        CaseNumber number = CaseNumber.of(clock.today().getYear(), sequence);
        rows.forget();
        held.forget();
        db.sql("""
            insert into cases (case_number, scheme, package_hash, stage, applicant, of_employer, employer_code, sealed_answers, sample, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        number.value(),
                        scheme,
                        packageHash,
                        Stage.DRAFT,
                        applicant,
                        employer != null,
                        employer,
                        seal(number, answers),
                        sample,
                        Instants.utc(moment()))
                .update();
        return number;
    }

    Optional<Case> find(CaseNumber number) {
        return rows.get(number);
    }

    private Optional<Case> fetch(CaseNumber number) {
        return db.sql("select * from cases where case_number = ?")
                .param(number.value())
                .query(this::read)
                .optional();
    }

    Case get(CaseNumber number) {
        return find(number).orElseThrow(Problem::notFound);
    }

    /** The same, held until the transaction ends, so that nobody changes it meanwhile. */
    Case hold(CaseNumber number) {
        return held.get(number).flatMap(h -> rows.get(number)).orElseThrow(Problem::notFound);
    }

    private Optional<Case> lock(CaseNumber number) {
        return rows.keep(
                number,
                db.sql("select * from cases where case_number = ? for update")
                        .param(number.value())
                        .query(this::read)
                        .optional());
    }

    /** All of the person's cases under this one document that were sent. */
    List<Case> ofPerson(String key) {
        return db.sql("select * from cases where person_key = ? and stage <> 'draft' order by case_number")
                .param(key)
                .query(this::read)
                .list();
    }

    /** A person's open cases in a scheme, under whatever document; a draft is none. */
    List<Case> open(Set<String> documents, String scheme) {
        return db.sql(
                        "select * from cases where person_key in (:keys) and scheme = :scheme and stage not in ('draft', 'closed') order by submitted_at, case_number")
                .param("keys", documents)
                .param("scheme", scheme)
                .query(this::read)
                .list();
    }

    /** How many were sent before this one for the same scheme and are neither signed nor closed. */
    long undecidedBefore(Case file) {
        return db.sql("""
            select count(*) from cases where scheme = :scheme and signed_at is null and closed_at is null
            and (submitted_at < :at or submitted_at = :at and case_number < :number)""")
                .param("scheme", file.scheme())
                .param("at", Instants.utc(file.submittedAt()))
                .param("number", file.number().value())
                .query(Long.class)
                .single();
    }

    /** An account's drafts and cases that nobody has signed or closed. */
    List<CaseNumber> undecided(String applicant) {
        return db
                .sql("select case_number from cases where applicant = ? and signed_at is null and closed_at is null")
                .param(applicant)
                .query(String.class)
                .list()
                .stream()
                .map(CaseNumber::new)
                .toList();
    }

    /**
     * The one way in which a case changes: read under its lock, once in a transaction, and written; whoever asks for it afterwards in this transaction
     * sees it as it now is.
     */
    Case change(CaseNumber number, UnaryOperator<Case> change) {
        Case file = hold(number), next = change.apply(file).next();
        db.sql("""
            update cases set package_hash = ?, stage = ?, stage_ends = ?, stage_provisional = ?, outcome = ?, person_key = ?, employer_code = ?,
            employer_word = ?, sealed_answers = ?, sealed_asked = ?, asked_by = ?, asking_payment_id = ?, promises = ?, application_date = ?, submitted_at = ?,
            accepted_at = ?, promised_by = ?, checked_at = ?, signed_at = ?, closed_at = ?, sealed_withdrawal_reason = ?, version = ? where case_number = ?""")
                .params(Arrays.asList(
                        next.packageHash(),
                        next.stage().code(),
                        Instants.utc(next.stageEnds()),
                        next.stageProvisional(),
                        next.outcome(),
                        next.personKey(),
                        next.employerCode(),
                        next.employerWord(),
                        seal(number, next.answers()),
                        vault.seal(CaseSeals.ASKED, next.asked().isEmpty() ? null : json.write(next.asked()), number),
                        next.askedBy(),
                        next.accountAsked(),
                        json.write(next.promises()),
                        next.applicationDate(),
                        Instants.utc(next.submittedAt()),
                        Instants.utc(next.acceptedAt()),
                        next.promisedBy(),
                        Instants.utc(next.checkedAt()),
                        Instants.utc(next.signedAt()),
                        Instants.utc(next.closedAt()),
                        vault.seal(CaseSeals.WITHDRAWAL_REASON, next.withdrawalReason(), number),
                        next.version(),
                        number.value()))
                .update();
        rows.keep(number, Optional.of(next));
        return next;
    }

    /** Open cases whose promised or last lawful day is this one or a later one. */
    List<CaseNumber> dueFrom(LocalDate day) {
        return db.sql("""
                select case_number from cases where closed_at is null and (promised_by >= :day
                  or exists (select 1 from case_deadlines d where d.case_number = cases.case_number and d.lawful_by >= :day)) order by case_number""").param("day", day).query(String.class).list().stream()
                .map(CaseNumber::new)
                .toList();
    }

    void heard(CaseNumber number, boolean open) {
        change(number, c -> c);
        db.sql("update cases set heard = ? where case_number = ?")
                .params(open, number.value())
                .update();
    }

    void erased(CaseNumber number, OffsetDateTime at) {
        rows.forget();
        held.forget();
        db.sql("update cases set erased_at = ? where case_number = ?")
                .params(at, number.value())
                .update();
    }

    boolean isErased(CaseNumber number) {
        return db.sql("select erased_at is not null from cases where case_number = ?")
                .param(number.value())
                .query(Boolean.class)
                .single();
    }

    void delete(CaseNumber number) {
        rows.forget();
        db.sql("delete from cases where case_number = ?").param(number.value()).update();
    }

    /** @param file without what is sealed @param asked whether something is asked of the applicant */
    record Listed(Case file, boolean asked) {}

    /** Rows as {@link CaseFile} lists them, so that one which does not open doesn't hide the others; the clauses are ours, the values are bound. */
    List<Listed> list(String clauses, List<Object> values, int limit, long offset) {
        return db.sql("select * from cases where " + clauses + " order by created_at desc, case_number desc limit "
                        + limit + " offset " + offset)
                .params(values)
                .query((row, n) -> new Listed(
                        read(row, JsonNodeFactory.instance.objectNode(), List.of(), null),
                        row.getString("sealed_asked") != null))
                .list();
    }

    /** @param most where counting stops */
    long countUpTo(String clauses, List<Object> values, int most) {
        return db.sql("select count(*) from (select 1 from cases where " + clauses
                        + " order by created_at desc, case_number desc limit " + most + ") found")
                .params(values)
                .query(Long.class)
                .single();
    }

    long count(String clauses, List<Object> values) {
        return db.sql("select count(*) from cases where " + clauses)
                .params(values)
                .query(Long.class)
                .single();
    }

    private Case read(ResultSet row, int n) throws SQLException {
        CaseNumber number = new CaseNumber(row.getString("case_number"));
        String asked = opened(CaseSeals.ASKED, row, number);
        return read(
                row,
                json.read(
                        vault.open(CaseSeals.ANSWERS, Sealed.always(row, CaseSeals.ANSWERS.column()), number),
                        ObjectNode.class),
                asked == null ? List.of() : json.read(asked, new TypeReference<>() {}),
                opened(CaseSeals.WITHDRAWAL_REASON, row, number));
    }

    private Case read(ResultSet row, ObjectNode answers, List<Case.Asked> asked, @Nullable String withdrawalReason)
            throws SQLException {
        String hash = row.getString("package_hash");
        return new Case(
                new CaseNumber(row.getString("case_number")),
                row.getString("scheme"),
                hash,
                new Stage(row.getString("stage"), hash, packages::steps),
                Instants.in(row, "stage_ends"),
                row.getBoolean("stage_provisional"),
                row.getString("outcome"),
                row.getString("applicant"),
                row.getString("person_key"),
                row.getString("employer_code"),
                row.getString("employer_word"),
                row.getBoolean("sample"),
                row.getBoolean("of_employer"),
                answers,
                asked,
                row.getString("asked_by"),
                row.getObject("asking_payment_id", Long.class),
                json.read(row.getString("promises"), new TypeReference<>() {}),
                row.getObject("application_date", LocalDate.class),
                Instants.in(row, "submitted_at"),
                Instants.in(row, "accepted_at"),
                row.getObject("promised_by", LocalDate.class),
                Instants.in(row, "checked_at"),
                Instants.in(row, "signed_at"),
                Instants.in(row, "closed_at"),
                withdrawalReason,
                Instants.always(row, "created_at"),
                row.getLong("version"));
    }

    private @Nullable String opened(SealedColumn column, ResultSet row, CaseNumber number) throws SQLException {
        return vault.open(column, Sealed.in(row, column.column()), number);
    }

    /** As exactly as the database keeps it. */
    Instant moment() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private Sealed seal(CaseNumber number, ObjectNode answers) {
        return vault.seal(CaseSeals.ANSWERS, answers.toString(), number);
    }
}
