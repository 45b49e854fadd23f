package cn.jincai.filing;

import cn.jincai.applicant.SamePerson;
import cn.jincai.applicant.Sealed;
import cn.jincai.applicant.SealedColumn;
import cn.jincai.applicant.Vault;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.ReadOnce;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of cases. Each change counts the version up, so that two tabs notice each other. */
@Repository
class CaseTable {
    private final JdbcClient db;
    private final Vault vault;
    private final ObjectMapper json;
    private final CityClock clock;
    private final ReadOnce<CaseNumber, Optional<Case>> rows = new ReadOnce<>(this::fetch);

    CaseTable(JdbcClient db, Vault vault, ObjectMapper json, CityClock clock) {
        this.db = db;
        this.vault = vault;
        this.json = json;
        this.clock = clock;
    }

    CaseNumber insert(String scheme, String packageHash, String applicant, ObjectNode answers, boolean sample) {
        long sequence =
                db.sql("select nextval('case_numbers')").query(Long.class).single();
        CaseNumber number = CaseNumber.of(clock.today().getYear(), sequence);
        db.sql("""
            insert into cases (number, scheme, package_hash, stage, applicant, answers, sample, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        number.value(),
                        scheme,
                        packageHash,
                        Stage.DRAFT.code(),
                        applicant,
                        seal(number, answers),
                        sample,
                        now())
                .update();
        return number;
    }

    Optional<Case> find(CaseNumber number) {
        return rows.get(number);
    }

    private Optional<Case> fetch(CaseNumber number) {
        return db.sql("select * from cases where number = ?")
                .param(number.value())
                .query(this::read)
                .optional();
    }

    Case get(CaseNumber number) {
        return find(number).orElseThrow(Problem::notFound);
    }

    /** The same, held until the transaction ends, so that nobody changes it meanwhile. */
    Case hold(CaseNumber number) {
        Optional<Case> held = db.sql("select * from cases where number = ? for update")
                .param(number.value())
                .query(this::read)
                .optional();
        return rows.keep(number, held).orElseThrow(Problem::notFound);
    }

    /** A person's open cases in a scheme; a draft is none. */
    List<Case> open(String personKey, String scheme) {
        return db.sql(
                        "select * from cases where person_key = ? and scheme = ? and stage not in ('draft', 'closed') order by created_at")
                .params(personKey, scheme)
                .query(this::read)
                .list();
    }

    @EventListener
    void isTheSame(SamePerson person) {
        change("update cases set person_key = :key where person_key in (:former)")
                .param("key", person.key())
                .param("former", person.formerKeys())
                .update();
    }

    void answers(CaseNumber number, ObjectNode answers) {
        change("update cases set answers = ?, version = version + 1 where number = ?")
                .params(seal(number, answers), number.value())
                .update();
    }

    void renewed(CaseNumber number, String packageHash) {
        change("update cases set package_hash = ?, version = version + 1 where number = ?")
                .params(packageHash, number.value())
                .update();
    }

    void submitted(
            CaseNumber number,
            String packageHash,
            String personKey,
            String employerCode,
            LocalDate day,
            List<String> promises) {
        change("""
            update cases set package_hash = ?, person_key = ?, employer_code = ?, application_date = ?, submitted_at = ?, promises = ?,
            version = version + 1 where number = ?""")
                .params(packageHash, personKey, employerCode, day, now(), write(promises), number.value())
                .update();
    }

    /** A supplement may have mended who it is and where they work. */
    void handedIn(CaseNumber number, String personKey, String employerCode, List<String> promises) {
        change("""
            update cases set person_key = ?, employer_code = ?, promises = ?, sealed_asked = null, version = version + 1 where number = ?""")
                .params(personKey, employerCode, write(promises), number.value())
                .update();
    }

    /** Name and document, and with them the person, are others than were sent. */
    void person(CaseNumber number, String personKey, ObjectNode answers) {
        change("update cases set person_key = ?, answers = ?, version = version + 1 where number = ?")
                .params(personKey, seal(number, answers), number.value())
                .update();
    }

    void stage(CaseNumber number, Stage stage, Instant ends, boolean provisional) {
        change(
                        "update cases set stage = ?, stage_ends = ?, stage_provisional = ?, version = version + 1 where number = ?")
                .params(stage.code(), ends == null ? null : ends.atOffset(ZoneOffset.UTC), provisional, number.value())
                .update();
    }

    void asked(CaseNumber number, List<Case.Asked> asked, String by) {
        change("update cases set sealed_asked = ?, asked_by = ?, version = version + 1 where number = ?")
                .params(vault.seal(CaseSeals.ASKED, asked.isEmpty() ? null : write(asked), number), by, number.value())
                .update();
    }

    void accountAsked(CaseNumber number, Long payment) {
        change("update cases set account_asked = ?, version = version + 1 where number = ?")
                .params(payment, number.value())
                .update();
    }

    void employerWord(CaseNumber number, String word) {
        change("update cases set employer_word = ?, version = version + 1 where number = ?")
                .params(word, number.value())
                .update();
    }

    void accepted(CaseNumber number, LocalDate promisedBy) {
        change("update cases set accepted_at = ?, promised_by = ?, version = version + 1 where number = ?")
                .params(now(), promisedBy, number.value())
                .update();
    }

    void promisedBy(CaseNumber number, LocalDate day) {
        change("update cases set promised_by = ?, version = version + 1 where number = ?")
                .params(day, number.value())
                .update();
    }

    /** Open cases that were promised this day or a later one. */
    List<CaseNumber> promisedFrom(LocalDate day) {
        return db
                .sql("select number from cases where promised_by >= ? and closed_at is null order by number")
                .param(day)
                .query(String.class)
                .list()
                .stream()
                .map(CaseNumber::new)
                .toList();
    }

    void checksBegan(CaseNumber number) {
        change("update cases set checked_at = ? where number = ? and checked_at is null")
                .params(now(), number.value())
                .update();
    }

    void signed(CaseNumber number) {
        change("update cases set signed_at = ?, version = version + 1 where number = ? and signed_at is null")
                .params(now(), number.value())
                .update();
    }

    void closed(CaseNumber number, String outcome) {
        change("""
            update cases set stage = 'closed', stage_ends = null, outcome = ?, closed_at = ?, sealed_asked = null, account_asked = null,
            version = version + 1 where number = ?""").params(outcome, now(), number.value()).update();
    }

    /** @param reason in the applicant's words, or null */
    void withdrawn(CaseNumber number, String reason) {
        closed(number, "withdrawn");
        if (reason != null)
            change("update cases set withdrawal_reason = ? where number = ?")
                    .params(vault.seal(CaseSeals.WITHDRAWAL_REASON, reason, number), number.value())
                    .update();
    }

    void heard(CaseNumber number, boolean open) {
        change("update cases set heard = ?, version = version + 1 where number = ?")
                .params(open, number.value())
                .update();
    }

    void touch(CaseNumber number) {
        change("update cases set version = version + 1 where number = ?")
                .param(number.value())
                .update();
    }

    void delete(CaseNumber number) {
        change("delete from cases where number = ?").param(number.value()).update();
    }

    /** @param file without what is sealed @param asked whether something is asked of the applicant */
    record Listed(Case file, boolean asked) {}

    /** Rows as {@link CaseFile} lists them, so that one which does not open doesn't hide the others; the clauses are ours, the values are bound. */
    List<Listed> list(String clauses, List<Object> values, int limit, long offset) {
        return db.sql("select * from cases where " + clauses + " order by created_at desc, number desc limit " + limit
                        + " offset " + offset)
                .params(values)
                .query((row, n) -> new Listed(
                        read(row, json.createObjectNode(), List.of(), null), row.getString("sealed_asked") != null))
                .list();
    }

    long count(String clauses, List<Object> values) {
        return db.sql("select count(*) from cases where " + clauses)
                .params(values)
                .query(Long.class)
                .single();
    }

    /** What changes a case: whoever reads it afterwards in this transaction reads it anew. */
    private JdbcClient.StatementSpec change(String sql) {
        rows.forget();
        return db.sql(sql);
    }

    private Case read(ResultSet row, int n) throws SQLException {
        CaseNumber number = new CaseNumber(row.getString("number"));
        String asked = opened(CaseSeals.ASKED, row, number);
        try {
            return read(
                    row,
                    (ObjectNode) json.readTree(opened(CaseSeals.ANSWERS, row, number)),
                    asked == null ? List.of() : json.readValue(asked, new TypeReference<List<Case.Asked>>() {}),
                    opened(CaseSeals.WITHDRAWAL_REASON, row, number));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "case " + number + " does not read"); // without its cause, which would carry the answers
        }
    }

    private Case read(ResultSet row, ObjectNode answers, List<Case.Asked> asked, String withdrawalReason)
            throws SQLException {
        try {
            return new Case(
                    new CaseNumber(row.getString("number")),
                    row.getString("scheme"),
                    row.getString("package_hash"),
                    Stage.of(row.getString("stage")),
                    instant(row, "stage_ends"),
                    row.getBoolean("stage_provisional"),
                    row.getString("outcome"),
                    row.getString("applicant"),
                    row.getString("person_key"),
                    row.getString("employer_code"),
                    row.getString("employer_word"),
                    row.getBoolean("sample"),
                    answers,
                    asked,
                    row.getString("asked_by"),
                    row.getObject("account_asked", Long.class),
                    json.readValue(row.getString("promises"), new TypeReference<List<String>>() {}),
                    row.getObject("application_date", LocalDate.class),
                    instant(row, "submitted_at"),
                    instant(row, "accepted_at"),
                    row.getObject("promised_by", LocalDate.class),
                    instant(row, "checked_at"),
                    instant(row, "signed_at"),
                    instant(row, "closed_at"),
                    withdrawalReason,
                    instant(row, "created_at"),
                    row.getLong("version"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("case " + row.getString("number") + " does not read", e);
        }
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private String opened(SealedColumn column, ResultSet row, CaseNumber number) throws SQLException {
        return vault.open(column, Sealed.in(row, column.column()), number);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private Sealed seal(CaseNumber number, ObjectNode answers) {
        return vault.seal(CaseSeals.ANSWERS, answers.toString(), number);
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
